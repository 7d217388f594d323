"""What customers said in a chosen period: plain counts of the daily cells, never weighted."""

import datetime
from collections.abc import Collection, Iterable

from django.db import connection

from personas.models import Persona
from touchpoints.health import figures
from touchpoints.health.metrics import scale_of, scales_of
from touchpoints.models import Subject
from touchpoints.statements import TOTALS

Figures = dict[str, list[figures.PeriodFigures]]
Counted = tuple[int, str, str, list[int]]  # a row of TOTALS: subject, metric, scale, and how many gave each value


def figures_of(
    subjects: Collection[int], first: datetime.date, last: datetime.date, *, persona: Persona | None = None
) -> dict[int, Figures]:
    """The figures of each subject (by id), metric by metric, from the first to the last local day, both included.

    A metric has one entry for each scale with answers, the usual scale first: scales stay apart, since their means
    cannot be compared. `persona`: only hers; by default everybody's, persona known or not. One statement.
    """
    with connection.cursor() as cursor:
        who = persona.pk if persona else None
        cursor.execute(TOTALS, {"subjects": list(subjects), "first": first, "last": last, "persona": who})
        return figures_from(cursor.fetchall(), subjects)


def figures_from(counted: Iterable[Counted], subjects: Collection[int]) -> dict[int, Figures]:
    """The same of what has been counted already."""
    found: dict[int, Figures] = {subject: {} for subject in subjects}
    for subject, metric, code, counts in counted:
        if any(counts):
            of_metric = found[subject].setdefault(metric, [])
            of_metric.append(figures.period_figures(scale_of(metric, code), counts))
    for by_metric in found.values():
        for metric, of_metric in by_metric.items():
            order = scales_of(metric)
            of_metric.sort(key=lambda one, order=order: order.index(one.scale))  # type: ignore[misc]
    return found


def period_figures(
    subject: Subject, metric: str, first: datetime.date, last: datetime.date, *, persona: Persona | None = None
) -> list[figures.PeriodFigures]:
    """The figures of one metric of one subject, see `figures_of`."""
    return figures_of([subject.pk], first, last, persona=persona)[subject.pk].get(metric, [])
