"""An idea: for some touchpoints, perhaps for some personas, and born of something."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from feedback.models import Insight
from measures.actions import create_measure, edit_measure
from measures.models import Measure, Opportunity
from personas.models import Persona
from tests.answering import new_touchpoint
from touchpoints.models import Touchpoint
from workspaces.errors import Refused, Stale
from workspaces.models import AuditEntry, User, Workspace


def test_a_measure_begins_as_an_idea_and_knows_of_what_it_was_born(
    measure: Measure, opportunity: Opportunity, delays: Touchpoint, edda: User
) -> None:
    assert (measure.status, measure.opportunity, list(measure.touchpoints.all())) == ("idea", opportunity, [delays])
    step = measure.steps.get()
    assert (step.came_from, step.went_to, step.by) == ("", "idea", edda)
    assert AuditEntry.objects.filter(verb="measure.create", target=f"measure {measure.pk}").count() == 1


def test_without_a_touchpoint_there_is_none(workspace: Workspace, edda: User) -> None:
    with pytest.raises(Refused, match="at least one touchpoint"):
        create_measure(workspace, title="Smile", touchpoints=[], by=edda)
    assert not Measure.objects.exists()


def test_what_it_says_and_whom_it_is_for_is_changed_as_one(
    measure: Measure, workspace: Workspace, delays: Touchpoint, commuter: Persona, edda: User
) -> None:
    kiosk = new_touchpoint(workspace, "Kiosk")
    for _time in range(2):  # sent twice
        edited = edit_measure(
            measure, version=1, title="Say why", touchpoints=[delays, kiosk], personas=[commuter], by=edda
        )
    assert (edited.version, edited.title, edited.touchpoints.count()) == (2, "Say why", 2)
    assert list(edited.personas.all()) == [commuter]
    with pytest.raises(Stale):
        edit_measure(measure, version=1, touchpoints=[kiosk], by=edda)
    with pytest.raises(Refused):
        edit_measure(measure, version=2, touchpoints=[], by=edda)


def test_another_workspaces_rows_are_refused_by_the_database(
    measure: Measure, pain: Insight, elsewhere: Workspace, otto: User
) -> None:
    theirs = new_touchpoint(elsewhere, "Tram stop")

    @transaction.atomic
    def smuggle(into: Workspace, **facts: Any) -> None:
        create_measure(into, title="Smuggled", by=otto, **facts)
        connection.check_constraints()

    with pytest.raises(IntegrityError):
        smuggle(measure.workspace, touchpoints=[theirs])
    with pytest.raises(IntegrityError):
        smuggle(elsewhere, touchpoints=[theirs], insight=pain)
