"""Two emotion lines in one drawing: each through what was felt on its side, over the same touchpoints in one order.

Geometry only: `curve` draws each line, `emotion` says where stations stand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from journeys.comparing import Compared, Pair, Stop
from journeys.curve import HEIGHT, Curve, Point, Trend, curve_of, height_of, trend_of
from journeys.emotion import LEAST_COLUMN, across, places_of

ABOVE, BELOW, EDGE = -12, 22, 12  # pixels: a label from its station, and the least from the lane's edges
LABEL = 54  # pixels that a label is wide, at most


class Twin(NamedTuple):
    """A touchpoint on both lines: `x` in percent, each `y` in pixels down, None where nothing is felt on that side."""

    pair: Pair
    x: float
    a: float | None
    b: float | None
    sure_a: bool
    sure_b: bool


class Label(NamedTuple):
    """The name of one of the largest differences: between which heights it lies, and where its words stand."""

    pair: Pair
    x: float
    a: float
    b: float
    y: float


@dataclass(frozen=True)
class TwoLines:
    """All that is drawn. Of a long journey the trends, and stations only where the largest differences are."""

    width: float
    a: Curve | Trend
    b: Curve | Trend
    is_trend: bool
    stations: Sequence[Twin]
    labels: Sequence[Label]


def two_lines(found: Compared, each: int, *, trend: bool) -> TwoLines:
    """The lines over a comparison with `each` touchpoints to a column."""
    places, borders = places_of([len(phase.pairs) for phase in found.phases], each)
    pairs, width = found.pairs, borders[-1]
    points_a = [_point(pair.a, x) for pair, x in zip(pairs, places, strict=True)]
    points_b = [_point(pair.b, x) for pair, x in zip(pairs, places, strict=True)]
    stations = [
        Twin(pair, across(x, width), _height(pair.a), _height(pair.b), _sure(pair.a), _sure(pair.b))
        for pair, x in zip(pairs, places, strict=True)
    ]
    labels = _labels(stations, found, width)
    if trend:
        named = [one for one in stations if one.pair in found.largest]
        a, b = trend_of(points_a, width), trend_of(points_b, width)
        return TwoLines(a.width, a, b, True, named, labels)
    whole = curve_of(points_a, width)
    return TwoLines(whole.width, whole, curve_of(points_b, width), False, stations, labels)


def _point(stop: Stop | None, x: float) -> Point:
    return Point(x, stop.seen.perceived, stop.seen.source, None) if stop else Point(x, None, "", None)


def _height(stop: Stop | None) -> float | None:
    return None if stop is None or stop.seen.perceived is None else height_of(stop.seen.perceived)


def _sure(stop: Stop | None) -> bool:
    return bool(stop and stop.seen.felt is not None)


def _labels(stations: Iterable[Twin], found: Compared, columns: float) -> list[Label]:
    """The largest differences, each named above or below where it meets no other name on a map at its narrowest."""
    largest, labels = found.largest, list[Label]()
    for one in stations:
        if one.pair in largest and one.a is not None and one.b is not None:
            high, low = min(one.a, one.b) + ABOVE, max(one.a, one.b) + BELOW
            near = [other.y for other in labels if (one.x - other.x) * columns * LEAST_COLUMN / 100 < LABEL]
            free = [y for y in (high, low) if EDGE <= y <= HEIGHT - 4 and all(abs(y - other) > EDGE for other in near)]
            labels.append(Label(one.pair, one.x, one.a, one.b, free[0] if free else max(EDGE, high)))
    return labels
