"""The emotion lane of a map: where each touchpoint's station stands, the line through them, and quotes between them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from journeys.board import MapPhase
from journeys.curve import HEIGHT, Curve, Point, Trend, curve_of, height_of, trend_of
from journeys.placed import MapTouchpoint

LEAST_COLUMN = 184  # pixels that a column has at least: what does not meet there meets nowhere
LINE, LETTER = 17, 7.2  # pixels of a quote: the height of its lines, and the width of a letter
WIDEST, LONGEST = 150, 3  # of a quote: pixels, and lines
EDGE, RADIUS = 4, 13  # pixels that a quote keeps from the lane's edges, and from the line's stations
QUOTED = 9  # quotes that a map bears at most
SMALL = 44  # pixels of the minimap
LABEL = 16  # pixels by which the gap's label hangs below the expected line, and so above the next station
GAP_NAMED = -1.0  # gaps from here on are named at the worst of them


class Station(NamedTuple):
    """A touchpoint on the line: `number` along the journey, `x` in percent of the map's width, `y` in pixels down.

    Where nothing is known of it, it stands at neutral, and the line passes it by.
    """

    touchpoint: MapTouchpoint
    number: int
    x: float
    y: float

    @property
    def expected_y(self) -> float | None:
        """How far down what was expected lies."""
        return None if self.touchpoint.expected is None else height_of(self.touchpoint.expected)

    @property
    def small_y(self) -> float:
        """How far down it stands on the minimap."""
        return round(self.y * SMALL / HEIGHT, 1)

    @property
    def label_y(self) -> float:
        """How far down its gap is named."""
        return (self.expected_y or self.y) + LABEL

    @property
    def locked(self) -> bool:
        """Whether customers said it, so that nobody can set it by hand."""
        return self.touchpoint.felt is not None


class Quote(NamedTuple):
    """What a customer says, beside a station: `x` in percent, moved by `dx` pixels; `y`, width and height in pixels."""

    text: str
    x: float
    dx: float
    y: float
    width: int
    height: int


@dataclass(frozen=True)
class EmotionLane:
    """All that the lane shows. `starts`: phases and where they begin (percent). `worst`: the widest gap's station."""

    curve: Curve | None
    trend: Trend | None
    stations: Sequence[Station]
    quotes: Sequence[Quote]
    starts: Sequence[tuple[MapPhase, float]]
    worst: Station | None

    @property
    def by_satisfaction(self) -> bool:
        """Whether satisfaction stands in for feelings at some station."""
        return any(station.touchpoint.source == "satisfaction" for station in self.stations)


def columns_of(touchpoints: int, each: int) -> int:
    """How many columns a phase takes: one for every `each` of its touchpoints, so that none becomes a tower."""
    return max(1, ceil(touchpoints / each))


def places_of(phases: Iterable[int], each: int) -> tuple[list[float], list[int]]:
    """Where the touchpoints of phases stand that have so many each, and the phases' borders; in columns of the map."""
    places: list[float] = []
    borders = [0]
    for count in phases:
        columns = columns_of(count, each)
        places += [borders[-1] + (place + 0.5) / count * columns for place in range(count)]
        borders.append(borders[-1] + columns)
    return places, borders


def across(x: float, width: float) -> float:
    """A place on a map so many columns wide, in percent of its width."""
    return round(100 * x / width, 3)


def emotion_lane(phases: Iterable[MapPhase], each: int, *, trend: bool = False, quotes: bool = True) -> EmotionLane:
    """The lane over these phases with `each` touchpoints to a column; a `trend` takes the place of too many stations.

    One touchpoint a column, as in the Timeline, is `each` = 1. `quotes`: whether customers are quoted between stations.
    """
    phases = list(phases)
    places, borders = places_of([len(phase.stations) for phase in phases], each)
    numbered = [station for phase in phases for station in phase.stations]
    stops = [(touchpoint, number, x) for (number, touchpoint), x in zip(numbered, places, strict=True)]
    points = [Point(x, one.perceived, one.source, one.expected) for one, _number, x in stops]
    width = borders[-1]
    starts = [(phase, across(border, width)) for phase, border in zip(phases, borders, strict=False)]
    if trend:
        return EmotionLane(None, trend_of(points, width), (), (), starts, None)
    stations = [
        Station(touchpoint, number, across(x, width), height_of(touchpoint.perceived or 0))
        for touchpoint, number, x in stops
    ]
    known = [station for station in stations if station.touchpoint.perceived is not None]
    said = _quotes(known, width) if quotes else ()
    return EmotionLane(curve_of(points, width), None, stations, said, starts, _worst(known))


def _worst(stations: Sequence[Station]) -> Station | None:
    gaps = [(gap, station) for station in stations if (gap := station.touchpoint.gap) is not None and gap <= GAP_NAMED]
    return min(gaps, key=lambda pair: pair[0])[1] if gaps else None


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def _quotes(stations: Sequence[Station], columns: float) -> list[Quote]:
    """The strongest voices first, each above or below its station where it meets no other and not the line.

    Reckoned for columns at their narrowest: on a wider map the same boxes only stand further apart.
    """
    scale = columns * LEAST_COLUMN / 100
    taken = [_round(station, scale) for station in stations] + _along(stations, scale)
    quotes: list[Quote] = []
    for station in sorted(stations, key=lambda station: -abs(station.touchpoint.perceived or 0)):
        text = station.touchpoint.quote
        found = _room(station, text, scale, columns * LEAST_COLUMN, taken) if text and len(quotes) < QUOTED else None
        if found:
            quote, box = found
            taken.append(box)
            quotes.append(quote)
    return sorted(quotes, key=lambda quote: quote.x)


def _round(station: Station, scale: float) -> _Box:
    x = station.x * scale
    return _Box(x - RADIUS, station.y - RADIUS, x + RADIUS, station.y + RADIUS)


def _along(stations: Sequence[Station], scale: float) -> list[_Box]:
    """Small boxes along the line: straight between its stations is close enough for what keeps its distance."""
    boxes = []
    for one, other in pairwise(stations):
        for step in range(1, 12):
            part = step / 12
            x, y = (one.x + part * (other.x - one.x)) * scale, one.y + part * (other.y - one.y)
            boxes.append(_Box(x - 5, y - 5, x + 5, y + 5))
    return boxes


def _room(station: Station, text: str, scale: float, end: float, taken: Sequence[_Box]) -> tuple[Quote, _Box] | None:
    letters = len(text) + 2
    lines = min(LONGEST, ceil(letters * LETTER / WIDEST))
    width = min(WIDEST, ceil(letters / lines * LETTER * (1.25 if lines > 1 else 1.02)))
    height, x = lines * LINE, station.x * scale
    high, low = EDGE, HEIGHT - EDGE - height
    happy = (station.touchpoint.perceived or 0) > 0
    for y in (high, low) if happy else (low, high):
        for dx in (-width / 2, 0, -width, 12, -width - 12):
            box = _Box(x + dx, y, x + dx + width, y + height)
            if box.left >= EDGE and box.right <= end - EDGE and not any(box.meets(other) for other in taken):
                return Quote(text, station.x, round(dx), y, width, height), box
    return None
