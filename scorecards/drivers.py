"""Reads the drivers of what customers say of a whole: from questionnaires that asked about several touchpoints, too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from math import fsum
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from django.db import connection

from journeys.models import Journey
from scorecards.statements import TOGETHER
from touchpoints.health.complete import complete_rows
from touchpoints.health.drivers import Driver, Drivers, Quadrant, Refusal, key_drivers
from touchpoints.health.metrics import Metric, scale_of
from touchpoints.models import Subject, SubjectKind, Touchpoint
from touchpoints.periods import Period
from workspaces.models import Workspace

USUAL = 365  # days
NEWEST = 10_000  # questionnaires that are looked at; more would hardly narrow an interval
OUTCOMES = (Metric.NPS, Metric.CSAT)


class Question(NamedTuple):
    """What was asked about a touchpoint."""

    touchpoint: int
    name: str
    metric: Metric


class Counted(NamedTuple):
    """A question that takes no part, and how many answered it beside the outcome."""

    question: Question
    answers: int


class DriverSeen(NamedTuple):
    """A driver with its questions, several where they are alike. `quadrant`: None where nothing can be claimed."""

    questions: tuple[Question, ...]
    driver: Driver
    quadrant: Quadrant | None


@dataclass(frozen=True)
class DriversSeen:
    """The drivers of an outcome in a period, most important first.

    `asked`: how many answered the question about the whole, by metric: those of the newest questionnaires. `outcome`:
    the metric that is looked at, None where nothing was asked. `together`: questionnaires with answers about at least
    two touchpoints. `found`: the figures, or why there are none. `sparse` were answered by too few to be looked at
    together, `constant` always alike.
    """

    asked: Mapping[Metric, int]
    outcome: Metric | None
    together: int
    found: Drivers | Refusal
    drivers: tuple[DriverSeen, ...]
    sparse: tuple[Counted, ...]
    constant: tuple[Question, ...]

    @property
    def told(self) -> Drivers | None:
        """The figures, if there are any."""
        return self.found if isinstance(self.found, Drivers) else None

    @property
    def refused(self) -> Refusal | None:
        """Why there are none."""
        return self.found if isinstance(self.found, Refusal) else None


Key = tuple[int, Metric]  # subject and metric
Sheet = dict[Key, float]  # what one questionnaire says


def drivers_of(
    workspace: Workspace, period: Period, *, journey: Journey | None = None, outcome: Metric | None = None
) -> DriversSeen:
    """What goes together with how likely customers are to recommend the workspace, or how satisfied they are.

    `journey`: what was asked about it as a whole, and the touchpoints that stand on it. By default the outcome of which
    more questionnaires say something. Touchpoints in the trash are left out.
    """
    questions = _touchpoints(workspace, journey)
    whole = journey.subject_id if journey else _company(workspace)
    sheets = _sheets(workspace, whole, list(questions), period) if whole else []
    answered = {metric: [sheet for sheet in sheets if (whole, metric) in sheet] for metric in OUTCOMES}
    asked = {metric: len(found) for metric, found in answered.items() if found}
    together = {metric: [sheet for sheet in answered[metric] if len(_about(sheet, whole)) > 1] for metric in asked}
    chosen = outcome if outcome in asked else max(asked, key=lambda one: len(together[one]), default=None)
    return _seen(asked, chosen, together.get(chosen, []) if chosen else [], whole, questions)


def _seen(
    asked: Mapping[Metric, int],
    outcome: Metric | None,
    sheets: list[Sheet],
    whole: int | None,
    questions: Mapping[int, tuple[int, str]],
) -> DriversSeen:
    keys = sorted({key for sheet in sheets for key in _about(sheet, whole)})
    named = [Question(*questions[subject], metric) for subject, metric in keys]
    answers = np.array([[sheet.get(key, np.nan) for key in keys] for sheet in sheets]).reshape(len(sheets), len(keys))
    results = np.array([sheet[whole, outcome] for sheet in sheets if whole and outcome], dtype=float)
    complete = complete_rows(answers)
    found = key_drivers(answers[complete.rows][:, complete.columns], results[complete.rows])
    told = found if isinstance(found, Drivers) else None
    by_column = [named[column] for column in complete.columns]
    sparse = [Counted(named[one], complete.counts[one]) for one in range(len(named)) if one not in complete.columns]
    return DriversSeen(
        asked=asked,
        outcome=outcome,
        together=len(sheets),
        found=found,
        drivers=tuple(
            DriverSeen(tuple(by_column[column] for column in driver.columns), driver, told.quadrant(driver))
            for driver in told.drivers
        )
        if told
        else (),
        sparse=tuple(sorted(sparse, key=lambda one: -one.answers)),
        constant=tuple(by_column[column] for column in told.constant) if told else (),
    )


def _about(sheet: Sheet, whole: int | None) -> list[Key]:
    # What it says of touchpoints
    return [key for key in sheet if key[0] != whole]


def _touchpoints(workspace: Workspace, journey: Journey | None) -> dict[int, tuple[int, str]]:
    touchpoints = Touchpoint.objects.of(workspace).kept()
    if journey:
        placed = journey.placements.filter(archived_at=None).values("touchpoint")
        touchpoints = touchpoints.filter(pk__in=placed)
    return {subject: (pk, name) for subject, pk, name in touchpoints.values_list("subject", "pk", "name")}


def _company(workspace: Workspace) -> int | None:
    company: int | None = (
        Subject.objects.of(workspace).filter(kind=SubjectKind.WORKSPACE).values_list("id", flat=True).first()
    )
    return company


def _sheets(workspace: Workspace, whole: int, subjects: list[int], period: Period) -> list[Sheet]:
    asked: dict[str, Any] = {
        "workspace": workspace.pk,
        "whole": whole,
        "subjects": subjects,
        "first": period.first,
        "last": period.last,
        "newest": NEWEST,
    }
    with connection.cursor() as cursor:
        cursor.execute(TOGETHER, asked)
        return [_sheet(rows, whole) for _submission, rows in groupby(cursor.fetchall(), key=itemgetter(0))]


def _sheet(rows: Iterable[tuple[int, int, str, str, int]], whole: int) -> Sheet:
    # A question that was asked twice counts with the mean of its answers
    said: dict[Key, list[float]] = {}
    for _submission, subject, metric, scale, value in rows:
        key = subject, Metric(metric)
        said.setdefault(key, []).append(float(value) if key == (whole, Metric.NPS) else _worth(metric, scale)[value])
    return {key: fsum(values) / len(values) for key, values in said.items()}


@cache
def _worth(metric: str, code: str) -> dict[int, float]:
    # What each value is worth, 0-100
    scale = scale_of(metric, code)
    return {value: float(worth) for value, worth in zip(scale.values, scale.utilities, strict=True)}
