"""What is watched for getting worse, and what was raised (SCORING.md §6).

A chart belongs to a series over all personas: subject x metric x scale. Beside what it counted it keeps all that is
needed to follow its path by hand.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from touchpoints.models.health import METRICS
from touchpoints.models.touchpoint import Subject
from workspaces.models import ApiToken, SameParent, User, WorkspaceOwned


class Watch(WorkspaceOwned):
    """Up to which local day a subject was watched, that day not included, and the band of which people were told."""

    subject = models.OneToOneField(Subject, models.CASCADE, related_name="watch", db_constraint=False)
    day = models.DateField()
    band = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [SameParent(link="subject", to="touchpoints.Subject", name="watch_subject_here")]


class Chart(WorkspaceOwned):
    """By what a series is watched. It is not changed, but that new thresholds come to stand behind the old.

    Baseline: `counts` per value from `first` to `last`. Norm: `shares` with `mean` and `variance` (points of 0-100),
    resting on so many `answers`, of which `per_day` come; `dispersion` of days. Weighing: `usual` and `worse` shares
    and the `evidence` of each value. `begins`: the first day that is followed. `limits`: {"from": day, "quiet": days
    between false alarms, "threshold": height}, the oldest first. `height` and `since` as of the close of `day`.
    """

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    metric = models.CharField(max_length=11, choices=METRICS)
    scale = models.CharField(max_length=8)
    based_on = models.DateField()
    first = models.DateField()
    last = models.DateField()
    counts = ArrayField(models.IntegerField())
    shares = ArrayField(models.FloatField())
    mean = models.FloatField()
    variance = models.FloatField()
    answers = models.IntegerField()
    per_day = models.FloatField()
    dispersion = models.FloatField()
    shift = models.FloatField()
    usual = ArrayField(models.FloatField())
    worse = ArrayField(models.FloatField())
    evidence = ArrayField(models.FloatField())
    begins = models.DateField()
    limits = models.JSONField(default=list)
    day = models.DateField(null=True)
    height = models.FloatField(default=0)
    since = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["subject", "metric", "scale"], condition=Q(ended_on=None), name="chart_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(dispersion__gte=1, variance__gt=0, per_day__gt=0, shift__gt=0, height__gte=0),
                name="chart_figures_sane",
            ),
            SameParent(link="subject", to="touchpoints.Subject", name="chart_subject_here"),
        ]
        indexes = [models.Index(fields=["subject", "ended_on"], name="chart_by_subject")]


class AlarmKind(models.TextChoices):
    """What was noticed."""

    DETERIORATION = "deterioration", _("deterioration")
    BURST = "burst", _("burst of complaints")
    BAND = "band", _("change of band")


class AlarmState(models.TextChoices):
    """What became of an alarm."""

    OPEN = "open", _("open")
    ACKNOWLEDGED = "acknowledged", _("acknowledged")
    RESTATED = "restated", _("restated")
    NOTED = "noted", _("for information")


class Cause(models.TextChoices):
    """Why complaints were told of at once."""

    SEVERE = "severe", _("a severe complaint")
    MANY = "many", _("many complaints")


class Alarm(WorkspaceOwned):
    """One thing that was raised, as it was known then; it stays in the log whatever becomes of it.

    `day`: the local day of which it was raised. `since`: the change date; of a burst the day of its first complaint,
    which came at `began_at`; of a band that day itself. `before` and `after`: of a deterioration the means (points of
    0-100) with the answers behind them, of a band the health; of a burst the complaints a day as usual, and those
    counted by their ids, in so many days of `exposure`. `chance`: of as many or more, if all were as usual. `was` and
    `became`: bands. What is `noted` is good news, of which nothing is to be done.
    """

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    kind = models.CharField(_("kind"), max_length=13, choices=AlarmKind)
    chart = models.ForeignKey(Chart, models.CASCADE, null=True, related_name="alarms")
    metric = models.CharField(_("metric"), max_length=11, choices=METRICS, blank=True)
    scale = models.CharField(max_length=8, blank=True)
    cause = models.CharField(max_length=6, choices=Cause, blank=True)
    was = models.CharField(max_length=8, blank=True)
    became = models.CharField(max_length=8, blank=True)
    day = models.DateField()
    since = models.DateField()
    began_at = models.DateTimeField(null=True)
    raised_at = models.DateTimeField(default=timezone.now, editable=False)
    before = models.FloatField(null=True)
    before_answers = models.IntegerField(default=0)
    after = models.FloatField(null=True)
    after_answers = models.IntegerField(default=0)
    before_days = models.PositiveSmallIntegerField(null=True)
    complaints = ArrayField(models.BigIntegerField(), default=list)
    exposure = models.FloatField(null=True)
    chance = models.FloatField(null=True)
    state = models.CharField(_("state"), max_length=12, choices=AlarmState, default=AlarmState.OPEN)
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True, editable=False)
    acknowledged_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_index=False)
    acknowledged_token = models.ForeignKey(ApiToken, models.SET_NULL, null=True, related_name="+", db_index=False)
    note = models.CharField(_("note"), max_length=500, blank=True)
    restated_at = models.DateTimeField(_("restated"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True, editable=False)
    told: dict[str, Any]  # by whoever shows it: what its templates say

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("alarm")
        verbose_name_plural = _("alarms")
        ordering = ["-raised_at", "-id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["subject", "kind", "metric", "scale", "cause", "since", "began_at"],
                nulls_distinct=False,
                name="alarm_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=AlarmKind.values), name="alarm_kind_known"),
            models.CheckConstraint(condition=Q(state__in=AlarmState.values), name="alarm_state_known"),
            models.CheckConstraint(
                condition=Q(kind=AlarmKind.DETERIORATION, chart__isnull=False)
                | ~Q(kind=AlarmKind.DETERIORATION) & Q(chart=None),
                name="alarm_deterioration_has_chart",
            ),
            models.CheckConstraint(
                condition=~Q(state=AlarmState.ACKNOWLEDGED) | Q(acknowledged_at__isnull=False),
                name="alarm_acknowledged_when",
            ),
            models.CheckConstraint(
                condition=Q(state=AlarmState.RESTATED, restated_at__isnull=False)
                | ~Q(state=AlarmState.RESTATED) & Q(restated_at=None),
                name="alarm_restated_when",
            ),
            SameParent(link="subject", to="touchpoints.Subject", name="alarm_subject_here"),
            SameParent(link="chart", to="touchpoints.Chart", name="alarm_chart_here"),
            SameParent(link="acknowledged_token", to="workspaces.ApiToken", name="alarm_token_here"),
        ]
        indexes = [
            models.Index(fields=["workspace", "-raised_at"], name="alarm_newest"),
            models.Index(fields=["subject"], condition=Q(state="open"), name="alarm_open"),
        ]

    @property
    def acknowledged_by_whom(self) -> User | ApiToken | None:
        """Who acknowledged it, as far as they are still known."""
        return self.acknowledged_by or self.acknowledged_token
