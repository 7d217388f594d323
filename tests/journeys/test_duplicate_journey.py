"""A copy of a journey: the same touchpoints, and all that is said of them; from then on two maps."""

import datetime
from decimal import Decimal

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journeys.actions.drawing import Station, draw_journey, duplicate_journey
from journeys.actions.journeys import archive_journey
from journeys.actions.placements import archive_placement, edit_placement
from journeys.models import Change, Journey, Placement, Source
from personas.actions import create_persona
from tests.cast import SignIn, member_of
from tests.journeys.scene import address, order, phase, placed
from tests.journeys.told import scored
from tests.rest import Rest
from touchpoints.models import HealthScore, Touchpoint
from workspaces.models import AuditEntry, User, Workspace

SAID = {"quote": "Too full.", "expectation": Decimal("1.5"), "share": 40, "alternative_group": "way", "backstage": "X"}


def copied(journey: Journey) -> Journey:
    copy: Journey = Journey.objects.of(journey.workspace).latest("pk")
    return copy


def test_the_form_suggests_the_plan(commute: Journey, edda: User, sign_in: SignIn) -> None:
    form = sign_in(edda).get(address("journey_duplicate", commute)).content.decode()
    assert 'value="Commute (to be)"' in form
    Journey.objects.update(name="x" * 200, standing="to_be")
    form = sign_in(edda).get(address("journey_duplicate", commute)).context["form"]
    assert str(form["name"].value()).endswith("x (copy)")
    assert len(form["name"].value()) <= 200


def test_the_menu_of_tile_and_map_leads_there(commute: Journey, edda: User, vik: User, sign_in: SignIn) -> None:
    door = f'href="{address("journey_duplicate", commute)}"'
    for page in (reverse("journeys", args=[commute.workspace.slug]), address("journey", commute)):
        assert door in sign_in(edda).get(page).content.decode()
        assert door not in sign_in(vik).get(page).content.decode()


def test_the_copy_has_all_that_is_said_of_the_same_touchpoints(
    commute: Journey, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    mara = create_persona(workspace, name="Mara", by=edda)
    commute.personas.add(mara, through_defaults={"workspace": workspace})
    Journey.objects.filter(pk=commute.pk).update(
        note="Daily", category="renewal", owner_member=member_of(workspace, edda)
    )
    bought = phase(commute, "purchase")
    bought.label = "Booking"
    bought.save()
    edit_placement(placed(commute, "Ride"), version=1, by=edda, **SAID)
    archive_placement(placed(commute, "Wait"), by=edda)
    scored(placed(commute, "Ride").touchpoint, 72.4)
    body = {"name": "Commute (to be)", "standing": "to_be"}
    answer = sign_in(edda).post(address("journey_duplicate", commute), body)
    copy = copied(commute)
    assert answer.headers["Location"] == address("journey", copy)
    assert order(copy) == order(commute) == {"purchase": "Shop Pay", "retention": "Ride Arrive"}
    assert (copy.name, copy.standing, copy.note, copy.category) == ("Commute (to be)", "to_be", "Daily", "renewal")
    assert (list(copy.personas.all()), copy.owner) == ([mara], member_of(workspace, edda))
    assert phase(copy, "purchase").label == "Booking"
    there = placed(copy, "Ride")
    assert {name: getattr(there, name) for name in SAID} == SAID
    assert (there.version, there.touchpoint) == (1, placed(commute, "Ride").touchpoint)
    assert Touchpoint.objects.of(workspace).count() == 5
    assert HealthScore.objects.count() == 1, "its health is one"


def test_from_then_on_they_are_two_maps(commute: Journey, edda: User) -> None:
    before = (commute.version, commute.revision)
    copy = duplicate_journey(commute, name="Plan", standing="to_be", by=edda)
    edit_placement(placed(copy, "Ride"), version=1, by=edda, quote="Room for all")
    archive_placement(placed(copy, "Shop"), by=edda)
    assert placed(commute, "Ride").quote == ""
    assert order(commute) == {"purchase": "Shop Pay", "retention": "Wait Ride Arrive"}
    commute.refresh_from_db()
    assert (commute.version, commute.revision) == before


def test_history_and_audit_log_say_of_what_it_is_a_copy(commute: Journey, edda: User, sign_in: SignIn) -> None:
    copy = duplicate_journey(commute, name="Plan", standing="to_be", by=edda)
    change = Change.objects.get(journey=copy)
    assert (change.verb, change.what) == ("start", {"source": "journey", "name": "Commute", "count": 5})
    page = sign_in(edda).get(address("changes", copy)).content.decode()
    assert "Copied from “Commute”, with 5 touchpoints" in page
    assert AuditEntry.objects.filter(verb="journey.create", target=f"journey {copy.pk}", actor=edda).exists()


def test_before_it_was_begun_nothing_stood_there(commute: Journey, tess: Client, edda: User) -> None:
    copy = duplicate_journey(commute, name="Plan", standing="to_be", by=edda)
    yesterday = datetime.datetime.now(commute.workspace.zone).date() - datetime.timedelta(days=1)
    before = tess.get(f"/api/v1/journeys/{copy.pk}/map/", {"as_of": yesterday.isoformat()}).json()
    assert [one["placements"] for one in before["phases"]] == [[], [], [], [], []]
    now = tess.get(f"/api/v1/journeys/{copy.pk}/map/").json()
    assert sum(len(one["placements"]) for one in now["phases"]) == 5


def test_what_is_archived_is_not_copied(commute: Journey, edda: User, sign_in: SignIn) -> None:
    archive_journey(commute, by=edda)
    body = {"name": "Plan", "standing": "to_be"}
    assert sign_in(edda).post(address("journey_duplicate", commute), body).status_code == 404
    assert Journey.objects.count() == 1


def test_a_longer_map_costs_no_more_statements(workspace: Workspace, edda: User) -> None:
    counted = []
    for number in (2, 500):
        stations = [Station(f"{number} {name}", "purchase") for name in range(number)]
        journey = draw_journey(workspace, stations, source=Source.SPREADSHEET, called="a", name="Long", by=edda)
        with CaptureQueriesContext(connection) as statements:
            duplicate_journey(journey, name="Plan", standing="to_be", by=edda)
        counted.append(len(statements))
    assert counted[0] == counted[1]
    assert Placement.objects.filter(journey=copied(journey)).count() == 500


def test_programs_copy_too(tess: Client, commute: Journey, edda: User) -> None:
    rest = Rest(tess)
    made = rest.post(f"journeys/{commute.pk}/duplicate/", {"name": "Plan"}, Idempotency_Key="4711")
    again = rest.post(f"journeys/{commute.pk}/duplicate/", {"name": "Plan"}, Idempotency_Key="4711")
    assert (made.status_code, made.json()["standing"]) == (201, "to_be")
    assert made.json() == again.json()
    assert order(copied(commute)) == order(commute)
    assert rest.post(f"journeys/{commute.pk}/duplicate/", {}).status_code == 400
    archive_journey(commute, by=edda)
    assert rest.post(f"journeys/{commute.pk}/duplicate/", {"name": "Plan"}).status_code == 422


def test_viewer_and_outsider_copy_nothing(commute: Journey, vik: User, otto: User, sign_in: SignIn) -> None:
    body = {"name": "Plan", "standing": "to_be"}
    assert sign_in(vik).post(address("journey_duplicate", commute), body).status_code == 403
    assert sign_in(otto).post(address("journey_duplicate", commute), body).status_code == 404
    assert Journey.objects.count() == 1
