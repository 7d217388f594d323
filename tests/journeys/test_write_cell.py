"""Writing in a lane: one field of one touchpoint, and no text is lost to another."""

import json
from decimal import Decimal

import pytest

from journeys.actions.cells import write_cell
from journeys.actions.history import undo_change
from journeys.actions.placements import archive_placement, move_placement
from journeys.actions.refusals import MovedOn
from journeys.models import Change, Journey
from tests.cast import SignIn
from tests.journeys.scene import HTMX, address, phase, placed
from workspaces.models import User


def written(journey: Journey, name: str = "Ride") -> str:
    return address("placement_cell", journey, placement_id=placed(journey, name).pk)


def test_a_text_is_stored_shown_and_can_be_taken_back(commute: Journey, edda: User, sign_in: SignIn) -> None:
    body = {"field": "quote", "was": "", "text": " So calm. "}
    answer = sign_in(edda).post(f"{written(commute)}?view=timeline", body, headers=HTMX)
    assert answer.status_code == 200
    assert "“So calm.”" in answer.content.decode()
    assert placed(commute, "Ride").quote == "So calm."
    undo_change(commute, by=edda)
    assert placed(commute, "Ride").quote == ""


def test_twice_is_harmless(commute: Journey, edda: User, sign_in: SignIn) -> None:
    client, body = sign_in(edda), {"field": "backstage", "was": "", "text": "Dispatch"}
    answers = [client.post(written(commute), body, headers=HTMX).status_code for _ in range(2)]
    assert answers == [200, 200]
    assert Change.objects.filter(journey=commute, verb="edit").count() == 1


def test_who_comes_second_sees_both_texts(commute: Journey, ada: User, edda: User, sign_in: SignIn) -> None:
    ride = placed(commute, "Ride")
    write_cell(ride, lane="quote", was="", value="Too full", by=ada)
    body = {"field": "quote", "was": "", "text": "So calm"}
    answer = sign_in(edda).post(written(commute), body, headers=HTMX)
    assert answer.status_code == 409
    why = json.loads(answer.headers["HX-Trigger"])["etappe:map"]["why"]
    assert "“Too full”" in why
    assert "“So calm”" in why
    assert placed(commute, "Ride").quote == "Too full"


def test_what_others_did_to_it_otherwise_is_no_conflict(commute: Journey, ada: User, edda: User) -> None:
    ride = placed(commute, "Ride")
    move_placement(ride, to_phase=phase(commute, "advocacy"), after=None, version=ride.version, by=ada)
    write_cell(ride, lane="customer_action", was="", value="Rides", by=edda)
    assert placed(commute, "Ride").customer_action == "Rides"


def test_what_was_taken_off_cannot_be_written_on(commute: Journey, edda: User) -> None:
    ride = placed(commute, "Ride")
    archive_placement(ride, by=edda)
    with pytest.raises(MovedOn):
        write_cell(ride, lane="quote", was="", value="Late", by=edda)


def test_feelings_are_tenths_between_their_ends(commute: Journey, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    stored = None
    for text, status in (("-1.4", 200), ("2.1", 422), ("0.25", 422), ("good", 422), ("", 200)):
        body = {"field": "assumed_emotion", "was": "" if stored is None else str(stored), "text": text}
        assert client.post(written(commute), body, headers=HTMX).status_code == status
        if status == 200:
            stored = Decimal(text) if text else None
        assert placed(commute, "Ride").assumed_emotion == stored


@pytest.mark.parametrize(("field", "text"), [("share", "5"), ("touchpoint_id", "1"), ("quote", "x" * 501)])
def test_only_lanes_can_be_written_in_and_only_so_much(
    commute: Journey, edda: User, sign_in: SignIn, field: str, text: str
) -> None:
    before = Change.objects.filter(journey=commute).count()
    body = {"field": field, "was": "", "text": text}
    assert sign_in(edda).post(written(commute), body, headers=HTMX).status_code == 422
    assert Change.objects.filter(journey=commute).count() == before
