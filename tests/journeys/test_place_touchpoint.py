import json

import pytest

from journeys.actions.placements import archive_placement, place_touchpoint
from journeys.models import Change, Journey
from tests.cast import SignIn
from tests.journeys.scene import HTMX, address, check_constraints, drawn, order, phase, placed
from touchpoints.actions.library import archive_touchpoint, create_touchpoint
from workspaces.errors import Refused
from workspaces.models import User, Workspace


def test_touchpoint_of_the_library_is_dropped_between_two(
    workspace: Workspace, commute: Journey, edda: User, sign_in: SignIn
) -> None:
    desk = create_touchpoint(workspace, name="Desk", by=edda)
    body = {"phase": phase(commute, "retention").pk, "after": placed(commute, "Wait").pk, "touchpoint": desk.pk}
    client = sign_in(edda)

    answer = client.post(address("placement_create", commute), body, headers=HTMX)

    check_constraints()
    assert answer.status_code == 200
    assert order(commute)["retention"] == "Wait Desk Ride Arrive"
    news = json.loads(answer.headers["HX-Trigger"])["etappe:map"]
    assert (news["verb"], news["placement"], news["say"]) == (
        "place",
        placed(commute, "Desk").pk,
        "Added. Retention, position 2 of 4.",
    )
    desk.refresh_from_db()
    assert desk.peer_group == "retention"

    again = client.post(address("placement_create", commute), body, headers=HTMX)
    assert again.status_code == 200
    assert order(commute)["retention"] == "Wait Desk Ride Arrive"
    assert Change.objects.filter(journey=commute).count() == commute.revision + 1


def test_where_no_neighbour_is_named_it_comes_last(
    workspace: Workspace, commute: Journey, edda: User, sign_in: SignIn
) -> None:
    desk = create_touchpoint(workspace, name="Desk", by=edda)
    body = {"phase": phase(commute, "retention").pk, "touchpoint": desk.pk}
    page = sign_in(edda).post(address("placement_create", commute), body, follow=True)
    assert "“Desk” added to Retention" in page.content.decode()
    assert order(commute)["retention"] == "Wait Ride Arrive Desk"


def test_touchpoint_stands_only_once_on_a_journey(
    commute: Journey, edda: User, sign_in: SignIn, workspace: Workspace
) -> None:
    body = {
        "phase": phase(commute, "advocacy").pk,
        "after": "",
        "touchpoint": placed(commute, "Ride").touchpoint_id,
    }
    answer = sign_in(edda).post(address("placement_create", commute), body, headers=HTMX)
    assert answer.status_code == 422
    assert "already stands on this journey" in answer.content.decode()

    other = drawn(workspace, edda, "Weekend trip")
    place_touchpoint(other, placed(commute, "Ride").touchpoint, phase=phase(other, "advocacy"), after=None, by=edda)
    assert order(other) == {"advocacy": "Ride"}


def test_archived_touchpoint_is_not_placed(workspace: Workspace, commute: Journey, edda: User) -> None:
    desk = archive_touchpoint(create_touchpoint(workspace, name="Desk", by=edda), by=edda)
    with pytest.raises(Refused, match="archived"):
        place_touchpoint(commute, desk, phase=phase(commute, "advocacy"), after=None, by=edda)


def test_foreign_touchpoints_and_phases_are_refused(
    commute: Journey, elsewhere: Workspace, edda: User, otto: User, sign_in: SignIn
) -> None:
    client = sign_in(edda)
    theirs = drawn(elsewhere, otto, "Tram", retention="Stop")
    stop = placed(theirs, "Stop").touchpoint_id
    for body in (
        {"phase": phase(commute, "retention").pk, "touchpoint": stop},
        {"phase": phase(theirs, "retention").pk, "touchpoint": placed(commute, "Ride").touchpoint_id},
        {"phase": phase(theirs, "retention").pk, "text": "Desk"},
        {"phase": phase(commute, "retention").pk, "touchpoint": ""},
    ):
        assert client.post(address("placement_create", commute), body, headers=HTMX).status_code == 422
    assert order(commute) == {"purchase": "Shop Pay", "retention": "Wait Ride Arrive"}


def test_viewer_cannot_place_and_an_outsider_finds_no_journey(
    commute: Journey, vik: User, otto: User, sign_in: SignIn
) -> None:
    body = {"phase": phase(commute, "retention").pk, "text": "Desk"}
    assert sign_in(vik).post(address("placement_create", commute), body).status_code == 403
    assert sign_in(otto).post(address("placement_create", commute), body).status_code == 404


# --- taking off and putting back ------------------------------------------------------------------------------------


def test_taken_off_and_put_back(commute: Journey, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    wait = placed(commute, "Wait")
    off = address("placement_archive", commute, placement_id=wait.pk)
    on = address("placement_restore", commute, placement_id=wait.pk)

    answer = client.post(off, headers=HTMX)
    assert json.loads(answer.headers["HX-Trigger"])["etappe:map"]["say"] == "Taken off the map."
    assert order(commute)["retention"] == "Ride Arrive"
    assert client.post(off, headers=HTMX).status_code == 200
    wait.touchpoint.refresh_from_db()
    assert wait.touchpoint.peer_group == ""

    assert client.post(on, headers=HTMX).status_code == 200
    assert client.post(on, headers=HTMX).status_code == 200
    check_constraints()
    assert order(commute)["retention"] == "Ride Arrive Wait"
    assert Change.objects.filter(journey=commute).count() == commute.revision + 2


def test_put_back_is_refused_where_it_stands_again(commute: Journey, edda: User, sign_in: SignIn) -> None:
    wait = placed(commute, "Wait")
    archive_placement(wait, by=edda)
    place_touchpoint(commute, wait.touchpoint, phase=phase(commute, "advocacy"), after=None, by=edda)
    answer = sign_in(edda).post(address("placement_restore", commute, placement_id=wait.pk), headers=HTMX)
    assert answer.status_code == 422
    assert order(commute)["advocacy"] == "Wait"


@pytest.mark.parametrize("verb", ["placement_archive", "placement_restore"])
def test_viewer_cannot_take_off_or_put_back(
    commute: Journey, vik: User, otto: User, sign_in: SignIn, verb: str
) -> None:
    url = address(verb, commute, placement_id=placed(commute, "Wait").pk)
    assert sign_in(vik).post(url).status_code == 403
    assert sign_in(otto).post(url).status_code == 404
