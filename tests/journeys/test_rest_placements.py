"""Programs change maps by the rules of the page."""

import pytest
from django.test import Client

from journeys.models import Change, Journey
from tests.cast import SignIn
from tests.journeys.scene import address, drawn, order, phase, placed
from tests.rest import Rest
from touchpoints.actions.library import create_touchpoint
from touchpoints.models import PhaseKind
from workspaces.actions import make_token
from workspaces.models import User, Workspace


@pytest.fixture
def rest(tess: Client) -> Rest:
    return Rest(tess)


@pytest.fixture
def journey(workspace: Workspace, edda: User) -> Journey:
    return drawn(workspace, edda, purchase="Shop Pay", retention="Ride")


def test_a_program_moves_a_touchpoint_and_the_page_says_who(
    rest: Rest, journey: Journey, edda: User, sign_in: SignIn
) -> None:
    shop, ride = placed(journey, "Shop"), placed(journey, "Ride")
    body = {"phase": ride.phase_id, "after": ride.pk, "version": shop.version}
    moved = rest.post(f"placements/{shop.pk}/move/", body)
    assert moved.status_code == 200
    assert (moved.json()["phase"], moved.json()["position"], moved.json()["version"]) == (ride.phase_id, 1, 2)
    assert order(journey) == {"purchase": "Pay", "retention": "Ride Shop"}
    assert rest.post(f"placements/{shop.pk}/move/", body).status_code == 200, "twice is one move"
    change = Change.objects.filter(journey=journey).first()
    assert (change.by, str(change.author)) == (None, "Tess")
    assert "<strong>Tess</strong> (program)" in sign_in(edda).get(address("changes", journey)).content.decode()


def test_first_and_last_in_a_phase(rest: Rest, journey: Journey) -> None:
    ride, purchase = placed(journey, "Ride"), phase(journey, "purchase").pk
    rest.post(f"placements/{ride.pk}/move/", {"phase": purchase, "after": None, "version": 1})
    assert order(journey) == {"purchase": "Ride Shop Pay"}
    rest.post(f"placements/{ride.pk}/move/", {"phase": purchase, "version": 2})
    assert order(journey) == {"purchase": "Shop Pay Ride"}


def test_a_stale_move_is_409_and_tells_how_it_stands(rest: Rest, journey: Journey) -> None:
    shop, ride = placed(journey, "Shop"), placed(journey, "Ride")
    rest.patch(f"placements/{shop.pk}/", {"quote": "At last", "version": 1})
    stale = rest.post(f"placements/{shop.pk}/move/", {"phase": ride.phase_id, "after": None, "version": 1})
    assert stale.status_code == 409
    assert stale.json()["current"] == rest.get(f"placements/{shop.pk}/").json()
    assert "Shop" in stale.json()["detail"]
    rest.delete(f"placements/{ride.pk}/")
    left = rest.post(f"placements/{shop.pk}/move/", {"phase": ride.phase_id, "after": ride.pk, "version": 2})
    assert left.status_code == 409


def test_what_others_do_around_it_is_no_conflict(rest: Rest, journey: Journey) -> None:
    shop, pay = placed(journey, "Shop"), placed(journey, "Pay")
    rest.post(f"placements/{pay.pk}/move/", {"phase": shop.phase_id, "after": None, "version": 1})
    retention = phase(journey, "retention").pk
    assert rest.post(f"placements/{shop.pk}/move/", {"phase": retention, "version": 1}).status_code == 200


def test_another_journey_s_phase_or_neighbour_is_refused(rest: Rest, journey: Journey, edda: User) -> None:
    other = drawn(journey.workspace, edda, name="Return", purchase="Refund")
    shop, refund = placed(journey, "Shop"), placed(other, "Refund")
    for field, body in (
        ("phase", {"phase": refund.phase_id, "version": 1}),
        ("after", {"phase": shop.phase_id, "after": refund.pk, "version": 1}),
    ):
        answer = rest.post(f"placements/{shop.pk}/move/", body)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_a_touchpoint_is_placed_edited_taken_off_and_put_back(rest: Rest, journey: Journey, edda: User) -> None:
    help_desk = create_touchpoint(journey.workspace, name="Help", by=edda)
    retention = phase(journey, "retention").pk
    body = {"touchpoint": help_desk.pk, "phase": retention, "after": None, "moment_of_truth": True, "expectation": -1.5}
    made = rest.post("placements/", body)
    assert made.status_code == 201
    assert {
        "journey": journey.pk,
        "position": 0,
        "expectation": -1.5,
        "moment_of_truth": True,
    }.items() <= made.json().items()
    assert rest.post("placements/", body).json()["id"] == made.json()["id"], "where it stands already"
    elsewhere = rest.post("placements/", body | {"phase": phase(journey, "purchase").pk})
    assert (elsewhere.status_code, elsewhere.json()["detail"]) == (422, "“Help” already stands on this journey.")
    url = f"placements/{made.json()['id']}/"
    assert rest.patch(url, {"share": 40, "version": 1}).json()["version"] == 2
    assert rest.patch(url, {"share": 41, "version": 1}).status_code == 412
    assert rest.patch(url, {"phase": phase(journey, "purchase").pk, "version": 2}).status_code == 422
    assert rest.patch(url, {"expectation": 2.5, "version": 2}).status_code == 400
    assert rest.delete(url).status_code == 204
    assert order(journey) == {"purchase": "Shop Pay", "retention": "Ride"}
    assert rest.patch(url, {"share": 40, "version": 3}).status_code == 404
    back = rest.post(f"{url}restore/")
    assert (back.status_code, back.json()["position"]) == (200, 1)


def test_phases_are_renamed_and_journeys_edited_by_their_edition(rest: Rest, journey: Journey) -> None:
    seen = rest.get(f"journeys/{journey.pk}/").json()
    assert [one["kind"] for one in seen["phases"]] == PhaseKind.values
    retention = seen["phases"][3]
    renamed = rest.patch(f"phases/{retention['id']}/", {"label": "On board", "version": retention["version"]})
    assert (renamed.json()["label"], renamed.json()["name"]) == ("On board", "On board")
    assert rest.patch(f"phases/{retention['id']}/", {"label": "Ride", "version": 1}).status_code == 412
    stale = rest.patch(f"journeys/{journey.pk}/", {"note": "By rail", "version": seen["version"]})
    assert (stale.status_code, stale.json()["current"]["phases"][3]["label"]) == (412, "On board")
    edited = rest.patch(f"journeys/{journey.pk}/", {"note": "By rail", "version": stale.json()["current"]["version"]})
    assert (edited.status_code, edited.json()["note"], edited.json()["name"]) == (200, "By rail", "Commute")


def test_changes_are_told_in_order_and_after_a_revision(rest: Rest, journey: Journey) -> None:
    shop = placed(journey, "Shop")
    rest.patch(f"placements/{shop.pk}/", {"quote": "At last", "version": 1})
    since = rest.get(f"changes/?journey={journey.pk}&after_revision={journey.revision}").json()["results"]
    assert [(change["verb"], change["revision"], change["author"]) for change in since] == [
        ("edit", journey.revision + 1, "Tess")
    ]
    assert since[0]["what"] == {"placement": shop.pk, "name": "Shop"}


def test_a_personal_token_acts_for_its_person(journey: Journey, edda: User) -> None:
    _token, secret = make_token(journey.workspace, name="Mine", scopes=["write"], personal=True, by=edda)
    shop = placed(journey, "Shop")
    mine = Rest(Client(headers={"Authorization": f"Bearer {secret}"}))
    assert mine.patch(f"placements/{shop.pk}/", {"quote": "At last", "version": 1}).status_code == 200
    change = Change.objects.filter(journey=journey).first()
    assert (change.by, change.token) == (edda, None)


def test_nobody_takes_back_what_a_program_has_changed_since(
    rest: Rest, journey: Journey, edda: User, sign_in: SignIn
) -> None:
    page = sign_in(edda)
    ride = placed(journey, "Ride")
    rest.patch(f"placements/{ride.pk}/", {"quote": "Late", "version": 1})
    answer = page.post(address("change_undo", journey), headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert "Tess has changed “Ride” since" in answer.headers["HX-Trigger"].encode().decode("unicode_escape")


def test_a_program_takes_its_own_changes_back(rest: Rest, journey: Journey) -> None:
    shop, path = placed(journey, "Shop"), f"journeys/{journey.pk}"
    assert rest.post(f"{path}/undo/").status_code == 422, "what Edda did is hers to take back"
    rest.post(f"placements/{shop.pk}/move/", {"phase": phase(journey, "retention").pk, "version": 1})
    undone = rest.post(f"{path}/undo/")
    assert (undone.status_code, undone.json()["verb"], undone.json()["author"]) == (200, "move", "Tess")
    assert order(journey) == {"purchase": "Shop Pay", "retention": "Ride"}
    assert rest.post(f"{path}/redo/").status_code == 200
    assert order(journey) == {"purchase": "Pay", "retention": "Ride Shop"}


def test_an_archived_journey_s_map_stands_still(rest: Rest, journey: Journey) -> None:
    rest.delete(f"journeys/{journey.pk}/")
    shop = placed(journey, "Shop")
    answer = rest.post(f"placements/{shop.pk}/move/", {"phase": shop.phase_id, "version": 1})
    assert answer.status_code == 422
    assert "archived" in answer.json()["detail"]
