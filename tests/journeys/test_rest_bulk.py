"""Programs change several touchpoints of a map at once, by the rules of the page."""

from typing import Any

import pytest
from django.test import Client

from journeys.actions.placements import edit_placement
from journeys.models import Journey
from tests.cast import token_client
from tests.journeys.scene import order, phase, placed
from tests.journeys.told import DAY, as_of, url
from tests.rest import Rest
from workspaces import clock
from workspaces.models import Team, User, Workspace

START = {"purchase": "Shop Pay", "retention": "Wait Ride Arrive"}


@pytest.fixture
def rest(tess: Client) -> Rest:
    return Rest(tess)


def those(journey: Journey, names: str) -> list[dict[str, int]]:
    they = [placed(journey, name) for name in names.split()]
    return [{"placement": one.pk, "version": one.version, "touchpoint_version": one.touchpoint.version} for one in they]


def test_a_program_moves_many_in_one_step_and_takes_it_back(rest: Rest, commute: Journey) -> None:
    body = {
        "verb": "move",
        "placements": those(commute, "Shop Ride"),
        "phase": phase(commute, "advocacy").pk,
        "after": None,
    }
    path = f"journeys/{commute.pk}/bulk/"
    answer = rest.post(path, body)
    assert answer.status_code == 200, answer.content
    assert order(commute) == {"purchase": "Pay", "retention": "Wait Arrive", "advocacy": "Shop Ride"}
    told = answer.json()
    assert [part["name"] for part in told["change"]["what"]["parts"]] == ["Shop", "Ride"]
    assert told["revision"] == told["change"]["revision"]
    assert rest.post(path, body).json() == {"revision": told["revision"], "change": None}
    assert rest.post(f"journeys/{commute.pk}/undo/").status_code == 200
    assert order(commute) == START


def test_one_stale_placement_is_409_for_all(rest: Rest, commute: Journey, ada: User) -> None:
    body = {"verb": "archive", "placements": those(commute, "Shop Ride")}
    edit_placement(placed(commute, "Ride"), version=1, by=ada, quote="Too full")
    answer = rest.post(f"journeys/{commute.pk}/bulk/", body)
    assert answer.status_code == 409
    assert "“Ride”" in answer.json()["detail"]
    assert order(commute) == START


def test_owner_of_many(rest: Rest, commute: Journey, workspace: Workspace) -> None:
    fleet = Team.objects.create(workspace=workspace, name="Fleet")
    body = {"verb": "owner", "placements": those(commute, "Shop Ride"), "owner": {"team": fleet.pk}}
    assert rest.post(f"journeys/{commute.pk}/bulk/", body).status_code == 200
    assert placed(commute, "Ride").touchpoint.owner == fleet


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"verb": "burn"}, 400),
        ({"owner": None}, 422),
        ({"placements": []}, 400),
        ({"placements": [{"placement": 987654321, "version": 1}]}, 404),
        ({"verb": "owner"}, 422),
        ({"verb": "channel", "channel": None, "placements": "of old"}, 422),
        ({"placements": "twice"}, 422),
        ({"verb": "move"}, 422),
    ],
)
def test_what_cannot_be_meant_is_refused(rest: Rest, commute: Journey, wrong: dict[str, Any], status: int) -> None:
    shop = {"placement": placed(commute, "Shop").pk, "version": 1}
    body = {"verb": "archive", "placements": [shop], **wrong}
    lists = {"of old": [shop], "twice": [shop, shop]}
    body["placements"] = lists.get(str(body["placements"]), body["placements"])
    assert rest.post(f"journeys/{commute.pk}/bulk/", body).status_code == status
    assert order(commute) == START


def test_a_past_map_knows_where_all_of_them_stood(rest: Rest, commute: Journey) -> None:
    commute.changes.update(at=clock.now() - 3 * DAY)
    body = {
        "verb": "move",
        "placements": those(commute, "Shop Ride"),
        "phase": phase(commute, "retention").pk,
        "after": placed(commute, "Arrive").pk,
    }
    rest.post(f"journeys/{commute.pk}/bulk/", body)
    rest.post(f"journeys/{commute.pk}/bulk/", {"verb": "archive", "placements": those(commute, "Wait Ride")})
    assert order(commute) == {"purchase": "Pay", "retention": "Arrive Shop"}
    yesterday = clock.today(commute.workspace.zone) - DAY
    told = rest.client.get(url(commute), as_of(yesterday)).json()
    stands = [" ".join(one["touchpoint"]["name"] for one in phase["placements"]) for phase in told["phases"]]
    assert stands == ["", "", "Shop Pay", "Wait Ride Arrive", ""]
    assert {one["version"] for phase in told["phases"] for one in phase["placements"]} == {1}


def test_reading_is_not_enough(commute: Journey, workspace: Workspace) -> None:
    reader = Rest(token_client(workspace, "read"))
    body = {"verb": "archive", "placements": those(commute, "Shop")}
    assert reader.post(f"journeys/{commute.pk}/bulk/", body).status_code == 403
