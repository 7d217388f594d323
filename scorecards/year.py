"""A year of health at a glance: what was known at the end of each month, and what is known today."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from personas.models import Persona
from scorecards.history import START, Measured, Wanted, page_of
from scorecards.table import TouchpointRow
from touchpoints.borders import borders_of
from touchpoints.health.bands import Band
from touchpoints.models import SubjectKind
from touchpoints.periods import Period
from workspaces.models import Workspace

MONTHS = 12


@dataclass(frozen=True)
class Month:
    """The health as told on the last `day` of a month that knows it; `place` counts the months of the year from 0."""

    place: int
    day: datetime.date
    number: int
    exact: float
    band: Band | None


Months = dict[int, list[Month]]


def months_of(
    workspace: Workspace, rows: Sequence[TouchpointRow], today: datetime.date, *, persona: Persona | None = None
) -> Months:
    """The last twelve months of the touchpoints of these lines, by id, those without a health left out: one statement.

    The figures are those of the scores over REST, month by month.
    """
    begun = _before(today)
    subjects = {
        row.touchpoint.subject_id: Measured(
            SubjectKind.TOUCHPOINT, row.touchpoint.pk, None, row.touchpoint.name, assumed=False
        )
        for row in rows
    }
    wanted = Wanted(subjects, Period(begun, today), "month", persona, persona is None, borders_of(workspace))
    months: Months = {row.touchpoint.pk: [] for row in rows}
    found, _next = page_of(wanted, START, MONTHS * max(1, len(subjects)))
    for one in found:
        if one.touchpoint is not None and one.score is not None and one.exact is not None:
            place = 12 * (one.period.year - begun.year) + one.period.month - begun.month
            months[one.touchpoint].append(Month(place, one.day, one.score, one.exact, one.band))
    return months


def _before(today: datetime.date) -> datetime.date:
    """The first day of the first of the twelve months that end with this one."""
    months = 12 * today.year + today.month - 1 - (MONTHS - 1)
    return datetime.date(months // 12, months % 12 + 1, 1)
