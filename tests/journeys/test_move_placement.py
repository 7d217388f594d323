import json

import pytest

from journeys.actions.placements import archive_placement, edit_placement, move_placement, place_touchpoint
from journeys.actions.refusals import MovedOn
from journeys.models import Change, Journey
from tests.cast import SignIn
from tests.journeys.scene import HTMX, address, check_constraints, drawn, order, phase, placed, post_move
from workspaces.models import User, Workspace

START = {"purchase": "Shop Pay", "retention": "Wait Ride Arrive"}


@pytest.mark.parametrize(
    ("name", "to", "after", "then"),
    [
        ("Arrive", "retention", None, {"purchase": "Shop Pay", "retention": "Arrive Wait Ride"}),
        ("Wait", "retention", "Arrive", {"purchase": "Shop Pay", "retention": "Ride Arrive Wait"}),
        ("Wait", "retention", "Ride", {"purchase": "Shop Pay", "retention": "Ride Wait Arrive"}),
        ("Arrive", "retention", "Wait", {"purchase": "Shop Pay", "retention": "Wait Arrive Ride"}),
        ("Shop", "retention", "Wait", {"purchase": "Pay", "retention": "Wait Shop Ride Arrive"}),
        ("Ride", "purchase", None, {"purchase": "Ride Shop Pay", "retention": "Wait Arrive"}),
        ("Ride", "purchase", "Pay", {"purchase": "Shop Pay Ride", "retention": "Wait Arrive"}),
        ("Pay", "advocacy", None, {"purchase": "Shop", "retention": "Wait Ride Arrive", "advocacy": "Pay"}),
    ],
)
def test_touchpoint_lands_behind_its_new_neighbour(
    commute: Journey, edda: User, name: str, to: str, after: str | None, then: dict[str, str]
) -> None:
    mover = placed(commute, name)
    neighbour = placed(commute, after) if after else None

    change = move_placement(mover, to_phase=phase(commute, to), after=neighbour, version=mover.version, by=edda)

    check_constraints()
    assert order(commute) == then
    assert change
    assert change.revision == commute.revision + 1
    assert placed(commute, name).version == mover.version + 1


def test_only_the_moved_one_gets_a_new_version(commute: Journey, edda: User) -> None:
    before = {name: placed(commute, name) for name in ("Shop", "Pay", "Wait", "Arrive")}
    ride = placed(commute, "Ride")

    move_placement(ride, to_phase=phase(commute, "purchase"), after=None, version=ride.version, by=edda)

    for name, neighbour in before.items():
        now = placed(commute, name)
        assert (now.version, now.updated_at) == (neighbour.version, neighbour.updated_at)


def test_the_same_move_twice_is_one_move(commute: Journey, edda: User) -> None:
    ride = placed(commute, "Ride")
    shop = placed(commute, "Shop")
    for _ in range(2):
        move_placement(ride, to_phase=phase(commute, "purchase"), after=shop, version=ride.version, by=edda)

    assert order(commute) == {"purchase": "Shop Ride Pay", "retention": "Wait Arrive"}
    assert Change.objects.filter(journey=commute, verb="move").count() == 1


def test_what_others_do_around_it_is_no_conflict(commute: Journey, ada: User, edda: User) -> None:
    arrive = placed(commute, "Arrive")
    wait = placed(commute, "Wait")
    move_placement(wait, to_phase=phase(commute, "purchase"), after=None, version=wait.version, by=ada)

    move_placement(arrive, to_phase=phase(commute, "retention"), after=None, version=arrive.version, by=edda)

    assert order(commute) == {"purchase": "Wait Shop Pay", "retention": "Arrive Ride"}


def test_stale_when_somebody_else_moved_or_edited_it(commute: Journey, ada: User, edda: User) -> None:
    seen = placed(commute, "Ride")
    edit_placement(placed(commute, "Ride"), version=seen.version, quote="Standing again", by=ada)

    with pytest.raises(MovedOn, match="Ride"):
        move_placement(seen, to_phase=phase(commute, "purchase"), after=None, version=seen.version, by=edda)
    assert order(commute) == START


def test_neighbour_that_left_or_was_taken_off_is_a_conflict(commute: Journey, ada: User, edda: User) -> None:
    wait, ride, shop = placed(commute, "Wait"), placed(commute, "Ride"), placed(commute, "Shop")
    retention = phase(commute, "retention")
    move_placement(ride, to_phase=phase(commute, "advocacy"), after=None, version=ride.version, by=ada)
    with pytest.raises(MovedOn, match="Ride"):
        move_placement(wait, to_phase=retention, after=ride, version=wait.version, by=edda)

    archive_placement(shop, by=ada)
    with pytest.raises(MovedOn, match="Shop"):
        move_placement(wait, to_phase=phase(commute, "purchase"), after=shop, version=wait.version, by=edda)
    with pytest.raises(MovedOn, match="Shop"):
        move_placement(shop, to_phase=retention, after=None, version=shop.version, by=edda)


def test_peer_group_is_the_phase_of_most_placements_then_the_earlier(
    workspace: Workspace, commute: Journey, edda: User
) -> None:
    ride = placed(commute, "Ride")
    assert ride.touchpoint.peer_group == "retention"
    other = drawn(workspace, edda, "Weekend trip")
    place_touchpoint(other, ride.touchpoint, phase=phase(other, "advocacy"), after=None, by=edda)
    assert placed(commute, "Ride").touchpoint.peer_group == "retention"

    move_placement(ride, to_phase=phase(commute, "advocacy"), after=None, version=ride.version, by=edda)
    assert placed(commute, "Ride").touchpoint.peer_group == "advocacy"


# --- through the door -----------------------------------------------------------------------------------------------


def test_page_gets_both_phases_and_hears_where_it_stands(commute: Journey, edda: User, sign_in: SignIn) -> None:
    pay, ride = placed(commute, "Pay"), placed(commute, "Ride")

    answer = post_move(sign_in(edda), pay, phase(commute, "retention"), ride)

    assert answer.status_code == 200
    body = answer.content.decode()
    for touched in ("purchase", "retention"):
        assert f'hx-target="#phase-{phase(commute, touched).pk}"' in body
    assert f'hx-target="#phase-{phase(commute, "advocacy").pk}"' not in body
    news = json.loads(answer.headers["HX-Trigger"])["etappe:map"]
    assert news == {
        "saved": True,
        "journey": commute.pk,
        "revision": commute.revision + 1,
        "verb": "move",
        "placement": pay.pk,
        "phase": phase(commute, "retention").pk,
        "version": pay.version + 1,
        "position": 3,
        "of": 4,
        "say": "Dropped. Retention, position 3 of 4.",
        "why": None,
    }
    assert "moved from Purchase to Retention" in body
    assert address("change_undo", commute) in body


def test_conflict_answers_with_the_servers_order_and_a_reason(
    commute: Journey, ada: User, edda: User, sign_in: SignIn
) -> None:
    seen = placed(commute, "Ride")
    move_placement(seen, to_phase=phase(commute, "retention"), after=None, version=seen.version, by=ada)

    answer = post_move(sign_in(edda), seen, phase(commute, "purchase"))

    assert answer.status_code == 409
    body = answer.content.decode()
    assert body.index("Ride") < body.index("Wait") < body.index("Arrive")
    news = json.loads(answer.headers["HX-Trigger"])["etappe:map"]
    assert (news["saved"], news["position"], news["version"]) == (False, 1, seen.version + 1)
    assert news["say"].startswith("Not saved, back in Retention, position 1 of 3.")


def test_deleted_neighbour_is_409_and_foreign_ones_are_422(
    commute: Journey, workspace: Workspace, elsewhere: Workspace, edda: User, otto: User, sign_in: SignIn
) -> None:
    client = sign_in(edda)
    ride, shop = placed(commute, "Ride"), placed(commute, "Shop")
    mine = drawn(workspace, edda, "Other journey", retention="Lounge")
    theirs = drawn(elsewhere, otto, "Tram", retention="Stop")
    archive_placement(shop, by=edda)

    assert post_move(client, ride, phase(commute, "purchase"), shop).status_code == 409
    for foreign in (mine, theirs):
        assert post_move(client, ride, phase(foreign, "purchase")).status_code == 422
        lounge = placed(foreign, "Lounge" if foreign == mine else "Stop")
        assert post_move(client, ride, phase(commute, "retention"), lounge).status_code == 422
    assert order(commute) == {"purchase": "Pay", "retention": "Wait Ride Arrive"}


@pytest.mark.parametrize(
    "body",
    [{"version": ""}, {"version": "x"}, {"phase": "99999999999999999999999"}, {"after": "99999999999999999999999"}],
)
def test_nonsense_is_422(commute: Journey, edda: User, sign_in: SignIn, body: dict[str, str]) -> None:
    ride = placed(commute, "Ride")
    answer = post_move(sign_in(edda), ride, phase(commute, "purchase"), said=body)
    assert answer.status_code == 422
    assert order(commute) == START


def test_viewer_cannot_move_a_touchpoint_and_an_outsider_finds_none(
    commute: Journey, vik: User, otto: User, sign_in: SignIn
) -> None:
    ride = placed(commute, "Ride")
    assert post_move(sign_in(vik), ride, phase(commute, "purchase")).status_code == 403
    assert post_move(sign_in(otto), ride, phase(commute, "purchase")).status_code == 404
    assert order(commute) == START


def test_without_javascript_the_form_leads_back_to_the_map(commute: Journey, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    ride = placed(commute, "Ride")
    url = address("placement_move", commute, placement_id=ride.pk)
    assert "Ride" in client.get(url).content.decode()

    page = client.post(url, {"phase": phase(commute, "purchase").pk, "after": "", "version": ride.version}, follow=True)

    assert page.redirect_chain == [(address("journey", commute), 302)]
    assert "“Ride” moved from Retention to Purchase" in page.content.decode()
    assert order(commute)["purchase"] == "Ride Shop Pay"


def test_archived_journey_stays_as_it_is(commute: Journey, edda: User, sign_in: SignIn) -> None:
    Journey.objects.filter(pk=commute.pk).update(archived_at="2026-01-01T00:00Z")
    answer = post_move(sign_in(edda), placed(commute, "Ride"), phase(commute, "purchase"))
    assert answer.status_code == 422
    assert "archived" in answer.content.decode()
    assert sign_in(edda).get(address("journey", commute), headers=HTMX).status_code == 200
