"""Key drivers as drawings: bars with their intervals, and importance against performance. Places are percent."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from scorecards.drivers import DriverSeen, DriversSeen
from touchpoints.health.drivers import Drivers, Ranged

ROW = 44  # height of a bar with its name


class Span(NamedTuple):
    """Where a value and the ends of its interval are drawn."""

    at: float
    low: float
    high: float


class Bar(NamedTuple):
    """A driver's share. `top`: of its row, in pixels."""

    number: int
    seen: DriverSeen
    top: int
    share: Span


@dataclass(frozen=True)
class Bars:
    """Shares of R², greatest first. `ticks`: places with the share they stand for; `mean`: the place of the mean."""

    bars: Sequence[Bar]
    height: int
    ticks: Sequence[tuple[float, float]]
    mean: float


class Place(NamedTuple):
    """A driver by its performance from left to right and its importance from below, as SVG counts from above."""

    number: int
    seen: DriverSeen
    across: Span
    down: Span


@dataclass(frozen=True)
class Places:
    """Importance against performance; the crosshair stands at the means. `across`: what left and right stand for."""

    places: Sequence[Place]
    middle: tuple[float, float]
    across: tuple[int, int]


def bars_of(seen: DriversSeen) -> Bars:
    """The bars of drivers that are told; raises ValueError for a refusal."""
    told = _told(seen)
    most = max(ceil(10 * one.driver.share.high) for one in seen.drivers) / 10 or 0.1
    bars = [
        Bar(number, one, ROW * (number - 1), _span(one.driver.share, 0, most))
        for number, one in enumerate(seen.drivers, start=1)
    ]
    ticks = [(round(100 * part, 2), part * most) for part in (0, 0.5, 1)]
    return Bars(bars, ROW * len(bars), ticks, _place(told.importance, 0, most))


def places_of(seen: DriversSeen) -> Places:
    """The same drivers by importance and performance; raises ValueError for a refusal."""
    told = _told(seen)
    stands = [one.driver.performance for one in seen.drivers]
    left = 10 * int(max(0.0, min(one.low for one in stands) - 2) // 10)
    right = min(100, 10 * ceil((max(one.high for one in stands) + 2) / 10))
    most = max(one.driver.share.high for one in seen.drivers) * 1.08
    least = most * 0.06  # room for the least important
    places = [
        Place(number, one, _span(one.driver.performance, left, right), _span(one.driver.share, most, -least))
        for number, one in enumerate(seen.drivers, start=1)
    ]
    middle = _place(told.performance, left, right), _place(told.importance, most, -least)
    return Places(places, middle, (left, right))


def _told(seen: DriversSeen) -> Drivers:
    if seen.told is None:
        raise ValueError("There are no drivers to draw.")
    return seen.told


def _span(value: Ranged, start: float, end: float) -> Span:
    return Span(*(_place(one, start, end) for one in value))


def _place(value: float, start: float, end: float) -> float:
    # In percent of the way from one edge to the other
    return round(100 * (value - start) / (end - start), 2)
