import pytest
from django.test import Client

from journeys.actions.cells import write_cell
from journeys.actions.history import undo_change
from journeys.actions.placements import archive_placement, label_phase, move_placement, restore_placement
from journeys.actions.refusals import MovedOn
from journeys.actions.restoring import restore_before, restore_order
from journeys.models import Change, Journey
from tests.cast import SignIn
from tests.journeys.scene import address, check_constraints, order, phase, placed
from tests.rest import Rest
from workspaces.errors import Refused
from workspaces.models import User

START = {"purchase": "Shop Pay", "retention": "Wait Ride Arrive"}


def move(journey: Journey, name: str, to: str, by: User) -> Change:
    placement = placed(journey, name)
    done = move_placement(placement, to_phase=phase(journey, to), after=None, version=placement.version, by=by)
    assert done
    return done


def test_another_one_s_move_is_brought_back_and_can_be_undone(commute: Journey, ada: User, edda: User) -> None:
    done = move(commute, "Ride", "advocacy", ada)
    move(commute, "Ride", "awareness", ada)
    restore_before(commute, done, by=edda)
    check_constraints()
    assert order(commute) == START
    undo_change(commute, by=edda)
    assert order(commute) == {"awareness": "Ride", "purchase": "Shop Pay", "retention": "Wait Arrive"}


def test_what_was_taken_off_comes_back_to_its_place(commute: Journey, ada: User, edda: User) -> None:
    done = archive_placement(placed(commute, "Ride"), by=ada)
    assert done
    restore_before(commute, done, by=edda)
    assert order(commute) == START
    with pytest.raises(MovedOn, match="no longer as this change left it"):
        restore_before(commute, done, by=edda)


def test_an_old_text_and_an_old_label_come_back(commute: Journey, ada: User, edda: User) -> None:
    said = []
    for was, text in (("", "So quick"), ("So quick", "So slow")):
        said.append(write_cell(placed(commute, "Ride"), lane="quote", was=was, value=text, by=ada))
    assert said[1]
    restore_before(commute, said[1], by=edda)
    assert placed(commute, "Ride").quote == "So quick"
    with pytest.raises(MovedOn, match="already"):
        restore_before(commute, said[1], by=edda)
    retention = phase(commute, "retention")
    named = label_phase(retention, label="On board", version=retention.version, by=ada)
    assert named
    restore_before(commute, named, by=edda)
    assert phase(commute, "retention").label == ""


def test_what_no_longer_stands_there_cannot_be_brought_back(
    commute: Journey, ada: User, edda: User, sign_in: SignIn
) -> None:
    done = move(commute, "Ride", "advocacy", ada)
    archive_placement(placed(commute, "Ride"), by=ada)
    refused = sign_in(edda).post(address("change_restore", commute, change_id=done.pk))
    assert refused.status_code == 409
    assert "“Ride” is no longer as this change left it." in refused.content.decode()
    begun = Change.objects.filter(journey=commute).earliest("revision")
    with pytest.raises(Refused, match="nothing that could be brought back"):
        restore_before(commute, begun, by=edda)


def test_the_order_of_then_comes_back(commute: Journey, ada: User, edda: User) -> None:
    then = Change.objects.filter(journey=commute).latest("revision")
    for name, to in (("Ride", "advocacy"), ("Shop", "retention"), ("Pay", "awareness")):
        move(commute, name, to, ada)
    archive_placement(placed(commute, "Wait"), by=ada)
    restore_order(commute, then, by=edda)
    check_constraints()
    assert order(commute) == {"purchase": "Shop Pay", "retention": "Ride Arrive"}
    with pytest.raises(MovedOn, match="in this order already"):
        restore_order(commute, then, by=edda)
    undo_change(commute, by=edda)
    assert order(commute) == {"awareness": "Pay", "retention": "Shop Arrive", "advocacy": "Ride"}
    restore_placement(placed(commute, "Wait"), by=ada)
    assert "Wait" in order(commute)["retention"]


def test_history_offers_it_and_says_what_was_brought_back(
    commute: Journey, ada: User, edda: User, vik: User, sign_in: SignIn
) -> None:
    done = move(commute, "Ride", "advocacy", ada)
    page, restore = address("changes", commute), address("change_restore", commute, change_id=done.pk)
    assert restore in sign_in(edda).get(page).content.decode()
    assert restore not in sign_in(vik).get(page).content.decode()
    seen = sign_in(edda).post(restore, follow=True).content.decode()
    assert "Brought back: “Ride” moved from Advocacy to Retention" in seen
    assert address("change_undo", commute) in seen
    sign_in(edda).post(address("change_order", commute, change_id=done.pk))
    assert f"Order as after change {done.revision} brought back" in sign_in(edda).get(page).content.decode()


def test_viewer_and_outsider_bring_nothing_back(
    commute: Journey, ada: User, vik: User, otto: User, sign_in: SignIn
) -> None:
    done = move(commute, "Ride", "advocacy", ada)
    for name in ("change_restore", "change_order"):
        assert sign_in(vik).post(address(name, commute, change_id=done.pk)).status_code == 403
        assert sign_in(otto).post(address(name, commute, change_id=done.pk)).status_code == 404


def test_program_brings_back(commute: Journey, ada: User, tess: Client) -> None:
    done = move(commute, "Ride", "advocacy", ada)
    made = Rest(tess).post(f"changes/{done.pk}/restore/")
    assert (made.status_code, made.json()["verb"]) == (201, "move")
    assert order(commute) == START
    assert Rest(tess).post(f"changes/{done.pk}/restore/").status_code == 409
