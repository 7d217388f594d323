"""What was answered over time, for programs: how often each value was given, with the figures that pages show of it."""

import datetime
from collections.abc import Collection
from typing import Any, NamedTuple

from django.db import connection

from personas.models import Persona
from scorecards.history import Measured
from scorecards.statements import ANSWERS
from touchpoints.health.figures import PeriodFigures, period_figures
from touchpoints.health.metrics import COUNTED, Metric, scale_of
from touchpoints.periods import Period

ASKED = sorted(set(Metric) - COUNTED)  # of what is only counted, there is nothing to answer


class Place(NamedTuple):
    """Behind which row a page begins."""

    subject: int
    period: datetime.date
    metric: str
    scale: str


START = Place(0, datetime.date(1970, 1, 1), "", "")


class Answered(NamedTuple):
    """What was answered about a thing in the days from `first` to `last` on one scale."""

    measured: Measured
    first: datetime.date
    last: datetime.date
    figures: PeriodFigures


class Wanted(NamedTuple):
    """Of which subjects, by id, and which days; `every`: "day", "week", "month", or "all" for one row each."""

    subjects: dict[int, Measured]
    period: Period
    every: str
    metrics: Collection[str]
    persona: Persona | None


def page_of(wanted: Wanted, after: Place, limit: int) -> tuple[list[Answered], Place | None]:
    """At most `limit` rows behind a place, and where the next page begins, None on the last: one statement."""
    values: dict[str, Any] = {
        "subjects": [subject for subject in wanted.subjects if subject >= after.subject],
        "first": wanted.period.first,
        "last": wanted.period.last,
        "metrics": list(wanted.metrics),
        "persona": wanted.persona.pk if wanted.persona else None,
        "limit": limit + 1,
        **{f"after_{name}": value for name, value in after._asdict().items()},
    }
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS[wanted.every], values)
        found = cursor.fetchall()
    page = found[:limit]
    return [_told(row, wanted) for row in page], Place._make(page[-1][:4]) if len(found) > limit else None


def _told(row: tuple[Any, ...], wanted: Wanted) -> Answered:
    subject, begins, metric, code, counts = row
    first = max(begins, wanted.period.first)
    last = min(_end(begins, wanted.every) or wanted.period.last, wanted.period.last)
    return Answered(wanted.subjects[subject], first, last, period_figures(scale_of(metric, code), counts))


def _end(begins: datetime.date, every: str) -> datetime.date | None:
    """The last day of the day, ISO week or month that begins then."""
    if every == "month":
        return (begins.replace(day=1) + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    lengths = {"day": 1, "week": 7}
    return begins + datetime.timedelta(days=lengths[every] - 1) if every in lengths else None
