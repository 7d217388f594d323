"""What customers said in a chosen period: plain counts of the daily cells, never weighted."""

import datetime
from collections.abc import Collection

from django.db import connection

from personas.models import Persona
from touchpoints.health import figures
from touchpoints.health.metrics import scale_of, scales_of
from touchpoints.models import Subject

# Counts per value of the scale, added up over days and personas by the database: its answer is as short for a year as
# for a day.
TOTALS = """
SELECT subject_id, metric, scale, array_agg(total ORDER BY place)
FROM (
    SELECT subject_id, metric, scale, place, sum(count)::bigint AS total
    FROM touchpoints_dailycell, unnest(counts) WITH ORDINALITY AS by_value (count, place)
    WHERE subject_id = ANY(%(subjects)s) AND day BETWEEN %(first)s AND %(last)s
      AND (%(persona)s::bigint IS NULL OR persona_id = %(persona)s)
    GROUP BY subject_id, metric, scale, place
) AS totals
GROUP BY subject_id, metric, scale
"""

Figures = dict[str, list[figures.PeriodFigures]]


def figures_of(
    subjects: Collection[int], first: datetime.date, last: datetime.date, *, persona: Persona | None = None
) -> dict[int, Figures]:
    """The figures of each subject (by id), metric by metric, from the first to the last local day, both included.

    A metric has one entry for each scale with answers, the usual scale first: scales stay apart, since their means
    cannot be compared. `persona`: only hers; by default everybody's, persona known or not. One statement.
    """
    found: dict[int, Figures] = {subject: {} for subject in subjects}
    with connection.cursor() as cursor:
        who = persona.pk if persona else None
        cursor.execute(TOTALS, {"subjects": list(subjects), "first": first, "last": last, "persona": who})
        for subject, metric, code, counts in cursor.fetchall():
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
