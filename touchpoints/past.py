"""Scores as of any day, counted anew from the daily cells: as they would have been, had all been known then.

What was really known as a day ended stands in `HealthDay`. The difference is what came late, was changed or removed,
and what the rule of today makes otherwise.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from personas.models import Persona
from touchpoints.actions import Grounds, model_named, priors_named
from touchpoints.health.bands import becomes_known
from touchpoints.health.combine import Health, score_health
from touchpoints.health.decay import Tally, tallies_on, usual_table, weights
from touchpoints.health.metrics import Scale, scale_of
from touchpoints.models import DailyCell, HealthScore, Window

DAY = datetime.timedelta(days=1)
Counted = dict[Scale, dict[datetime.date, Sequence[int]]]


class Restated(NamedTuple):
    """The health as of a day, None where nothing lay in the window, and whether that was enough to be known.

    Of several days it follows from one to the next, of the first from what lay in its window alone.
    """

    day: datetime.date
    health: Health | None
    known: bool


def restated(
    subjects: Collection[int], days: Sequence[datetime.date], *, persona: Persona | None = None
) -> dict[int, list[Restated]]:
    """The health of each subject (by id) as of these days, in their order, for everybody or one persona.

    By the rule, the windows and the usual means of today. A subject that was never heard of has no entry. Three
    statements, whatever is asked; answers are not read.
    """
    rows = HealthScore.objects.filter(subject__in=subjects, persona=None)
    grounds = {
        subject: (workspace, Grounds(*names))
        for subject, workspace, *names in rows.values_list("subject_id", "workspace_id", *Grounds._fields)
    }
    tables: dict[int, dict[str, str]] = defaultdict(dict)
    for subject, metric, table in Window.objects.filter(subject__in=grounds).values_list(
        "subject_id", "metric", "table"
    ):
        tables[subject][metric] = table
    usual = {
        subject: usual_table(decay=model_named(workspace, names.model_version).decay)
        for subject, (workspace, names) in grounds.items()
    }
    longest = max((len(weights(table)) for table in _all(tables, usual)), default=0)
    counted = _read(grounds, min(days) - longest * DAY, max(days), persona) if days else {}
    return {
        subject: _of_one(workspace, names, counted.get(subject, {}), tables[subject], usual[subject], days)
        for subject, (workspace, names) in grounds.items()
    }


def _all(tables: dict[int, dict[str, str]], usual: dict[int, str]) -> set[str]:
    return {*usual.values(), *(table for of_subject in tables.values() for table in of_subject.values())}


def _read(
    subjects: Collection[int], after: datetime.date, last: datetime.date, persona: Persona | None
) -> dict[int, Counted]:
    """The counts per day of each subject and scale: the persona's, or all together."""
    cells = DailyCell.objects.filter(subject__in=subjects, day__gt=after, day__lte=last)
    if persona is not None:
        cells = cells.filter(persona=persona)
    found: dict[int, Counted] = defaultdict(lambda: defaultdict(dict))
    for subject, metric, code, day, counts in cells.values_list("subject_id", "metric", "scale", "day", "counts"):
        by_day = found[subject][scale_of(metric, code)]
        by_day[day] = [a + b for a, b in zip(by_day[day], counts, strict=True)] if day in by_day else counts
    return found


def _of_one(
    workspace: int,
    names: Grounds,
    counted: Counted,
    tables: dict[str, str],
    usual: str,
    days: Sequence[datetime.date],
) -> list[Restated]:
    model = model_named(workspace, names.model_version)
    priors = priors_named(names.prior_version, names.peer_group)
    on_day: list[dict[Scale, Tally]] = [{} for _ in days]
    for scale, by_day in counted.items():
        table = tables.get(scale.metric.value, usual)
        for tallies, tally in zip(on_day, tallies_on(len(scale.values), table, by_day, days), strict=True):
            tallies[scale] = tally
    found: list[Restated] = []
    known = False
    for day, tallies in zip(days, on_day, strict=True):
        health = score_health(tallies, model, priors)
        known = health is not None and becomes_known(health.evidence, health.observations, known=known)
        found.append(Restated(day, health, known))
    return found
