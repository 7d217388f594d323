import json

import pytest

from journeys.actions.history import redo_change, undo_change
from journeys.actions.placements import (
    archive_placement,
    edit_placement,
    label_phase,
    move_placement,
    place_touchpoint,
    restore_placement,
)
from journeys.actions.refusals import MovedOn
from journeys.models import Change, Journey
from tests.cast import SignIn
from tests.journeys.scene import HTMX, address, check_constraints, order, phase, placed
from workspaces.errors import Refused
from workspaces.models import User

START = {"purchase": "Shop Pay", "retention": "Wait Ride Arrive"}


def move(journey: Journey, name: str, to: str, after: str | None, by: User) -> None:
    placement = placed(journey, name)
    neighbour = placed(journey, after) if after else None
    move_placement(placement, to_phase=phase(journey, to), after=neighbour, version=placement.version, by=by)


def test_undo_puts_a_touchpoint_back_behind_its_old_neighbour(commute: Journey, ada: User, edda: User) -> None:
    move(commute, "Ride", "purchase", "Shop", edda)
    move(commute, "Pay", "retention", None, ada)

    undone = undo_change(commute, by=edda)

    check_constraints()
    assert order(commute) == {"purchase": "Shop", "retention": "Pay Wait Ride Arrive"}
    assert undone.undoes
    assert undone.undoes.verb == "move"


def test_undo_puts_what_was_taken_off_back_where_it_stood(commute: Journey, edda: User) -> None:
    archive_placement(placed(commute, "Arrive"), by=edda)
    undo_change(commute, by=edda)
    assert order(commute)["retention"] == "Wait Ride Arrive"


def test_where_the_old_neighbour_has_left_it_goes_as_far_back_as_it_was(
    commute: Journey, ada: User, edda: User
) -> None:
    move(commute, "Arrive", "purchase", None, edda)
    move(commute, "Ride", "advocacy", None, ada)
    undo_change(commute, by=edda)
    assert order(commute) == {"purchase": "Shop Pay", "retention": "Wait Arrive", "advocacy": "Ride"}


def test_undo_and_redo_walk_back_and_forth(commute: Journey, edda: User) -> None:
    move(commute, "Ride", "purchase", "Shop", edda)
    first = order(commute)
    wait = placed(commute, "Wait")
    edit_placement(wait, version=wait.version, by=edda, quote="Nobody tells us", expectation=None)
    archive_placement(placed(commute, "Arrive"), by=edda)
    last = order(commute)

    undo_change(commute, by=edda)
    assert order(commute) == first
    undo_change(commute, by=edda)
    assert placed(commute, "Wait").quote == ""
    undo_change(commute, by=edda)
    assert order(commute) == START

    for _ in range(3):
        redo_change(commute, by=edda)
    check_constraints()
    assert order(commute) == last
    assert placed(commute, "Wait").quote == "Nobody tells us"
    with pytest.raises(Refused, match="nothing to redo"):
        redo_change(commute, by=edda)
    for _ in range(3):
        undo_change(commute, by=edda)
    assert order(commute) == START


def test_something_new_ends_what_could_be_redone(commute: Journey, edda: User) -> None:
    move(commute, "Ride", "purchase", None, edda)
    undo_change(commute, by=edda)
    move(commute, "Wait", "purchase", None, edda)
    undo_change(commute, by=edda)
    redo_change(commute, by=edda)
    with pytest.raises(Refused, match="nothing to redo"):
        redo_change(commute, by=edda)


def test_undo_reaches_every_verb(commute: Journey, edda: User) -> None:
    label = phase(commute, "retention")
    label_phase(label, label="On board", version=label.version, by=edda)
    archive_placement(placed(commute, "Ride"), by=edda)
    restore_placement(placed(commute, "Ride"), by=edda)
    assert order(commute)["retention"] == "Wait Arrive Ride"

    undo_change(commute, by=edda)
    assert order(commute)["retention"] == "Wait Arrive"
    undo_change(commute, by=edda)
    assert order(commute)["retention"] == "Wait Ride Arrive"
    undo_change(commute, by=edda)
    assert phase(commute, "retention").label == ""
    undo_change(commute, by=edda)  # the first of the scene's own: Arrive was placed last
    assert order(commute)["retention"] == "Wait Ride"


def test_feelings_come_back_exactly(commute: Journey, edda: User) -> None:
    ride = placed(commute, "Ride")
    edit_placement(ride, version=1, by=edda, assumed_emotion="1.5", share=40)
    edit_placement(placed(commute, "Ride"), version=2, by=edda, assumed_emotion=None, share=60)
    undo_change(commute, by=edda)
    assert (str(placed(commute, "Ride").assumed_emotion), placed(commute, "Ride").share) == ("1.5", 40)


def test_only_ones_own_changes_are_undone(commute: Journey, ada: User, edda: User) -> None:
    move(commute, "Ride", "purchase", None, edda)
    with pytest.raises(Refused, match="nothing to undo"):
        undo_change(commute, by=ada)


def test_undo_refuses_and_names_who_changed_the_same_thing_since(
    commute: Journey, ada: User, edda: User, sign_in: SignIn
) -> None:
    move(commute, "Ride", "purchase", None, edda)
    move(commute, "Ride", "advocacy", None, ada)

    with pytest.raises(MovedOn, match="Ada"):
        undo_change(commute, by=edda)

    answer = sign_in(edda).post(address("change_undo", commute), headers=HTMX)
    assert answer.status_code == 409
    assert "Ada has changed “Ride” since" in answer.content.decode()
    assert order(commute)["advocacy"] == "Ride"


def test_restoring_a_touchpoint_that_stands_again_is_refused(commute: Journey, edda: User, ada: User) -> None:
    ride = placed(commute, "Ride")
    archive_placement(ride, by=edda)
    place_touchpoint(commute, ride.touchpoint, phase=phase(commute, "advocacy"), after=None, by=ada)
    with pytest.raises(Refused, match="already stands"):
        undo_change(commute, by=edda)


def test_page_hears_what_was_undone_and_offers_redo(commute: Journey, edda: User, sign_in: SignIn) -> None:
    move(commute, "Ride", "purchase", None, edda)
    answer = sign_in(edda).post(address("change_undo", commute), headers=HTMX)

    assert answer.status_code == 200
    news = json.loads(answer.headers["HX-Trigger"])["etappe:map"]
    assert news["say"] == "Undone. Retention, position 2 of 3."
    body = answer.content.decode()
    assert "Undone: “Ride” moved from Retention to Purchase" in body
    assert address("change_redo", commute) in body


def test_history_tells_who_did_what_and_offers_undo_of_ones_own(
    commute: Journey, ada: User, edda: User, vik: User, sign_in: SignIn
) -> None:
    move(commute, "Ride", "purchase", None, ada)
    url = address("changes", commute)
    page = sign_in(ada).get(url).content.decode()
    assert "Ada" in page
    assert "“Ride” moved from Retention to Purchase" in page
    assert page.count(address("change_undo", commute)) == 1
    assert address("change_undo", commute) not in sign_in(vik).get(url).content.decode()


def test_fifty_steps_back_and_fifty_forth(commute: Journey, edda: User) -> None:
    Change.objects.filter(journey=commute).delete()
    stood = [order(commute)]
    for number in range(52):
        move(commute, "Ride", "purchase" if number % 2 == 0 else "advocacy", None, edda)
        stood.append(order(commute))
    for number in range(50):
        undo_change(commute, by=edda)
        assert order(commute) == stood[51 - number]
    with pytest.raises(Refused, match="fifty steps"):
        undo_change(commute, by=edda)
    for number in range(50):
        redo_change(commute, by=edda)
        assert order(commute) == stood[3 + number]
    with pytest.raises(Refused, match="nothing to redo"):
        redo_change(commute, by=edda)
    for _ in range(50):
        undo_change(commute, by=edda)
    assert order(commute) == stood[2]


def test_viewer_cannot_undo_and_an_outsider_finds_nothing(
    commute: Journey, vik: User, otto: User, sign_in: SignIn
) -> None:
    assert sign_in(vik).post(address("change_undo", commute)).status_code == 403
    assert sign_in(otto).post(address("change_undo", commute)).status_code == 404
