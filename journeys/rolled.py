"""What is told of a journey as a whole: its health, and beside it memory, weakest link, completion and what to act on.

Arithmetic over the scores as stored, `touchpoints.health.rollup`. A touchpoint that no customer passes (share 0) weighs
nothing and takes no part.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from journeys.placed import MapTouchpoint
from touchpoints.health import score_changes as health_changes
from touchpoints.health.bands import Band, Borders, Evidence, band_of, shown_number
from touchpoints.health.changes import Change, Difference
from touchpoints.health.rollup import funnel, memory, one_path, priority, roll_up, weakest_link

FIRST = 2  # how many touchpoints "Act here first" names


@dataclass(slots=True)
class Shown:
    """The health of a phase or journey as shown: whole number and band, None where nothing is known.

    `coverage`: how much of the weight is known, 0-1; `partial`: less than half of it, and the number speaks for that
    part. `bands`: how many touchpoints have each band, "unknown" included. `change`: since the period before, where
    that was asked for.
    """

    number: int | None
    band: Band | None
    coverage: float
    partial: bool
    bands: dict[str, int]
    change: Change | None = None


class Pointed(NamedTuple):
    """A touchpoint at which a figure points: its `station` on the map, and its health as shown there."""

    placement: int
    touchpoint: int
    station: int
    name: str
    number: int | None
    band: Band | None
    evidence: Evidence


class Gain(NamedTuple):
    """Points of health that the journey would gain if this touchpoint met its target."""

    at: Pointed
    points: float


class Remembered(NamedTuple):
    """Memory as shown, and the two touchpoints that make it."""

    number: int
    band: Band | None
    peak: Pointed
    end: Pointed


class Completion(NamedTuple):
    """Of those who set out on the most used path, the share (0-1) that passes all steps of which that is known.

    `known` of `steps` steps are. `weakest`: where most are lost, `lost` of all who set out (0-1).
    """

    value: float | None
    known: int
    steps: int
    weakest: Pointed | None
    lost: float | None


@dataclass(slots=True)
class RolledUp:
    """What stands beside a journey's health. `gains`: by placement, None where its score is unknown; `first`: most."""

    memory: Remembered | None
    weakest: Pointed | None
    completion: Completion
    gains: dict[int, float | None]
    first: list[Gain]


def health_of(touchpoints: Sequence[MapTouchpoint], borders: Borders) -> Shown:
    """The health of a phase or journey."""
    total = roll_up([touchpoint.counted for touchpoint in touchpoints])
    number = None if total.score is None else shown_number(total.score)
    counts = Counter([touchpoint.seen.band or "unknown" for touchpoint in touchpoints])
    bands = {band: counts[band] for band in (*Band, "unknown")}
    return Shown(number, band_of(number, borders), total.coverage, total.partial and number is not None, bands)


def difference_of(touchpoints: Sequence[MapTouchpoint]) -> Difference:
    """How the health of a phase or journey differs from the period before; of touchpoints that know their change.

    One that stands there twice counts once, with the weight of both.
    """
    weights: dict[int, float] = defaultdict(float)
    for one in touchpoints:
        weights[one.touchpoint] += one.weight
    changes = {one.touchpoint: one.change for one in touchpoints if one.change is not None}
    return health_changes.rolled_up([(weights[touchpoint], change) for touchpoint, change in changes.items()])


def rolled_up(touchpoints: Sequence[MapTouchpoint], borders: Borders) -> RolledUp:
    """The rest, of all that stands on a map in its order."""
    passed = [(station, one) for station, one in enumerate(touchpoints, start=1) if one.share]
    scores = [one.counted[1] for _station, one in passed]
    weakest, gains = weakest_link(scores), _gains(touchpoints)
    return RolledUp(
        memory=_remembered(passed, scores, borders),
        weakest=None if weakest is None else _pointed(*passed[weakest]),
        completion=_completion(passed),
        gains=gains,
        first=_first(passed, gains),
    )


def gains(counted: Iterable[tuple[float, float | None, int]]) -> list[float | None]:
    """Points of the journey if each met its target, of the (weight, score, target) of all that stands on it.

    None where the score is unknown.
    """
    everything = list(counted)
    known = roll_up((weight, score) for weight, score, _target in everything).weight
    return [priority(*one, known) if known else None for one in everything]


def _remembered(
    passed: Sequence[tuple[int, MapTouchpoint]], scores: Sequence[float | None], borders: Borders
) -> Remembered | None:
    found = memory(scores)
    if found is None:
        return None
    number = shown_number(found.score)
    return Remembered(number, band_of(number, borders), _pointed(*passed[found.peak]), _pointed(*passed[found.end]))


def _completion(passed: Sequence[tuple[int, MapTouchpoint]]) -> Completion:
    # Alternatives as the map joins them by "or": of one group, in one phase, one behind the other.
    groups = [((one.phase, one.alternative_group) if one.alternative_group else None, one.share) for _, one in passed]
    path = [passed[place] for place in one_path(groups)]
    found = funnel([one.completion for _station, one in path])
    weakest = None if found.weakest is None else _pointed(*path[found.weakest])
    return Completion(found.completion, found.known, found.steps, weakest, found.lost)


def _gains(touchpoints: Sequence[MapTouchpoint]) -> dict[int, float | None]:
    found = gains((*one.counted, one.target) for one in touchpoints)
    return dict(zip((one.placement for one in touchpoints), found, strict=True))


def _first(passed: Sequence[tuple[int, MapTouchpoint]], gains: dict[int, float | None]) -> list[Gain]:
    worth = [(gain, station, one) for station, one in passed if (gain := gains[one.placement])]
    return [
        Gain(_pointed(station, one), gain) for gain, station, one in sorted(worth, key=lambda gain: -gain[0])[:FIRST]
    ]


def _pointed(station: int, one: MapTouchpoint) -> Pointed:
    return Pointed(one.placement, one.touchpoint, station, one.name, *one.seen)
