"""Whatever is done to a map in whatever order: positions stay dense, and every touchpoint stands once or not at all."""

import contextlib
from collections.abc import Callable
from decimal import Decimal

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from journeys.actions.bulk import Seen, archive_placements, move_placements
from journeys.actions.history import redo_change, undo_change
from journeys.actions.placements import (
    archive_placement,
    edit_placement,
    label_phase,
    move_placement,
    place_touchpoint,
    restore_placement,
)
from journeys.models import Journey, Phase, Placement
from tests.journeys.scene import check_constraints, order
from workspaces.errors import Refused
from workspaces.models import User

NAMES = "Arrive Pay Ride Shop Wait"
steps = some.lists(
    some.tuples(
        some.sampled_from(["move"] * 4 + ["many", "many off", "off", "on", "undo", "redo"]),
        some.integers(0, 999),
        some.integers(0, 999),
    ),
    max_size=12,
)


def play(journey: Journey, by: User, step: tuple[str, int, int]) -> None:
    verb, one, other = step
    placements = list(
        Placement.objects.filter(journey=journey).select_related("journey__workspace", "touchpoint").order_by("pk")
    )
    mover = placements[one % len(placements)]
    phases = list(Phase.objects.filter(journey=journey))
    phase = phases[other % len(phases)]
    neighbours: list[Placement | None] = [None, *(p for p in placements if p.phase_id == phase.pk and p != mover)]
    after = neighbours[(one + other) % len(neighbours)]
    some_of_them = [Seen(p.pk, p.version) for p in placements if p.position is not None and (p.pk + one) % 2]
    verbs: dict[str, Callable[[], object]] = {
        "many": lambda: move_placements(journey, some_of_them, to_phase=phase, after=after, by=by),
        "many off": lambda: archive_placements(journey, some_of_them, by=by),
        "move": lambda: move_placement(mover, to_phase=phase, after=after, version=mover.version, by=by),
        "off": lambda: archive_placement(mover, by=by),
        "on": lambda: restore_placement(mover, by=by),
        "undo": lambda: undo_change(journey, by=by),
        "redo": lambda: redo_change(journey, by=by),
        "again": lambda: place_touchpoint(journey, mover.touchpoint, phase=phase, after=after, by=by),
        "edit": lambda: edit_placement(
            mover, version=mover.version, by=by, share=other % 7, assumed_emotion=Decimal(1)
        ),
        "label": lambda: label_phase(phase, label=f"Part {one % 3}", version=phase.version, by=by),
    }
    with contextlib.suppress(Refused):
        verbs[verb]()


@given(steps=steps)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_positions_stay_dense(commute: Journey, edda: User, steps: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        for step in steps:
            play(commute, edda, step)
        check_constraints()
        seen = order(commute)  # fails unless positions are dense
        off = Placement.objects.filter(journey=commute).exclude(archived_at=None)
        assert sorted([*" ".join(seen.values()).split(), *map(str, off)]) == NAMES.split()
        transaction.set_rollback(True)


@given(
    steps=some.lists(
        some.tuples(some.sampled_from(["move", "many"]), some.integers(0, 999), some.integers(0, 999)), max_size=8
    )
)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_as_many_undos_as_changes_lead_back(commute: Journey, edda: User, steps: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        start, begun = order(commute), Journey.objects.get(pk=commute.pk).revision
        for step in steps:
            play(commute, edda, step)
        for _ in range(Journey.objects.get(pk=commute.pk).revision - begun):
            undo_change(commute, by=edda)
        assert order(commute) == start
        transaction.set_rollback(True)
