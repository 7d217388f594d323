"""Whatever is opened, let go, archived and moved in whatever order: every day is told with what lay below then."""

import contextlib
from collections.abc import Callable
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from journeys.actions.journeys import archive_journey, restore_journey
from journeys.actions.parents import set_parent
from journeys.models import Change, Journey
from tests.journeys.below import put
from tests.journeys.scene import drawn, placed
from tests.journeys.test_past import BEGINNING, told
from tests.journeys.test_random_moves import play
from tests.journeys.told import DAY, scored
from workspaces.errors import Refused
from workspaces.models import User, Workspace

VERBS = ["link"] * 4 + ["free", "gone", "gone", "back", "off", "on", "move", "below", "undo"]
steps = some.lists(
    some.tuples(some.sampled_from(VERBS), some.integers(0, 999), some.integers(0, 999)), min_size=4, max_size=10
)


@given(steps=steps)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_day_is_told_with_what_lay_below(
    commute: Journey, workspace: Workspace, edda: User, steps: list[tuple[str, int, int]]
) -> None:
    with transaction.atomic():
        below = [drawn(workspace, edda, f"Below {number}", purchase=f"B{number} C{number}") for number in range(3)]
        for one in below:
            scored(placed(one, f"B{one.name[-1]}").touchpoint, 10 + one.pk % 80, day=BEGINNING.date() - DAY)
        every = [commute, *below]
        Change.objects.filter(journey__in=every).update(at=BEGINNING)
        remembered: list[Any] = [told(commute)]
        known = Change.objects.latest("pk").pk
        for number, step in enumerate(steps, start=1):
            act(commute, below, edda, step)
            Change.objects.filter(pk__gt=known).update(at=BEGINNING + number * DAY)
            known = Change.objects.latest("pk").pk
            remembered.append(told(commute))
        for number, seen in enumerate(remembered):
            assert told(commute, (BEGINNING + number * DAY).date()) == seen
        transaction.set_rollback(True)


def act(commute: Journey, below: list[Journey], by: User, step: tuple[str, int, int]) -> None:
    verb, one, other = step
    journey = Journey.objects.select_related("workspace").get(pk=below[one % len(below)].pk)
    above = commute if other % 2 else below[other % 3]
    names = ["Wait", "Ride", "Pay", "purchase"] if above == commute else [f"B{above.name[-1]}", "retention"]
    acts: dict[str, Callable[[], object]] = {
        "link": lambda: put(journey, above, names[one % len(names)], by),
        "free": lambda: set_parent(journey, version=journey.edition, by=by),
        "gone": lambda: archive_journey(journey, by=by),
        "back": lambda: restore_journey(journey, by=by),
        "below": lambda: play(journey, by, (["move", "off", "on"][other % 3], one, other)),
    }
    with contextlib.suppress(Refused):
        acts.get(verb, lambda: play(commute, by, step))()
