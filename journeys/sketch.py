"""A journey in the size of a stamp: the line of what is felt and expected, the phases' borders, and its stations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from journeys.curve import HEIGHT, Curve, Point, Trend, curve_of, height_of, trend_of

MOST_STATIONS = 80  # from here on they would hide each other, and the trend is drawn instead


class Felt(NamedTuple):
    """A touchpoint on a line: its feelings, -2 to +2, how the first is known, and its band; None where not known."""

    perceived: float | None
    source: str
    expected: float | None
    band: str | None


class Stop(NamedTuple):
    """A station, in percent of the drawing's width and height."""

    x: float
    y: float
    band: str | None


@dataclass(frozen=True)
class Sketch:
    """What is drawn: `curve`, or the `trend` of a long journey; `borders` between phases, in percent."""

    curve: Curve | None
    trend: Trend | None
    stops: Sequence[Stop]
    borders: Sequence[float]

    @property
    def empty(self) -> bool:
        """Whether nothing is known to be drawn."""
        return not self.stops and not (self.trend and self.trend.median)


def sketch_of(phases: Sequence[Sequence[Felt]], *, least: int = 1) -> Sketch:
    """The sketch of a journey: a column for each touchpoint, and `least` columns for a phase with fewer than that."""
    points: list[Point] = []
    bands: list[str | None] = []
    borders: list[float] = []
    at = 0
    for phase in phases:
        borders.append(at)
        for place, felt in enumerate(phase):
            points.append(
                Point(
                    at + (place + 0.5) * max(least, len(phase)) / len(phase), felt.perceived, felt.source, felt.expected
                )
            )
            bands.append(felt.band)
        at += max(least, len(phase))
    width = max(1, at)
    between = [round(100 * border / width, 2) for border in borders[1:]]
    if len(points) > MOST_STATIONS:
        return Sketch(None, trend_of(points, width), (), between)
    stops = [
        Stop(round(100 * point.x / width, 2), round(100 * height_of(point.perceived) / HEIGHT, 2), band)
        for point, band in zip(points, bands, strict=True)
        if point.perceived is not None
    ]
    return Sketch(curve_of(points, width), None, stops, between)
