"""Alarms as pages show them, and what a statistician needs to reproduce one by hand."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.db.models import Case, QuerySet, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from touchpoints.actions import keeping, told_of
from touchpoints.actions.alarms import REASONS
from touchpoints.actions.charts import DAY, GAP, ByDay, Watched, limit_on, norm_of, path_of, totals_of, weighing_of
from touchpoints.actions.watch import charts_watched
from touchpoints.health.alarms import Norm, Point, Weighing, overshoot, step_of, worths_of
from touchpoints.health.metrics import Metric, scale_of
from touchpoints.models import Alarm, AlarmKind, AlarmState, Chart, HealthDay, SubjectKind, Touchpoint
from workspaces import clock
from workspaces.editing import ask_version
from workspaces.models import Workspace

CLOSES = 14  # days before and after a step from band to band that are shown


class AcknowledgeForm(forms.ModelForm):  # type: ignore[type-arg]
    """That an alarm has been seen, with a word for the others."""

    class Meta:
        model = Alarm
        fields = ["note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_version(self)


# What stands for the values of a scale where a rate is watched: the bad case and the good one.
CASES = {
    Metric.COMPLAINT: (gettext_lazy("complaint"), gettext_lazy("no complaint")),
    Metric.VISIT: (gettext_lazy("left"), gettext_lazy("completed")),
}


class Value(NamedTuple):
    """A value of the scale, or a case of a rate: its worth (0-100), how many gave it, and how it is weighed."""

    value: int | Promise
    worth: float
    answers: int
    share: float
    usual: float
    worse: float
    evidence: float


class Day(NamedTuple):
    """A day of a chart: answers by value, what they add to the height, and where the path stands at its end."""

    counts: list[tuple[int | Promise, int]]
    step: float
    point: Point
    threshold: float


class Limit(NamedTuple):
    """A threshold, from when it is in force, and the days between two false alarms that it was made for."""

    begins: datetime.date
    quiet: float
    threshold: float
    b: float


@dataclass(frozen=True)
class Explained:
    """All that makes a chart, and its path day by day. `tilted`: its shares are not those of its own answers."""

    chart: Chart
    norm: Norm
    weighing: Weighing
    lowered: float
    tilted: bool
    values: Sequence[Value]
    limits: Sequence[Limit]
    days: Sequence[Day]


def alarms_of(workspace: Workspace) -> QuerySet[Alarm]:
    """All alarms with what they are about, the open ones first, then the log from the newest on."""
    is_open = Case(When(state=AlarmState.OPEN, then=0), default=1)
    about = ("subject__touchpoint", "subject__journey", "acknowledged_by", "acknowledged_token", "workspace")
    found: QuerySet[Alarm] = Alarm.objects.of(workspace).select_related(*about)
    return found.order_by(is_open, "-raised_at", "-id")


def open_alarms(touchpoint: Touchpoint) -> list[dict[str, Any]]:
    """What is open about a touchpoint, as `told_of`, each with the template that says it."""
    alarms = Alarm.objects.of(touchpoint.workspace).filter(subject=touchpoint.subject_id, state=AlarmState.OPEN)
    found = alarms.select_related("subject__touchpoint").order_by("-raised_at", "-id")
    return [{**told_of(alarm), "reason": REASONS[AlarmKind(alarm.kind)]} for alarm in found]


def said(alarm: Alarm) -> dict[str, Any]:
    """An alarm in the words of `told_of`, with what it is about by name."""
    about = alarm.subject.kind == SubjectKind.JOURNEY and alarm.subject.journey
    return {**told_of(alarm), **({"name": about.name} if about else {})}


def watched(workspace: Workspace) -> tuple[int, Decimal]:
    """How many series are watched, and how many false alarms a month are to be expected of them all."""
    return charts_watched([workspace.pk]).count(), workspace.false_alarms


def explain(chart: Chart) -> Explained:
    """How a chart came about, and its path to its end or to yesterday, from the daily cells as they stand now."""
    norm, weighing = norm_of(chart), weighing_of(chart)
    of_subject = keeping.read_cells([chart.subject_id], after=chart.begins - DAY)[chart.subject_id]
    cells = totals_of(of_subject).get(Watched(chart.metric, chart.scale), {})
    last = chart.ended_on or clock.today(chart.workspace.zone) - DAY
    limits = [
        Limit(
            datetime.date.fromisoformat(limit["from"]),
            limit["quiet"],
            limit["threshold"],
            limit["threshold"] + overshoot(weighing),
        )
        for limit in chart.limits
    ]
    return Explained(
        chart=chart,
        norm=norm,
        weighing=weighing,
        lowered=norm.mean - norm.error,
        tilted=chart.based_on - chart.last < GAP * DAY,
        values=_values(chart),
        limits=limits,
        days=_days(chart, cells, path_of(chart, cells, last)),
    )


def closes_around(alarm: Alarm) -> QuerySet[HealthDay]:
    """What was known at the closes around a step from band to band, the newest first."""
    around = (alarm.day - CLOSES * DAY, alarm.day + CLOSES * DAY)
    return HealthDay.objects.filter(subject=alarm.subject_id, persona=None, day__range=around).order_by("-day")


def _values(chart: Chart) -> list[Value]:
    columns = (chart.counts, chart.shares, chart.usual, chart.worse, chart.evidence)
    worths = worths_of(chart.metric, chart.scale)
    return [Value(one, float(worth), *rest) for one, worth, *rest in zip(_kinds(chart), worths, *columns, strict=True)]


def _days(chart: Chart, cells: ByDay, path: Sequence[Point]) -> list[Day]:
    nothing, kinds = [0] * len(chart.evidence), _kinds(chart)
    return [
        Day(
            [(one, count) for one, count in zip(kinds, cells.get(point.day, nothing), strict=True) if count],
            step_of(chart.evidence, chart.dispersion, cells.get(point.day, nothing)),
            point,
            limit_on(chart, point.day),
        )
        for point in path
    ]


def _kinds(chart: Chart) -> Sequence[int | Promise]:
    """What a chart counts."""
    return CASES.get(Metric(chart.metric)) or scale_of(chart.metric, chart.scale).values
