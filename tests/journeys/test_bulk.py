"""Several touchpoints at once: all or none, one step, in as many statements for any number."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journeys.actions.bulk import Seen, archive_placements, move_placements, set_channel, set_owner
from journeys.actions.history import redo_change, undo_change
from journeys.actions.placements import edit_placement, move_placement
from journeys.actions.refusals import MovedOn
from journeys.models import Change, Journey
from tests.journeys.scene import check_constraints, drawn, order, phase, placed
from touchpoints.actions.channels import archive_channel, create_channel
from touchpoints.actions.library import edit_touchpoint
from touchpoints.models import Channel, Touchpoint
from workspaces.errors import Refused
from workspaces.models import AuditEntry, Team, User, Workspace

START = {"purchase": "Shop Pay", "retention": "Wait Ride Arrive"}


def seen(journey: Journey, names: str) -> list[Seen]:
    they = [placed(journey, name) for name in names.split()]
    return [Seen(one.pk, one.version, one.touchpoint.version) for one in they]


def move(journey: Journey, names: str, to: str, after: str | None, by: User) -> Change | None:
    neighbour = placed(journey, after) if after else None
    return move_placements(journey, seen(journey, names), to_phase=phase(journey, to), after=neighbour, by=by)


@pytest.fixture
def fleet(workspace: Workspace) -> Team:
    return Team.objects.create(workspace=workspace, name="Fleet")


@pytest.fixture
def app(workspace: Workspace, edda: User) -> Channel:
    return create_channel(workspace, name="App", by=edda)


@pytest.mark.parametrize(
    ("names", "to", "after", "stands"),
    [
        (
            "Arrive Shop",
            "consideration",
            None,
            {"consideration": "Shop Arrive", "purchase": "Pay", "retention": "Wait Ride"},
        ),
        ("Shop Pay", "retention", "Wait", {"retention": "Wait Shop Pay Ride Arrive"}),
        ("Arrive Wait", "retention", None, {**START, "retention": "Wait Arrive Ride"}),
        ("Wait Ride", "retention", "Arrive", {**START, "retention": "Arrive Wait Ride"}),
        ("Ride Arrive", "retention", "Arrive", START),
        ("Shop Ride", "retention", "Ride", {"purchase": "Pay", "retention": "Wait Shop Ride Arrive"}),
    ],
)
def test_many_move_as_one_and_keep_their_order(
    commute: Journey, edda: User, names: str, to: str, after: str | None, stands: dict[str, str]
) -> None:
    before = commute.revision
    change = move(commute, names, to, after, edda)
    check_constraints()
    assert order(commute) == stands
    commute.refresh_from_db()
    assert commute.revision == before + (0 if stands == START else 1)
    assert (change is None) == (stands == START)


@pytest.mark.parametrize("stand", ["", "Shop"])
def test_to_move_none_changes_nothing(commute: Journey, edda: User, stand: str) -> None:
    off = {"Arrive", "Pay", "Ride", "Shop", "Wait"} - {stand}
    archive_placements(commute, seen(commute, " ".join(sorted(off))), by=edda)
    before = order(commute)
    commute.refresh_from_db()
    revision = commute.revision
    assert move(commute, "", "advocacy", None, edda) is None
    commute.refresh_from_db()
    assert (order(commute), commute.revision) == (before, revision)


def test_the_same_move_twice_is_one_move(commute: Journey, edda: User) -> None:
    as_seen = seen(commute, "Shop Ride")
    for _ in range(2):
        change = move_placements(commute, as_seen, to_phase=phase(commute, "advocacy"), after=None, by=edda)
    assert change is None
    assert order(commute) == {"purchase": "Pay", "retention": "Wait Arrive", "advocacy": "Shop Ride"}


def test_one_stale_touchpoint_stops_all_and_is_named(commute: Journey, ada: User, edda: User) -> None:
    as_seen = seen(commute, "Shop Ride Arrive")
    edit_placement(placed(commute, "Ride"), version=1, by=ada, quote="Too full")
    with pytest.raises(MovedOn, match="“Ride”") as refusal:
        move_placements(commute, as_seen, to_phase=phase(commute, "advocacy"), after=None, by=edda)
    assert "Shop" not in str(refusal.value)
    with pytest.raises(MovedOn, match="“Ride”"):
        archive_placements(commute, as_seen, by=edda)
    assert order(commute) == START


def test_what_merely_made_room_is_not_stale(commute: Journey, ada: User, edda: User) -> None:
    as_seen = seen(commute, "Ride Arrive")
    wait = placed(commute, "Wait")
    move_placement(wait, to_phase=phase(commute, "purchase"), after=None, version=1, by=ada)
    move_placements(commute, as_seen, to_phase=phase(commute, "advocacy"), after=None, by=edda)
    assert order(commute) == {"purchase": "Wait Shop Pay", "advocacy": "Ride Arrive"}


def test_owner_and_channel_are_given_to_all_or_none(
    commute: Journey, workspace: Workspace, ada: User, edda: User, fleet: Team, app: Channel
) -> None:
    as_seen = seen(commute, "Shop Ride")
    set_owner(commute, as_seen, owner=fleet, by=edda)
    assert set_owner(commute, as_seen, owner=fleet, by=edda) is None
    assert [placed(commute, name).touchpoint.owner for name in ("Shop", "Ride")] == [fleet, fleet]
    assert AuditEntry.objects.of(workspace).filter(verb="touchpoint.edit", actor=edda).count() == 2

    with pytest.raises(MovedOn, match="“Shop”, “Ride”"):
        set_channel(commute, as_seen, channel=app, by=edda)
    ride = placed(commute, "Ride").touchpoint
    fresh = seen(commute, "Shop Ride")
    edit_touchpoint(ride, version=ride.version, by=ada, importance=5)
    with pytest.raises(MovedOn, match="“Ride”"):
        set_channel(commute, fresh, channel=app, by=edda)
    assert placed(commute, "Shop").touchpoint.channel is None


def do_move(journey: Journey, by: User) -> None:
    move(journey, "Shop Wait Arrive", "advocacy", None, by)


def do_archive(journey: Journey, by: User) -> None:
    archive_placements(journey, seen(journey, "Shop Wait Arrive"), by=by)


def do_own(journey: Journey, by: User) -> None:
    set_owner(journey, seen(journey, "Shop Ride"), owner=Team.objects.get(), by=by)


def do_channel(journey: Journey, by: User) -> None:
    set_channel(journey, seen(journey, "Shop Ride"), channel=Channel.objects.get(), by=by)


def told(journey: Journey) -> Any:
    owned = {one.name: (str(one.owner), str(one.channel)) for one in Touchpoint.objects.of(journey.workspace)}
    return order(journey), owned


@pytest.mark.parametrize("do", [do_move, do_archive, do_own, do_channel])
def test_it_is_one_step_to_undo_and_to_redo(
    commute: Journey, edda: User, fleet: Team, app: Channel, do: Callable[[Journey, User], None]
) -> None:
    before = told(commute)
    do(commute, edda)
    after = told(commute)
    assert before != after
    for _ in range(2):
        undo_change(commute, by=edda)
        check_constraints()
        assert told(commute) == before
        redo_change(commute, by=edda)
        check_constraints()
        assert told(commute) == after


@pytest.mark.parametrize("do", [do_move, do_archive])
def test_undo_is_refused_as_a_whole_when_someone_changed_one_of_them(
    commute: Journey, ada: User, edda: User, do: Callable[[Journey, User], None]
) -> None:
    do(commute, edda)
    if do is do_archive:
        undo_change(commute, by=edda)  # what was taken off comes back by another's hand otherwise
        redo_change(commute, by=edda)
    wait = placed(commute, "Wait")
    edit_placement(wait, version=wait.version, by=ada, quote="Late") if do is do_move else Change.objects.create(
        workspace=commute.workspace,
        journey=commute,
        revision=999,
        verb="restore",
        by=ada,
        what={"parts": [{"placement": wait.pk, "name": "Wait"}]},
    )
    stood = order(commute)
    with pytest.raises(MovedOn, match="Ada has changed “Wait” since"):
        undo_change(commute, by=edda)
    assert order(commute) == stood


def test_undo_of_an_owner_names_who_gave_another(
    commute: Journey, ada: User, edda: User, fleet: Team, workspace: Workspace
) -> None:
    do_own(commute, edda)
    ride = placed(commute, "Ride").touchpoint
    edit_touchpoint(
        ride, version=ride.version, by=ada, owner_team=Team.objects.create(workspace=workspace, name="Desk")
    )
    with pytest.raises(MovedOn, match="Ada has changed “Ride” since"):
        undo_change(commute, by=edda)
    assert placed(commute, "Shop").touchpoint.owner == fleet


def test_another_fact_of_the_library_is_no_conflict(commute: Journey, ada: User, edda: User, fleet: Team) -> None:
    do_own(commute, edda)
    ride = placed(commute, "Ride").touchpoint
    edit_touchpoint(ride, version=ride.version, by=ada, importance=5)
    move(commute, "Ride", "advocacy", None, ada)
    undo_change(commute, by=edda)
    assert (placed(commute, "Ride").touchpoint.owner, placed(commute, "Ride").touchpoint.importance) == (None, 5)


def test_what_it_was_before_and_is_gone_cannot_come_back(commute: Journey, edda: User, app: Channel) -> None:
    do_channel(commute, edda)
    set_channel(commute, seen(commute, "Shop Ride"), channel=None, by=edda)
    archive_channel(app, by=edda)
    Channel.objects.all().delete()
    with pytest.raises(Refused, match="no longer exists"):
        undo_change(commute, by=edda)


def statements(do: Callable[[list[Seen]], object], they: list[Seen]) -> int:
    with CaptureQueriesContext(connection) as asked:
        do(they)
    return len(asked)


def test_statements_do_not_grow_with_the_number_selected(
    workspace: Workspace, edda: User, fleet: Team, app: Channel
) -> None:
    def counts(number: int) -> list[int]:
        names = " ".join(f"T{number}-{one}" for one in range(number))
        journey = drawn(workspace, edda, f"Of {number}", purchase=names)

        def they() -> list[Seen]:
            return seen(journey, names)

        verbs: list[Callable[[list[Seen]], object]] = [
            lambda they: move_placements(journey, they, to_phase=phase(journey, "advocacy"), after=None, by=edda),
            lambda _they: undo_change(journey, by=edda),
            lambda they: set_owner(journey, they, owner=fleet, by=edda),
            lambda they: set_channel(journey, they, channel=app, by=edda),
            lambda _they: undo_change(journey, by=edda),
            lambda they: archive_placements(journey, they, by=edda),
            lambda _they: undo_change(journey, by=edda),
        ]
        return [statements(verb, they()) for verb in verbs]

    assert counts(2) == counts(40)
