"""Which needs of its personas a touchpoint is there for, and how well it meets them."""

import json

import pytest

from journeys.actions.cells import link_needs, linked
from journeys.actions.drawing import duplicate_journey
from journeys.actions.history import undo_change
from journeys.actions.lanes import show_lane
from journeys.actions.refusals import MovedOn
from journeys.models import Journey, Lane, MetNeed
from personas.actions import add_notes
from personas.models import NoteKind, Persona
from tests.cast import SignIn
from tests.journeys.scene import HTMX, address, placed
from workspaces.models import User


@pytest.fixture
def commuter(dressed: Journey, edda: User) -> Persona:
    persona: Persona = dressed.personas.get()
    add_notes(persona, NoteKind.NEED, ["To be on time", "To sit"], by=edda)
    return persona


def test_needs_are_linked_shown_and_can_be_taken_back(
    dressed: Journey, commuter: Persona, edda: User, sign_in: SignIn
) -> None:
    url, client = address("placement_needs", dressed, placement_id=placed(dressed, "Ride").pk), sign_in(edda)
    assert "To be on time" in client.get(url).content.decode()
    assert client.post(url, {"was": "[]", "need-0": "partly", "need-1": ""}, headers=HTMX).status_code == 200
    assert linked(placed(dressed, "Ride")) == [(commuter.pk, "To be on time", "partly")]
    show_lane(Lane.objects.select_related("journey__workspace").get(journey=dressed, kind="needs"), shown=True, by=edda)
    seen = client.get(f"{address('journey', dressed)}?view=timeline").content.decode()
    assert "To be on time" in seen
    assert "partly met" in seen
    undo_change(dressed, by=edda)
    undo_change(dressed, by=edda)
    assert not MetNeed.objects.exists()


def test_who_comes_second_is_told_and_nothing_is_lost(
    dressed: Journey, commuter: Persona, ada: User, edda: User, sign_in: SignIn
) -> None:
    ride = placed(dressed, "Ride")
    theirs = [(commuter.pk, "To sit", "not")]
    link_needs(ride, was=[], needs=theirs, by=ada)
    assert link_needs(ride, was=[], needs=theirs, by=edda) is None  # the same, twice
    with pytest.raises(MovedOn):
        link_needs(ride, was=[], needs=[(commuter.pk, "To be on time", "well")], by=edda)
    url = address("placement_needs", dressed, placement_id=ride.pk)
    answer = sign_in(edda).post(url, {"was": "[]", "need-0": "well"}, headers=HTMX)
    assert answer.status_code == 409
    assert "other needs" in json.loads(answer.headers["HX-Trigger"])["etappe:map"]["why"]
    assert linked(ride) == theirs


def test_a_need_that_left_the_persona_can_still_be_seen_and_taken_off(
    dressed: Journey, commuter: Persona, edda: User, sign_in: SignIn
) -> None:
    ride = placed(dressed, "Ride")
    link_needs(ride, was=[], needs=[(commuter.pk, "To read", "well")], by=edda)
    url, client = address("placement_needs", dressed, placement_id=ride.pk), sign_in(edda)
    assert "To read" in client.get(url).content.decode()
    body = {"was": json.dumps([[commuter.pk, "To read", "well"]]), "need-2": ""}
    assert client.post(url, body, headers=HTMX).status_code == 200
    assert not MetNeed.objects.exists()


@pytest.mark.parametrize("was", ["[[1]]", "{}x", '[["a","b","c"]]', '{"a": 1}'])
def test_what_cannot_be_read_stores_nothing(
    dressed: Journey, commuter: Persona, edda: User, sign_in: SignIn, was: str
) -> None:
    url = address("placement_needs", dressed, placement_id=placed(dressed, "Ride").pk)
    assert sign_in(edda).post(url, {"was": was, "need-0": "well"}, headers=HTMX).status_code == 422
    assert not MetNeed.objects.exists()


def test_a_copy_has_them(dressed: Journey, commuter: Persona, edda: User) -> None:
    link_needs(placed(dressed, "Ride"), was=[], needs=[(commuter.pk, "To sit", "not")], by=edda)
    copy = duplicate_journey(dressed, name="Plan", standing="to_be", by=edda)
    assert linked(placed(copy, "Ride")) == [(commuter.pk, "To sit", "not")]
