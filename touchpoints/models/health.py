"""What was observed, and the health computed from it (SCORING.md §3, §4).

A series is subject x persona x metric x scale. In observations, cells and sums a null persona means "persona not
known"; in scores it means the total over all personas, known or not.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from personas.models import Persona
from touchpoints.models.touchpoint import PhaseKind, Subject
from workspaces.models import SameParent, WorkspaceOwned


class Metric(models.TextChoices):
    """What a customer was asked."""

    NPS = "nps", _("NPS")
    CSAT = "csat", _("CSAT")
    CES = "ces", _("CES")
    RATING = "rating", _("rating")
    EXPECTATION = "expectation", _("expectation")
    EMOTION = "emotion", _("emotion")
    COMPLAINT = "complaint", _("complaint")


class Usage(models.TextChoices):
    """What was counted of customers without asking them."""

    CONTACT = "contact", _("contact")
    VISIT = "visit", _("visit")


METRICS = [*Metric.choices, *Usage.choices]


class Observation(WorkspaceOwned):
    """Equal answers that came (`times` above 0) or went (below) and are still to be folded.

    Append-only; folded rows are deleted.
    """

    # Its subject is of the same workspace (SameParent), and so implies the key: one look-up a row less.
    workspace = models.ForeignKey(
        "workspaces.Workspace", models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    persona = models.ForeignKey(
        Persona, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    metric = models.CharField(max_length=11, choices=METRICS)
    scale = models.CharField(max_length=8)
    day = models.DateField()
    value = models.SmallIntegerField()
    times = models.IntegerField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(times=0), name="observation_times"),
            models.CheckConstraint(condition=Q(day__range=("1970-01-01", "2200-01-01")), name="observation_day_sane"),
            SameParent(link="subject", to="touchpoints.Subject", name="observation_subject_here"),
            SameParent(link="persona", to="personas.Persona", name="observation_persona_here"),
        ]
        indexes = [models.Index(fields=["subject", "id"], name="observation_by_subject")]


class StuckSubject(WorkspaceOwned):
    """A subject at which folding or closing a day failed: set aside, so that it holds up no other, and tried again.

    `error`: the class of what went wrong last; the log has the rest.
    """

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    error = models.CharField(max_length=80)
    attempts = models.PositiveIntegerField(default=1)
    since = models.DateTimeField(default=timezone.now)
    again_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject"], name="stucksubject_once"),
            SameParent(link="subject", to="touchpoints.Subject", name="stucksubject_subject_here"),
        ]


class DailyCell(WorkspaceOwned):
    """How many gave each value of the scale on one local day: a complete statistic, exact for ever."""

    # As with observations, its subject is of the same workspace (SameParent), and so implies the key.
    workspace = models.ForeignKey(
        "workspaces.Workspace", models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    persona = models.ForeignKey(
        Persona, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    metric = models.CharField(max_length=11, choices=METRICS)
    scale = models.CharField(max_length=8)
    day = models.DateField()
    counts = ArrayField(models.IntegerField())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "metric", "day", "scale", "persona"], name="dailycell_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(day__range=("1970-01-01", "2200-01-01")), name="dailycell_day_sane"),
            SameParent(link="subject", to="touchpoints.Subject", name="dailycell_subject_here"),
            SameParent(link="persona", to="personas.Persona", name="dailycell_persona_here"),
        ]


class Window(WorkspaceOwned):
    """How far back a subject's metric looks: fixed until the nightly close decides anew and rebuilds."""

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    metric = models.CharField(max_length=11, choices=METRICS)
    table = models.CharField(max_length=12, default="flat-365")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "metric"], name="window_once"),
            SameParent(link="subject", to="touchpoints.Subject", name="window_subject_here"),
        ]


class WindowSum(WorkspaceOwned):
    """A series' weighted counts over its window as of one day: integers, kept up to date by adding differences."""

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    persona = models.ForeignKey(
        Persona, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    metric = models.CharField(max_length=11, choices=METRICS)
    scale = models.CharField(max_length=8)
    table = models.CharField(max_length=12)
    as_of = models.DateField()
    sums = ArrayField(models.DecimalField(max_digits=40, decimal_places=0))
    squares = models.DecimalField(max_digits=40, decimal_places=0)
    answers = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "metric", "scale", "persona"], name="windowsum_once", nulls_distinct=False
            ),
            SameParent(link="subject", to="touchpoints.Subject", name="windowsum_subject_here"),
            SameParent(link="persona", to="personas.Persona", name="windowsum_persona_here"),
        ]


class Source(models.TextChoices):
    """From which question it is known what customers felt."""

    EMOTION = "emotion", _("emotion")
    SATISFACTION = "satisfaction", _("satisfaction")


class HealthScore(WorkspaceOwned):
    """The health of a subject as it stands: for all its customers (persona null) and for each persona.

    `observations`: answers, and contacts and closed visits. Beside it stands what customers felt and expected, -2 to
    +2; null where too few said so.
    """

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="scores", db_index=False, db_constraint=False)
    persona = models.ForeignKey(
        Persona, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    day = models.DateField()
    score = models.FloatField(null=True)
    sd = models.FloatField(null=True)
    evidence = models.FloatField(default=0)
    answers = models.IntegerField(default=0)
    observations = models.IntegerField(default=0)
    known = models.BooleanField(default=False)
    parts = models.JSONField(default=list)
    # Whose usual means it is drawn towards: the touchpoint's phase as the day began. Empty: the whole workspace.
    peer_group = models.CharField(max_length=13, choices=PhaseKind, blank=True, default="")
    perception = models.FloatField(null=True)
    perception_source = models.CharField(max_length=12, blank=True, choices=Source)
    expectation = models.FloatField(null=True)
    model_version = models.CharField(max_length=20)
    prior_version = models.CharField(max_length=20)
    version = models.BigIntegerField(default=1)
    last_heard = models.DateField(null=True)
    computed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "persona"], name="healthscore_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__range=(0, 100)), name="healthscore_0_to_100"
            ),
            models.CheckConstraint(
                condition=(Q(perception=None, perception_source="") | Q(perception__range=(-2, 2)))
                & (Q(expectation=None) | Q(expectation__range=(-2, 2))),
                name="healthscore_feelings_in_range",
            ),
            SameParent(link="subject", to="touchpoints.Subject", name="healthscore_subject_here"),
            SameParent(link="persona", to="personas.Persona", name="healthscore_persona_here"),
        ]


class HealthDay(WorkspaceOwned):
    """A score as it was known at the close of a local day, and what was felt, expected and easy. Never restated.

    `ease`: 0-100. `felt_kept`: not so of days that were closed before feelings were.
    """

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    persona = models.ForeignKey(
        Persona, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    day = models.DateField()
    score = models.FloatField(null=True)
    sd = models.FloatField(null=True)
    evidence = models.FloatField(default=0)
    answers = models.IntegerField(default=0)
    observations = models.IntegerField(default=0)
    known = models.BooleanField(default=False)
    perception = models.FloatField(null=True)
    perception_source = models.CharField(max_length=12, blank=True, choices=Source, default="", db_default="")
    expectation = models.FloatField(null=True)
    ease = models.FloatField(null=True)
    felt_kept = models.BooleanField(default=True, db_default=False)
    model_version = models.CharField(max_length=20)
    prior_version = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "day", "persona"], name="healthday_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=(Q(perception=None) | Q(perception__range=(-2, 2)))
                & (Q(expectation=None) | Q(expectation__range=(-2, 2)))
                & (Q(ease=None) | Q(ease__range=(0, 100))),
                name="healthday_feelings_in_range",
            ),
            SameParent(link="subject", to="touchpoints.Subject", name="healthday_subject_here"),
            SameParent(link="persona", to="personas.Persona", name="healthday_persona_here"),
        ]
