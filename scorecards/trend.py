"""The row of a history as a drawing: the score as it is told today as a line, as it was known then as dots."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from scorecards.over_time import Moment
from touchpoints.health.bands import Borders


class Dot(NamedTuple):
    """A place in percent of the drawing's width and height, from above."""

    x: float
    y: float


class Words(NamedTuple):
    """The days that are told of it in words."""

    first: Moment
    last: Moment
    lowest: Moment
    highest: Moment


@dataclass(frozen=True)
class Trend:
    """`line` and the `area` of its 95 % interval are paths in a square of 100; `now` and `then` are dots.

    `borders`: where bands begin, each with its height. `words`: None where nothing is known.
    """

    line: str
    area: str
    now: Sequence[Dot]
    then: Sequence[Dot]
    borders: Sequence[tuple[int, int]]
    words: Words | None


def trend_of(latest_first: Sequence[Moment], borders: Borders) -> Trend:
    """The drawing of a history; the line has a gap where nothing is known."""
    moments = [*reversed(latest_first)]
    length = max(1, (moments[-1].day - moments[0].day).days) if moments else 1

    def dot(one: Moment, score: float | Decimal) -> Dot:
        return Dot(round(100 * (one.day - moments[0].day).days / length, 2), round(100 - float(score), 2))

    runs = [[*run] for known, run in groupby(moments, key=lambda one: one.now is not None) if known]
    known = [(one, one.now) for run in runs for one in run if one.now is not None]
    dots = {one.day: dot(one, score) for one, score in known}
    around = [[dot(one, one.high) for one in run] + [dot(one, one.low) for one in reversed(run)] for run in runs]
    by_score = [one for one, _score in sorted(known, key=lambda pair: pair[1])]
    return Trend(
        line="".join(path([dots[one.day] for one in run]) for run in runs),
        area="".join(f"{path(places)}Z" for places in around if len(places) > 2),
        now=list(dots.values()),
        then=[dot(one, one.then) for one in moments if one.then is not None],
        borders=[(border, 100 - border) for border in (borders.weak, borders.good, borders.strong)],
        words=Words(known[0][0], known[-1][0], by_score[0], by_score[-1]) if known else None,
    )


def path(dots: Sequence[Dot]) -> str:
    """A line through these places."""
    return "M" + "L".join(f"{dot.x} {dot.y}" for dot in dots)
