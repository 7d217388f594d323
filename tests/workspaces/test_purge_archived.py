import datetime

import pytest
from django.utils import timezone

from feedback.actions.insights import create_insight
from feedback.models import Response, Submission
from journeys.actions.journeys import archive_journey, create_journey
from journeys.models import Journey, Placement
from personas.actions import archive_persona, create_persona
from personas.models import Persona
from touchpoints.actions import archive_channel, archive_touchpoint, create_channel, create_touchpoint
from touchpoints.models import Channel, Subject, Touchpoint
from workspaces.actions.keeping import purge_archived
from workspaces.models import User, Workspace

LATER = timezone.now() + datetime.timedelta(days=31)


def test_what_was_archived_thirty_days_ago_is_deleted_with_its_subject(workspace: Workspace, edda: User) -> None:
    touchpoint = create_touchpoint(workspace, name="Fax", by=edda)
    create_insight(touchpoint, kind="wish", text="None", by=edda)
    archive_touchpoint(touchpoint, by=edda)
    archive_journey(create_journey(workspace, name="Commute", by=edda), by=edda)
    archive_persona(create_persona(workspace, name="Mara", by=edda), by=edda)
    purge_archived(LATER)
    left = [model.objects.of(workspace).count() for model in (Touchpoint, Journey, Persona, Subject)]
    assert left == [0, 0, 0, 0]


@pytest.mark.parametrize("days", [0, 29])
def test_until_then_it_can_be_restored(days: int, workspace: Workspace, edda: User) -> None:
    archive_persona(create_persona(workspace, name="Mara", by=edda), by=edda)
    assert purge_archived(timezone.now() + datetime.timedelta(days=days)) == 0
    assert Persona.objects.of(workspace).exists()


def test_what_is_kept_is_never_deleted(workspace: Workspace, edda: User) -> None:
    create_persona(workspace, name="Mara", by=edda)
    assert purge_archived(LATER + datetime.timedelta(days=999)) == 0


def test_what_is_still_referenced_stays(workspace: Workspace, edda: User) -> None:
    channel, mara = create_channel(workspace, name="Fax", by=edda), create_persona(workspace, name="Mara", by=edda)
    placed = create_touchpoint(workspace, name="Fax order", channel=channel, by=edda)
    journey = create_journey(workspace, name="Commute", personas=[mara], by=edda)
    phase = journey.phases.get(kind="awareness")
    Placement.objects.create(workspace=workspace, journey=journey, phase=phase, touchpoint=placed, position=0)
    archive_channel(channel, by=edda)
    archive_persona(mara, by=edda)
    archive_touchpoint(placed, by=edda)
    assert purge_archived(LATER) == 0
    archive_journey(journey, by=edda)
    assert [purge_archived(LATER), purge_archived(LATER)] == [3, 1]  # the channel one night after its touchpoint
    assert not any(model.objects.of(workspace).archived().exists() for model in (Channel, Persona, Touchpoint, Journey))


def test_answers_keep_their_touchpoint(workspace: Workspace, edda: User) -> None:
    touchpoint = create_touchpoint(workspace, name="Fax", by=edda)
    said = Submission.objects.create(
        workspace=workspace, source="survey", external_id="1", occurred_at=timezone.now(), day=timezone.localdate()
    )
    Response.objects.create(
        workspace=workspace,
        submission=said,
        question="q",
        subject=touchpoint.subject,
        metric="nps",
        scale="nps",
        value=9,
    )
    archive_touchpoint(touchpoint, by=edda)
    assert purge_archived(LATER) == 0
    assert Touchpoint.objects.get().subject == touchpoint.subject
