"""Scores as of any day, counted anew from the daily cells: as they would have been, had all been known then.

What was really known as a day ended stands in `HealthDay`. The difference is what came late, was changed or removed,
and what the rule of today makes otherwise.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from personas.models import Persona
from touchpoints.actions import Grounds, model_named, priors_named
from touchpoints.health.bands import becomes_known
from touchpoints.health.combine import Health, HealthModel, score_health
from touchpoints.health.decay import Tally, tallies_on, usual_table, weights
from touchpoints.health.metrics import Scale, scale_of
from touchpoints.health.usual import Priors
from touchpoints.models import DailyCell, HealthScore, Window

DAY = datetime.timedelta(days=1)
Counted = dict[Scale, dict[datetime.date, Sequence[int]]]


class Restated(NamedTuple):
    """The health as of a day, None where nothing lay in the window, and whether that was enough to be known.

    Of several days it follows from one to the next, of the first from what lay in its window alone. `tallies`: what
    lay in the windows, one per scale, of which the health is made.
    """

    day: datetime.date
    health: Health | None
    known: bool
    tallies: Mapping[Scale, Tally]


class Base(NamedTuple):
    """On what a subject's scores of today rest: their grounds by name, the rule, and what is usual."""

    grounds: Grounds
    model: HealthModel
    priors: Priors
    tables: Mapping[str, str]  # by metric, where it is not the usual one

    def table(self, metric: str) -> str:
        """The table of weights of a metric."""
        return self.tables.get(metric, self.usual)

    @property
    def usual(self) -> str:
        """The table of a metric of which nothing else was decided."""
        return usual_table(decay=self.model.decay)

    @property
    def reach(self) -> int:
        """How many days the longest of its tables looks back."""
        return max(len(weights(table)) for table in {self.usual, *self.tables.values()})


def restated(
    subjects: Collection[int], days: Sequence[datetime.date], *, persona: Persona | None = None
) -> dict[int, list[Restated]]:
    """The health of each subject (by id) as of these days, in their order, for everybody or one persona.

    By the rule, the windows and the usual means of today. A subject that was never heard of has no entry. Three
    statements, whatever is asked; answers are not read.
    """
    return restated_by(bases_of(subjects), days, persona=persona)


def restated_by(
    bases: Mapping[int, Base], days: Sequence[datetime.date], *, persona: Persona | None = None
) -> dict[int, list[Restated]]:
    """The same for the subjects of these bases: one statement."""
    reach = max((base.reach for base in bases.values()), default=0)
    counted = _read(bases, min(days) - reach * DAY, max(days), persona) if days else {}
    return {subject: _of_one(base, counted.get(subject, {}), days) for subject, base in bases.items()}


def bases_of(subjects: Collection[int]) -> dict[int, Base]:
    """On what the scores of these subjects rest; none of what was never heard of. Two statements."""
    tables: dict[int, dict[str, str]] = defaultdict(dict)
    windows = Window.objects.filter(subject__in=subjects)
    for subject, metric, table in windows.values_list("subject_id", "metric", "table"):
        tables[subject][metric] = table
    scores = HealthScore.objects.filter(subject__in=subjects, persona=None)
    return {
        subject: _base(workspace, Grounds._make(names), tables[subject])
        for subject, workspace, *names in scores.values_list("subject_id", "workspace_id", *Grounds._fields)
    }


def base_of(score: HealthScore, tables: Mapping[str, str]) -> Base:
    """The same of one subject, of which the total's score and the tables by metric have been read: no statement."""
    names = (getattr(score, name) for name in Grounds._fields)
    return _base(score.workspace_id, Grounds._make(names), tables)


def _base(workspace: int, grounds: Grounds, tables: Mapping[str, str]) -> Base:
    version, *names = grounds
    return Base(grounds, model_named(workspace, version), priors_named(*names), tables)


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


def _of_one(base: Base, counted: Counted, days: Sequence[datetime.date]) -> list[Restated]:
    found: list[Restated] = []
    known = False
    on_day: list[dict[Scale, Tally]] = [{} for _ in days]
    for scale, by_day in counted.items():
        table = base.table(scale.metric.value)
        for tallies, tally in zip(on_day, tallies_on(len(scale.values), table, by_day, days), strict=True):
            tallies[scale] = tally
    for day, tallies in zip(days, on_day, strict=True):
        health = score_health(tallies, base.model, base.priors)
        known = health is not None and becomes_known(health.evidence, health.observations, known=known)
        found.append(Restated(day, health, known, tallies))
    return found
