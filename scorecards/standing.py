"""Where touchpoints stand on journeys, what each journey would gain there, the figure of its map, and what is done."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection

from journeys.rolled import gains
from measures.models import Status
from scorecards.scorecard import Reading, read
from scorecards.statements import HELD
from touchpoints.health.bands import Borders
from touchpoints.health.rollup import placement_weight
from touchpoints.models import HealthScore, Touchpoint
from workspaces.models import Workspace

FACTS = ("score", "sd", "observations", "known", "answers", "last_heard", "expectation", "perception")


class Stand(NamedTuple):
    """A touchpoint's place on a journey. `gain`: points of the journey if it met its target, None while unknown."""

    journey: int
    name: str
    phase: str
    moment_of_truth: bool
    gain: float | None


class Done(NamedTuple):
    """A measure that is meant to be felt at a touchpoint."""

    measure: int
    title: str
    status: Status


class Held(NamedTuple):
    """What is known of a touchpoint: its health, its places on journeys that are not archived, and what is done there.

    `done`: the latest first, without what was dropped or archived.
    """

    reading: Reading
    stands: Sequence[Stand]
    score: HealthScore | None
    done: Sequence[Done] = ()


class _Place(NamedTuple):
    """A row of HELD's places."""

    journey: int
    name: str
    phase: str
    moment_of_truth: bool
    share: int
    is_assumed: bool
    is_kept: bool


def held_of(
    workspace: Workspace, touchpoints: Mapping[int, Touchpoint], borders: Borders, *, persona: int | None
) -> dict[int, Held]:
    """Of every touchpoint by id, archived ones too, for these weigh on maps as well: one statement.

    `touchpoints`: all of the workspace. `persona`: whose health, everybody's by default.
    """
    readings: dict[int, Reading] = {}
    scores: dict[int, HealthScore | None] = {}
    done: dict[int, list[Done]] = {}
    on: dict[int, list[tuple[int, _Place]]] = defaultdict(list)
    for touchpoint, facts, told, measures in _rows(workspace, persona):
        places = [_Place(*place) for place in told]
        done[touchpoint] = [Done(pk, title, Status(status)) for pk, title, status in measures]
        score = scores[touchpoint] = HealthScore(**facts) if facts["known"] is not None else None
        readings[touchpoint] = read(score, borders, assumed=any(place.is_assumed for place in places))
        for place in places:
            if place.is_kept and touchpoint in touchpoints:
                on[place.journey].append((touchpoint, place))
    stands: dict[int, list[Stand]] = defaultdict(list)
    for placed in on.values():
        shown = {one: scores[one] if readings[one].number is not None else None for one, _ in placed}
        found = gains(_counted(touchpoints[one], place, shown[one]) for one, place in placed)
        for (touchpoint, place), gain in zip(placed, found, strict=True):
            stands[touchpoint].append(Stand(place.journey, place.name, place.phase, place.moment_of_truth, gain))
    return {one: Held(reading, stands[one], scores[one], done[one]) for one, reading in readings.items()}


def _counted(touchpoint: Touchpoint, place: _Place, score: HealthScore | None) -> tuple[float, float | None, int]:
    reach = place.share / 100
    weight = placement_weight(touchpoint.importance, moment_of_truth=place.moment_of_truth, reach=reach)
    return weight, score.score if score else None, touchpoint.target


def _rows(workspace: Workspace, persona: int | None) -> list[tuple[int, dict[str, Any], list[Any], list[Any]]]:
    with connection.cursor() as cursor:
        cursor.execute(HELD, {"workspace": workspace.pk, "persona": persona})
        return [
            (one, dict(zip(FACTS, facts, strict=True)), told, measures)
            for one, *facts, told, measures in cursor.fetchall()
        ]
