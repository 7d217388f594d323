"""Many people drag on one map at once. The control drags without the lock, and shows what the lock is for."""

import random
from collections.abc import Callable
from functools import partial

import pytest
from django.db import DatabaseError, transaction

from journeys.actions.placements import archive_placement, move_placement, place_touchpoint, restore_placement
from journeys.actions.refusals import MovedOn
from journeys.models import Change, Journey, Phase, Placement
from tests.elsewhere import failures
from tests.journeys.scene import drawn, order
from touchpoints.actions.library import create_touchpoint
from workspaces.errors import Refused
from workspaces.models import User, Workspace

PEOPLE, MOVES, ROUNDS = 6, 12, 3
NAMES = {"purchase": "A B C D E F", "retention": "G H I J K L"}
Drag = Callable[[random.Random, Journey, User], None]


def drag(chance: random.Random, journey: Journey, by: User) -> None:
    """As a page does: a random touchpoint behind a random neighbour, as the map looked a moment ago."""
    standing = list(Placement.objects.filter(journey=journey, archived_at=None).select_related("journey__workspace"))
    if len(standing) < 2:  # the others have taken nearly all of them off
        return
    mover, after = chance.sample(standing, 2)
    phase = Phase.objects.get(pk=after.phase_id)
    move_placement(mover, to_phase=phase, after=after, version=mover.version, by=by)


def drag_without_lock(chance: random.Random, journey: Journey, by: User) -> None:
    """The same, renumbering what was read: the usual way, in a transaction, but without holding the journey."""
    with transaction.atomic():
        standing = list(Placement.objects.filter(journey=journey, archived_at=None))
        mover, after = chance.sample(standing, 2)
        row = [one for one in standing if one.phase_id == after.phase_id and one != mover]
        row.insert(row.index(after) + 1, mover)
        Placement.objects.filter(pk=mover.pk).update(phase=after.phase_id)
        for position, placement in enumerate(row):
            Placement.objects.filter(pk=placement.pk).update(position=position)
        left = [one for one in standing if one.phase_id == mover.phase_id and one != mover]
        for position, placement in enumerate(left if mover.phase_id != after.phase_id else []):
            Placement.objects.filter(pk=placement.pk).update(position=position)


def all_drag(journey: Journey, by: User, dragging: Drag, seed: int) -> tuple[list[Exception], int]:
    """Everybody drags; what broke, and how many drags met someone else's."""
    met: list[MovedOn] = []

    def work(number: int) -> None:
        chance = random.Random(f"{seed}-{number}")
        for _ in range(MOVES):
            try:
                dragging(chance, journey, by)
            except MovedOn as reason:
                met.append(reason)

    return failures(*[partial(work, number) for number in range(PEOPLE)]), len(met)


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_everybody_drags_and_every_touchpoint_stands_exactly_once(
    transactional_db: None, workspace: Workspace, olga: User, seed: int
) -> None:
    journey = drawn(workspace, olga, "Commute", **NAMES)

    wrong, met = all_drag(journey, olga, drag, seed)

    assert wrong == []
    seen = order(journey)  # fails unless positions are dense
    assert sorted(" ".join(seen.values()).split()) == sorted(" ".join(NAMES.values()).split())
    journey.refresh_from_db()
    changes = Change.objects.filter(journey=journey)
    assert sorted(changes.values_list("revision", flat=True)) == list(range(1, journey.revision + 1))
    moved = changes.filter(verb="move").count()
    assert moved + met <= PEOPLE * MOVES
    assert moved > 0


def test_without_the_lock_it_breaks(transactional_db: None, workspace: Workspace, olga: User) -> None:
    """Deadlocks, broken uniqueness or gaps: at least one of them in three rounds."""
    broken = 0
    for seed in range(ROUNDS):
        numbered = {kind: " ".join(f"{name}{seed}" for name in names.split()) for kind, names in NAMES.items()}
        journey = drawn(workspace, olga, f"Commute {seed}", **numbered)
        wrong, _ = all_drag(journey, olga, drag_without_lock, seed)
        assert all(isinstance(error, DatabaseError) for error in wrong)
        broken += len(wrong)
        try:
            order(journey)
        except AssertionError:
            broken += 1
    assert broken > 0


def test_the_same_drop_twice_at_once_is_one_move(transactional_db: None, workspace: Workspace, olga: User) -> None:
    journey = drawn(workspace, olga, "Commute", **NAMES)
    mover = Placement.objects.select_related("journey__workspace").get(journey=journey, touchpoint__name="A")
    retention = Phase.objects.get(journey=journey, kind="retention")

    move = partial(move_placement, mover, to_phase=retention, after=None, version=mover.version, by=olga)
    wrong = failures(*[move] * 4)

    assert wrong == []
    assert order(journey) == {"purchase": "B C D E F", "retention": "A G H I J K L"}
    assert Change.objects.filter(journey=journey, verb="move").count() == 1


def test_the_same_touchpoint_placed_twice_at_once_stands_once(
    transactional_db: None, workspace: Workspace, olga: User
) -> None:
    journey = drawn(workspace, olga, "Commute", **NAMES)
    desk = create_touchpoint(workspace, name="Desk", by=olga)
    phases = list(Phase.objects.filter(journey=journey))

    wrong = failures(
        *[partial(place_touchpoint, journey, desk, phase=phase, after=None, by=olga) for phase in phases[:4]]
    )

    assert len(wrong) == 3
    assert all(isinstance(error, Refused) for error in wrong)
    assert Placement.objects.filter(journey=journey, touchpoint=desk).count() == 1


def test_taking_off_and_putting_back_while_others_drag(
    transactional_db: None, workspace: Workspace, olga: User
) -> None:
    journey = drawn(workspace, olga, "Commute", **NAMES)

    def work(number: int) -> None:
        chance = random.Random(number)
        for _ in range(MOVES):
            try:
                if number % 2:
                    drag(chance, journey, olga)
                else:
                    one = chance.choice(
                        list(Placement.objects.filter(journey=journey).select_related("journey__workspace"))
                    )
                    (restore_placement if one.archived_at else archive_placement)(one, by=olga)
            except MovedOn:
                pass

    assert failures(*[partial(work, number) for number in range(PEOPLE)]) == []
    order(journey)
