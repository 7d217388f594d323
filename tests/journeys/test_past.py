"""A map as of a day: whatever has been done to it since, it is told as it stood then."""

import datetime
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from journeys.full import glance_in_full, read_full, read_past
from journeys.models import Change, Journey
from journeys.past import Done, Layout, walk_back
from tests.journeys.test_random_moves import play
from workspaces.models import User

BEGINNING = datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
VERBS = ["move"] * 4 + ["off", "on", "again", "edit", "label", "undo", "redo"]
steps = some.lists(some.tuples(some.sampled_from(VERBS), some.integers(0, 999), some.integers(0, 999)), max_size=10)


def told(journey: Journey, day: datetime.date | None = None) -> Any:
    """All of the map that its history keeps."""
    journey = Journey.objects.select_related("workspace").get(pk=journey.pk)
    glanced = glance_in_full(journey, None, day=day or BEGINNING.date())
    if day is None:
        seen = read_full(journey, glanced, today=BEGINNING.date(), persona=None)
    else:
        seen = read_past(journey, glanced, day=day, persona=None)
    for placement in [placement for phase in seen["phases"] for placement in phase["placements"]]:
        for name in ("lanes", "needs", "measures", "opportunities"):
            placement.pop(name, None)
    return {name: seen[name] for name in ("revision", "health", "phases")}


@given(steps=steps)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_day_is_told_as_it_was(commute: Journey, edda: User, steps: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        Change.objects.filter(journey=commute).update(at=BEGINNING)
        remembered = [told(commute)]
        for number, step in enumerate(steps, start=1):
            play(commute, edda, step)
            new = Change.objects.filter(journey=commute, revision__gt=remembered[-1]["revision"])
            new.update(at=BEGINNING + number * DAY)
            remembered.append(told(commute))
        for number, seen in enumerate(remembered):
            assert told(commute, (BEGINNING + number * DAY).date()) == seen
        transaction.set_rollback(True)


@given(steps=steps)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_before_the_first_change_nothing_stands(
    commute: Journey, edda: User, steps: list[tuple[str, int, int]]
) -> None:
    with transaction.atomic():
        for step in steps:
            play(commute, edda, step)
        seen = told(commute, BEGINNING.date() - 365 * DAY)
        assert [phase["placements"] for phase in seen["phases"]] == [[]] * 5
        assert next(phase["name"] for phase in seen["phases"]) == "Awareness"
        assert (seen["revision"], {phase["version"] for phase in seen["phases"]}) == (0, {1})
        transaction.set_rollback(True)


def test_what_the_changes_do_not_explain_has_always_been_there() -> None:
    moved = Done("move", {"placement": 3}, {"phase": 1, "position": 0, "after": None})
    layout = walk_back(Layout({1: [7], 2: [3, 8]}), [moved])
    assert layout.phases == {1: [3, 7], 2: [8]}
    assert layout.since["placement", 3] == 1
    assert layout.since["placement", 7] == 0
