"""Search or jump to: what the workspace holds, and nothing of another one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journeys.actions.journeys import archive_journey
from journeys.models import Journey
from personas.models import Persona
from tests.cast import SignIn
from tests.journeys.scene import HTMX, drawn, placed
from touchpoints.actions import archive_touchpoint, create_touchpoint
from workspaces.models import User, Workspace


@pytest.fixture
def trip(workspace: Workspace, edda: User) -> Journey:
    Persona.objects.create(workspace=workspace, name="Weekender", segment="Leisure")
    return drawn(workspace, edda, "Weekend trip", purchase="Shop Pay", retention="Ride")


def found(client: Client, workspace: Workspace, q: str, **more: str) -> str:
    answer = client.get(reverse("jump", args=[workspace.slug]), {"q": q, **more}, headers=HTMX)
    assert answer.status_code == 200
    return answer.content.decode()


def test_journeys_touchpoints_personas_and_pages_are_found(
    trip: Journey, workspace: Workspace, vik: User, sign_in: SignIn
) -> None:
    client = sign_in(vik)
    page = found(client, workspace, "weekend")
    assert reverse("journey", args=[workspace.slug, trip.pk]) in page
    assert "Weekender" in page
    assert "Leisure" in page
    assert reverse("touchpoint", args=[workspace.slug, placed(trip, "Ride").touchpoint_id]) in found(
        client, workspace, "RID"
    )
    assert reverse("scorecards", args=[workspace.slug]) in found(client, workspace, "score")
    assert reverse("members", args=[workspace.slug]) in found(client, workspace, "memb")
    assert "Nothing matches" in found(client, workspace, "zeppelin")


def test_on_a_map_its_touchpoints_are_found_by_number_and_name(
    trip: Journey, workspace: Workspace, vik: User, sign_in: SignIn
) -> None:
    client = sign_in(vik)
    for word in ("3", "rid"):
        page = found(client, workspace, word, journey=str(trip.pk))
        assert f"#placement-{placed(trip, 'Ride').pk}" in page
        assert "3 Ride" in page
    assert "#placement" not in found(client, workspace, "3")


def test_what_begins_so_comes_first(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    for name in ("A bus stop", "Bus", "Night bus"):
        create_touchpoint(workspace, name=name, by=edda)
    page = found(sign_in(edda), workspace, "bus")
    assert page.index(">Bus<") < page.index("A bus stop") < page.index("Night bus")


def test_the_archive_and_other_workspaces_are_not_found(
    trip: Journey, workspace: Workspace, elsewhere: Workspace, edda: User, otto: User, sign_in: SignIn
) -> None:
    theirs = drawn(elsewhere, otto, "Weekend in trams", purchase="Weekendticket")
    archive_journey(drawn(workspace, edda, "Weekend of old"), by=edda)
    archive_touchpoint(create_touchpoint(workspace, name="Weekend poster", by=edda), by=edda)
    page = found(sign_in(edda), workspace, "weekend", journey=str(theirs.pk))
    for name in ("in trams", "Weekendticket", "of old", "poster"):
        assert name not in page
    assert sign_in(otto).get(reverse("jump", args=[workspace.slug])).status_code == 404


def test_the_audit_log_is_offered_to_whoever_may_read_it(
    workspace: Workspace, ada: User, vik: User, sign_in: SignIn
) -> None:
    assert "Audit log" in found(sign_in(ada), workspace, "audit")
    assert "Audit log" not in found(sign_in(vik), workspace, "audit")


def test_more_rows_cost_no_more_statements(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    client, counted = sign_in(edda), []
    for names in ("Bus", "Busway Busline Busman Buses"):
        journey = drawn(workspace, edda, f"Bus {len(names)}", purchase=names)
        with CaptureQueriesContext(connection) as statements:
            found(client, workspace, "bus", journey=str(journey.pk))
        counted.append(len(statements))
    assert counted[0] == counted[1]


@pytest.mark.parametrize("journey", ["", "x", "0", "9" * 30])
def test_a_map_that_is_none_is_no_matter(workspace: Workspace, vik: User, sign_in: SignIn, journey: str) -> None:
    found(sign_in(vik), workspace, "%_", journey=journey)
