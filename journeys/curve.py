"""The emotion curve as lines to draw: pure geometry, in units of one column of the map by pixels of height.

Stations stand where their touchpoints do. Between them the lines are monotone cubics (Steffen 1990, "A simple method
for monotonic interpolation in one dimension"): they pass through every value and never beyond it, so the drawing says
nothing that the figures do not. Where nothing is known a line has a gap.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

HEIGHT = 184.0  # pixels of the lane
MARGIN = 26.0  # above +2 and below -2
UNIT = 200.0  # units of a column: near its width in pixels, so that a stretched drawing keeps its looks
SURENESS = ("emotion", "satisfaction", "assumption")  # the surest first: a line is as sure as its less sure end

Run = list[int]  # indices of neighbours of which all are known


class Point(NamedTuple):
    """Where along the map a touchpoint stands (in columns) and its feelings, -2 to +2, None where not known."""

    x: float
    perceived: float | None
    source: str
    expected: float | None


class Line(NamedTuple):
    """A piece of the perceived line as an SVG path, and how it is known."""

    source: str
    path: str


@dataclass(frozen=True)
class Curve:
    """What is drawn below the stations, `width` by HEIGHT: SVG paths, empty where there is nothing to draw.

    `gap` is the area between what was expected and what was felt; `below` and `above` are all that lies on either
    side of the expected line, to part it by.
    """

    width: float
    perceived: Sequence[Line]
    expected: str
    gap: str
    below: str
    above: str


def height_of(feeling: float) -> float:
    """How far down (pixels) a feeling of -2 to +2 is drawn."""
    return round(MARGIN + (2 - feeling) / 4 * (HEIGHT - 2 * MARGIN), 1)


def curve_of(points: Sequence[Point], columns: float) -> Curve:
    """The curve through these points, in their order, on a map so many columns wide."""
    felt = _Steps.through([(point.x, point.perceived) for point in points])
    hoped = _Steps.through([(point.x, point.expected) for point in points])
    both = [index for index, point in enumerate(points) if point.perceived is not None and point.expected is not None]
    shared = _runs(both)
    return Curve(
        width=columns * UNIT,
        perceived=_by_source(felt, points),
        expected=" ".join(hoped.path(run) for run in hoped.runs),
        gap=" ".join(f"{felt.path(run)} L{hoped.path(run, back=True)[1:]}Z" for run in shared if len(run) > 1),
        below=" ".join(_to_edge(hoped, run, HEIGHT) for run in hoped.runs),
        above=" ".join(_to_edge(hoped, run, 0.0) for run in hoped.runs),
    )


@dataclass(frozen=True)
class _Steps:
    """One line's known values by index: where they stand, and how steep the line is there."""

    at: dict[int, tuple[float, float]]
    slopes: dict[int, float]
    runs: list[Run]

    @classmethod
    def through(cls, values: Iterable[tuple[float, float | None]]) -> "_Steps":
        at = {
            index: (round(x * UNIT, 1), height_of(value))
            for index, (x, value) in enumerate(values)
            if value is not None
        }
        runs = _runs(list(at))
        slopes = {index: slope for run in runs for index, slope in zip(run, _slopes([at[i] for i in run]), strict=True)}
        return cls(at, slopes, runs)

    def path(self, run: Run, *, back: bool = False) -> str:
        """The line along a run, to be followed from its start or, for an outline, from its end."""
        run = run[::-1] if back else run
        start = "M{:g} {:g}".format(*self.at[run[0]])
        return start + "".join(self._bend(one, other) for one, other in pairwise(run))

    def _bend(self, one: int, other: int) -> str:
        (x, y), (to_x, to_y) = self.at[one], self.at[other]
        third = (to_x - x) / 3
        first, second = y + self.slopes[one] * third, to_y - self.slopes[other] * third
        return f"C{x + third:.1f} {first:.1f} {to_x - third:.1f} {second:.1f} {to_x:g} {to_y:g}"


def _runs(indices: Sequence[int]) -> list[Run]:
    """Rising indices as stretches without a gap."""
    runs: list[Run] = []
    for index in indices:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _slopes(at: Sequence[tuple[float, float]]) -> list[float]:
    """How steep a monotone cubic through these places is at each of them, by Steffen's rule; straight at its ends."""
    if len(at) < 2:
        return [0.0] * len(at)
    widths = [to_x - x for (x, _), (to_x, _) in pairwise(at)]
    steps = [(to_y - y) / width for ((_, y), (_, to_y)), width in zip(pairwise(at), widths, strict=True)]
    inner = []
    for (before, after), (left, right) in zip(pairwise(steps), pairwise(widths), strict=True):
        mean = (before * right + after * left) / (left + right)
        steepest = 2 * min(abs(before), abs(after))
        inner.append(max(-steepest, min(steepest, mean)) if before * after > 0 else 0.0)
    return [steps[0], *inner, steps[-1]]


def _by_source(felt: _Steps, points: Sequence[Point]) -> list[Line]:
    """The perceived line, parted where it becomes more or less sure."""
    lines = []
    for run in felt.runs:
        piece: Run = run[:1]
        source = ""
        for one, other in pairwise(run):
            surest = max(points[one].source, points[other].source, key=SURENESS.index)
            if source and surest != source:
                lines.append(Line(source, felt.path(piece)))
                piece = [one]
            source = surest
            piece.append(other)
        if source:
            lines.append(Line(source, felt.path(piece)))
    return lines


def _to_edge(line: _Steps, run: Run, edge: float) -> str:
    first, last = line.at[run[0]][0], line.at[run[-1]][0]
    return f"{line.path(run)}L{last:g} {edge:g}L{first:g} {edge:g}Z"


class Trend(NamedTuple):
    """A long journey's line as SVG paths: the rolling median of what was felt, and the range of 10 to 90 % about it."""

    width: float
    median: str
    spread: str


def trend_of(points: Sequence[Point], columns: float, *, reach: int = 8) -> Trend:
    """The trend of what was felt, at each point over it and its neighbours, `reach` of them on either side."""
    known = [(round(point.x * UNIT, 1), point.perceived) for point in points if point.perceived is not None]
    low: list[str] = []
    middle: list[str] = []
    high: list[str] = []
    for index, (x, _) in enumerate(known):
        near = sorted(value for _, value in known[max(0, index - reach) : index + reach + 1])
        for line, share in ((low, 0.1), (middle, 0.5), (high, 0.9)):
            line.append(f"{x:g} {height_of(_quantile(near, share)):g}")
    if not known:
        return Trend(columns * UNIT, "", "")
    return Trend(columns * UNIT, "M" + "L".join(middle), "M" + "L".join([*high, *reversed(low)]) + "Z")


def _quantile(rising: Sequence[float], share: float) -> float:
    """The value below which that share lies, between neighbours in proportion."""
    place = share * (len(rising) - 1)
    under = int(place)
    over = min(under + 1, len(rising) - 1)
    return rising[under] + (place - under) * (rising[over] - rising[under])
