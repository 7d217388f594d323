"""A touchpoint's score month by month, as it is told today, and its drawing; answers are not read."""

import datetime
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import NamedTuple

from personas.models import Persona
from scorecards.about import About, Noted
from scorecards.explaining import as_score
from scorecards.over_time import Every, ends
from scorecards.scorecard import Reading, read
from scorecards.trend import Dot, path
from touchpoints.borders import borders_of
from touchpoints.models import Touchpoint
from touchpoints.past import Base, restated_by

MONTHS = 12
STEP = 20  # between two lines of the drawing, in points of health
WIDEST = 34  # in percent, of the words of what happened
LABELS = 3  # rows for the words of what happened; what finds no room stands in the list below alone


class Month(NamedTuple):
    """The score as it was when a month ended, or as it is on the last of the days."""

    day: datetime.date
    reading: Reading


class Mark(NamedTuple):
    """What happened, in the drawing: how far across in percent, and in which row of words, None where all are full."""

    x: float
    row: int | None
    noted: Noted


@dataclass(frozen=True)
class Drawing:
    """`line`, and the `area` of its 95 % interval, are paths in a square of 100; everything else in percent.

    `runs`: the dots that the line joins. `ticks`: lines of the axis with their heights. `target`: its height. `rows`:
    of words above.
    """

    line: str
    area: str
    runs: Sequence[Sequence[Dot]]
    last: Dot | None
    ticks: Sequence[tuple[int, float]]
    target: float
    names: Sequence[tuple[float, datetime.date]]
    marks: Sequence[Mark]
    rows: int

    @property
    def dots(self) -> list[Dot]:
        """All of them."""
        return [dot for run in self.runs for dot in run]


def days_of(today: datetime.date) -> list[datetime.date]:
    """Today, and before it the last days of months, earliest first: as many as months are shown."""
    return [*islice(ends(today, Every.MONTH), MONTHS)][::-1]


def readings_on(
    touchpoint: Touchpoint, base: Base | None, days: Sequence[datetime.date], *, told: About, persona: Persona | None
) -> dict[datetime.date, Reading]:
    """The score as of these days, counted from the daily cells: one statement, none for what was never heard of."""
    if base is None or not days:
        return {}
    found = restated_by({touchpoint.subject_id: base}, sorted(days), persona=persona)[touchpoint.subject_id]
    borders, known = borders_of(touchpoint.workspace), told.closed_as_known
    return {one.day: read(as_score(one, was_known=one.day in known), borders, assumed=False) for one in found}


def draw(months: Sequence[Month], happened: Sequence[Noted], target: int) -> Drawing:
    """The drawing of at least two months. Months are equally far apart; what happened between two lies between them."""
    known = [month.reading for month in months if month.reading.number is not None]
    low = min([target, *(one.low for one in known if one.low is not None)])
    high = max([target, *(one.high for one in known if one.high is not None)])
    bottom, top = max(0, (low - 3) // STEP * STEP), min(100, -(-(high + 3) // 10) * 10)

    def y(score: int) -> float:
        return round(100 * (top - score) / (top - bottom), 2)

    def x(place: float) -> float:
        return round(100 * place / (len(months) - 1), 2)

    places = [(x(place), month.reading) for place, month in enumerate(months)]
    runs = [[*run] for is_known, run in groupby(places, key=lambda pair: pair[1].number is not None) if is_known]
    dots = [[Dot(across, y(one.number or 0)) for across, one in run] for run in runs]
    areas = [
        [Dot(across, y(one.high or 0)) for across, one in run]
        + [Dot(across, y(one.low or 0)) for across, one in reversed(run)]
        for run in runs
        if len(run) > 1
    ]
    marks = _marks([month.day for month in months], happened)
    every = [dot for run in dots for dot in run]
    return Drawing(
        line="".join(path(run) for run in dots),
        area="".join(f"{path(around)}Z" for around in areas),
        runs=dots,
        last=every[-1] if every and every[-1].x == 100 else None,
        ticks=[(tick, y(tick)) for tick in range(bottom, top + 1, STEP)],
        target=y(target),
        names=[(x(place), month.day) for place, month in enumerate(months)],
        marks=marks,
        rows=max((mark.row + 1 for mark in marks if mark.row is not None), default=0),
    )


def _marks(days: Sequence[datetime.date], happened: Sequence[Noted]) -> list[Mark]:
    taken: list[list[float]] = [[] for _row in range(LABELS)]  # from where words begin
    found = []
    for noted in happened:
        after = max(1, bisect_left(days, noted.day))
        passed = (noted.day - days[after - 1]) / (days[after] - days[after - 1])
        x = round(100 * (after - 1 + passed) / (len(days) - 1), 2)
        begins = x - WIDEST if x > 50 else x
        free = (row for row, others in enumerate(taken) if all(abs(begins - other) >= WIDEST for other in others))
        row = next(free, None)
        if row is not None:
            taken[row].append(begins)
        found.append(Mark(x, row, noted))
    return found
