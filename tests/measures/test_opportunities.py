"""Pain points and wishes that belong together."""

import pytest
from django.db import IntegrityError, connection, transaction

from feedback.actions import create_insight
from feedback.models import Insight
from measures.actions import archive_opportunity, create_opportunity, edit_opportunity, restore_opportunity
from measures.models import Measure, Opportunity
from tests.answering import new_touchpoint
from workspaces.errors import Refused, Stale
from workspaces.models import User, Workspace


def test_it_gathers_what_customers_said_at_several_touchpoints(
    opportunity: Opportunity, pain: Insight, workspace: Workspace, edda: User
) -> None:
    wish = create_insight(new_touchpoint(workspace, "Kiosk"), kind="wish", text="Somebody to ask", by=edda)
    for _time in range(2):  # sent twice
        edited = edit_opportunity(opportunity, version=1, insights=[pain, wish], by=edda)
    assert (edited.version, edited.insights.count()) == (2, 2)
    with pytest.raises(Stale):
        edit_opportunity(opportunity, version=1, insights=[wish], by=edda)


def test_of_nothing_there_is_none(opportunity: Opportunity, workspace: Workspace, edda: User) -> None:
    with pytest.raises(Refused):
        create_opportunity(workspace, title="Nothing", insights=[], by=edda)
    with pytest.raises(Refused):
        edit_opportunity(opportunity, version=1, insights=[], by=edda)
    assert opportunity.insights.count() == 1


def test_its_measures_stay_when_it_is_archived(measure: Measure, opportunity: Opportunity, edda: User) -> None:
    archive_opportunity(opportunity, by=edda)
    measure.refresh_from_db()
    assert measure.opportunity == opportunity
    assert restore_opportunity(opportunity, by=edda).archived_at is None


def test_another_workspaces_pain_is_refused_by_the_database(pain: Insight, elsewhere: Workspace, otto: User) -> None:
    @transaction.atomic
    def smuggle() -> None:
        create_opportunity(elsewhere, title="Smuggled", insights=[pain], by=otto)
        connection.check_constraints()

    with pytest.raises(IntegrityError):
        smuggle()
