"""Lanes: shown, hidden, ordered and added for each journey, as steps that can be taken back."""

import json
from decimal import Decimal

import pytest
from django.test import Client

from journeys.actions.cells import write_cell
from journeys.actions.drawing import duplicate_journey
from journeys.actions.history import redo_change, undo_change
from journeys.actions.lanes import add_lane, move_lane, remove_lane, rename_lane, show_lane
from journeys.actions.refusals import MovedOn
from journeys.models import MOST_OWN, Change, Journey, Lane, LaneCell
from journeys.views.rows import the_phases
from tests.cast import SignIn
from tests.journeys.scene import HTMX, address, placed
from workspaces.errors import Refused
from workspaces.models import User, Workspace


def lane(journey: Journey, name: str) -> Lane:
    found: Lane = next(one for one in Lane.objects.filter(journey=journey) if name in {one.kind, one.name})
    found.journey = journey
    return found


def order(journey: Journey) -> str:
    """The shown lanes from above; fails when positions are not dense."""
    kept = list(Lane.objects.filter(journey=journey, archived_at=None))
    assert [one.position for one in kept] == list(range(len(kept)))
    return " ".join(one.name or one.kind for one in kept if one.shown)


USUAL = "action touchpoints emotion quote heard measures backstage"


def test_a_journey_begins_with_the_usual_lanes(commute: Journey) -> None:
    assert order(commute) == USUAL


def test_lanes_are_hidden_shown_and_put_in_order_and_each_step_is_taken_back(commute: Journey, edda: User) -> None:
    show_lane(lane(commute, "quote"), shown=False, by=edda)
    show_lane(lane(commute, "needs"), shown=True, by=edda)
    move_lane(lane(commute, "backstage"), after=None, by=edda)
    assert order(commute) == "backstage action touchpoints emotion needs heard measures"
    for _step in range(3):
        undo_change(commute, by=edda)
    assert order(commute) == USUAL
    redo_change(commute, by=edda)
    assert order(commute) == USUAL.replace("quote ", "")


def test_twice_is_harmless(commute: Journey, edda: User) -> None:
    for _time in range(2):
        show_lane(lane(commute, "quote"), shown=False, by=edda)
        move_lane(lane(commute, "heard"), after=None, by=edda)
    assert Change.objects.filter(journey=commute, verb="lane").count() == 2


def test_touchpoints_are_always_shown_and_usual_lanes_keep_name_and_place(commute: Journey, edda: User) -> None:
    with pytest.raises(Refused):
        show_lane(lane(commute, "touchpoints"), shown=False, by=edda)
    with pytest.raises(Refused):
        rename_lane(lane(commute, "quote"), name="Voices", by=edda)
    with pytest.raises(Refused):
        remove_lane(lane(commute, "quote"), by=edda)


def test_a_lane_of_ones_own_comes_is_named_once_and_goes_with_all_that_it_tells(commute: Journey, edda: User) -> None:
    add_lane(commute, name="Systems", kind="text", by=edda)
    write_cell(placed(commute, "Ride"), lane=lane(commute, "Systems"), was="", value="Gate", by=edda)
    with pytest.raises(Refused):
        add_lane(commute, name="systems", kind="number", by=edda)
    remove_lane(lane(commute, "Systems"), by=edda)
    assert order(commute) == USUAL
    undo_change(commute, by=edda)
    assert order(commute) == f"{USUAL} Systems"
    assert LaneCell.objects.get(lane__name="Systems").text == "Gate"


def test_a_name_taken_meanwhile_refuses_the_undo(commute: Journey, ada: User, edda: User) -> None:
    add_lane(commute, name="Systems", kind="text", by=edda)
    remove_lane(lane(commute, "Systems"), by=edda)
    add_lane(commute, name="Systems", kind="text", by=ada)
    with pytest.raises(Refused):
        undo_change(commute, by=edda)


def test_what_a_colleague_did_to_the_same_lane_refuses_the_undo(commute: Journey, ada: User, edda: User) -> None:
    show_lane(lane(commute, "quote"), shown=False, by=edda)
    show_lane(lane(commute, "heard"), shown=False, by=ada)
    undo_change(commute, by=edda)  # another lane: no conflict
    show_lane(lane(commute, "quote"), shown=False, by=edda)
    show_lane(lane(commute, "quote"), shown=True, by=ada)
    with pytest.raises(MovedOn):
        undo_change(commute, by=edda)


def test_there_is_an_end_to_them(commute: Journey, edda: User) -> None:
    for number in range(MOST_OWN):
        add_lane(commute, name=f"Lane {number}", kind="text", by=edda)
    with pytest.raises(Refused):
        add_lane(commute, name="One more", kind="text", by=edda)


def test_numbers_are_read_and_shown_as_the_reader_writes_them(
    commute: Journey, edda: User, sign_in: SignIn, workspace: Workspace
) -> None:
    add_lane(commute, name="Calls", kind="number", by=edda)
    field, client = f"lane-{lane(commute, 'Calls').pk}", sign_in(edda)
    here = address("placement_cell", commute, placement_id=placed(commute, "Ride").pk)
    german = HTMX | {"Accept-Language": "de"}
    edda.language = "de"
    edda.save()
    answer = client.post(f"{here}?view=timeline", {"field": field, "was": "", "text": "12,5"}, headers=german)
    assert answer.status_code == 200
    assert 'data-text="12,5"' in answer.content.decode()
    assert LaneCell.objects.get().number == Decimal("12.5")
    for text in ("many", "1e99", "12,55555"):
        assert client.post(here, {"field": field, "was": "12,5", "text": text}, headers=german).status_code == 422
    assert client.post(here, {"field": field, "was": "12,5", "text": ""}, headers=german).status_code == 200
    assert not LaneCell.objects.exists()
    undo_change(commute, by=edda)
    assert LaneCell.objects.get().number == Decimal("12.5")


def test_who_comes_second_to_a_cell_sees_both_texts(commute: Journey, ada: User, edda: User) -> None:
    add_lane(commute, name="Systems", kind="text", by=ada)
    own, ride = lane(commute, "Systems"), placed(commute, "Ride")
    write_cell(ride, lane=own, was="", value="Gate", by=ada)
    with pytest.raises(MovedOn, match="“Gate” here meanwhile"):
        write_cell(ride, lane=own, was="", value="App", by=edda)


def test_each_view_shows_what_it_has_room_for(commute: Journey, edda: User, sign_in: SignIn) -> None:
    add_lane(commute, name="Systems", kind="text", by=edda)
    write_cell(placed(commute, "Ride"), lane=lane(commute, "Systems"), was="", value="Gate 7", by=edda)
    page, client = address("journey", commute), sign_in(edda)
    assert "Gate 7" in client.get(f"{page}?view=timeline").content.decode()
    assert "Gate 7" in client.get(f"{page}?view=table").content.decode()
    assert "Gate 7" not in client.get(page).content.decode()
    show_lane(lane(commute, "emotion"), shown=False, by=edda)
    assert '<figure id="curve" hidden>' in client.get(page).content.decode()


def test_the_menu_arranges_in_place(commute: Journey, edda: User, sign_in: SignIn) -> None:
    url = address("lane_arrange", commute, lane_id=lane(commute, "quote").pk)
    answer = sign_in(edda).post(f"{url}?view=timeline", {"shown": "no"}, headers=HTMX)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert all(f'hx-target="#phase-{one.pk}"' in html for one in the_phases(commute))
    assert 'hx-target="#lane-labels"' in html
    assert json.loads(answer.headers["HX-Trigger"])["etappe:map"]["saved"]


def test_a_copy_has_the_lanes_and_what_they_tell(commute: Journey, edda: User) -> None:
    add_lane(commute, name="Systems", kind="text", by=edda)
    show_lane(lane(commute, "quote"), shown=False, by=edda)
    write_cell(placed(commute, "Ride"), lane=lane(commute, "Systems"), was="", value="Gate", by=edda)
    copy = duplicate_journey(commute, name="Plan", standing="to_be", by=edda)
    assert order(copy) == f"{USUAL} Systems".replace("quote ", "")
    assert LaneCell.objects.get(journey=copy).text == "Gate"


def test_programs_are_told_of_lanes_and_arrange_them(commute: Journey, edda: User, tess: Client) -> None:
    made = tess.post("/api/v1/lanes/", {"journey": commute.pk, "kind": "number", "name": "Calls"}, "application/json")
    assert made.status_code == 201, made.content
    calls = made.json()
    write_cell(placed(commute, "Ride"), lane=lane(commute, "Calls"), was=None, value=Decimal("2.5"), by=edda)
    told = tess.get(f"/api/v1/journeys/{commute.pk}/map/").json()
    assert [one["label"] for one in told["lanes"]][-2:] == ["Backstage", "Calls"]
    cells = [one["lanes"] for phase in told["phases"] for one in phase["placements"]]
    assert cells == [{}, {}, {}, {str(calls["id"]): 2.5}, {}]
    address = f"/api/v1/lanes/{calls['id']}/"
    hidden = tess.patch(address, {"shown": False, "version": calls["version"]}, "application/json")
    assert (hidden.status_code, hidden.json()["shown"]) == (200, False)
    assert tess.patch(address, {"name": "Mails", "version": calls["version"]}, "application/json").status_code == 412
    assert tess.delete(address).status_code == 204
    assert tess.post(f"{address}restore/").json()["archived_at"] is None
    for body in ({"kind": "quote", "name": "Voices"}, {"kind": "text", "name": ""}, {"kind": "text"}):
        assert tess.post("/api/v1/lanes/", {"journey": commute.pk} | body, "application/json").status_code in {400, 422}
