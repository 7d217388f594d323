"""Whether a measure worked: what answers say of it, against touchpoints that nobody touched."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from measures.models.measure import Measure
from measures.reviewing import Lacks, Says
from touchpoints.models import Touchpoint
from workspaces.models import EARLIEST, LATEST, SameParent, WorkspaceOwned


class Verdict(models.TextChoices):
    """What is said of a measure (`measures.reviewing.verdict_of` has the rule)."""

    WORKS = Says.WORKS.value, _("works")
    PARTLY = Says.PARTLY.value, _("partly")
    NO_EFFECT = Says.NO_EFFECT.value, _("no effect")
    TOO_EARLY = Says.TOO_EARLY.value, _("too early")


class Missing(models.TextChoices):
    """Why it is too early for a verdict."""

    WEEKS = Lacks.WEEKS.value, _("eight weeks are not over")
    ANSWERS = Lacks.ANSWERS.value, _("fewer than 30 answers before or since")
    CONTROLS = Lacks.CONTROLS.value, _("no untouched touchpoint to compare with")


class Review(WorkspaceOwned):
    """What a measure changed since customers meet it, as of the close of the day `until`.

    It is told anew each night, until it is closed: then it stays as it is, and `closed_at` says since when. Points are
    of health, 0-100. `before`: drawn towards what is usual; `asked_before`: as answered. `effect`: the change less that
    of the untouched, with its 95 % interval `low`-`high`; null while it is too early. `expected`: what the measure was
    to bring, null where nobody said. `workings`: all that the page shows of how it came about.
    """

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="reviews")
    live_on = models.DateField()
    until = models.DateField()
    verdict = models.CharField(max_length=9, choices=Verdict)
    missing = models.CharField(max_length=8, choices=Missing, blank=True)
    before = models.FloatField(null=True)
    asked_before = models.FloatField(null=True)
    effect = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    expected = models.FloatField(null=True, validators=[MinValueValidator(0), MaxValueValidator(100)])
    answers_before = models.PositiveIntegerField(default=0)
    answers_since = models.PositiveIntegerField(default=0)
    workings = models.JSONField(default=dict)
    controls = models.ManyToManyField(Touchpoint, through="Control", related_name="+")
    chosen_by_hand = models.BooleanField(default=False)
    told_at = models.DateTimeField(null=True)  # that it is due
    computed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta(WorkspaceOwned.Meta):
        ordering = ["-id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["measure"], condition=Q(closed_at=None), name="review_one_open"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="review_verdict_known"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.TOO_EARLY, missing__in=Missing.values)
                | ~Q(verdict=Verdict.TOO_EARLY)
                & Q(missing="", before__isnull=False, effect__isnull=False, low__isnull=False, high__isnull=False),
                name="review_verdict_has_figures",
            ),
            models.CheckConstraint(
                condition=Q(effect=None) | Q(low__lte=F("effect"), high__gte=F("effect")), name="review_interval_holds"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | ~Q(verdict=Verdict.TOO_EARLY), name="review_closed_has_verdict"
            ),
            models.CheckConstraint(
                condition=Q(live_on__range=(EARLIEST, LATEST), until__range=(EARLIEST, LATEST)), name="review_days_sane"
            ),
            SameParent(link="measure", to="measures.Measure", name="review_measure_here"),
        ]

    @property
    def is_closed(self) -> bool:
        """Whether it stays as it is."""
        return self.closed_at is not None


class Control(WorkspaceOwned):
    """An untouched touchpoint with which a review compares."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="+")
    touchpoint = models.ForeignKey(Touchpoint, models.CASCADE, related_name="+")

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["review", "touchpoint"], name="control_once"),
            SameParent(link="review", to="measures.Review", name="control_review_here"),
            SameParent(link="touchpoint", to="touchpoints.Touchpoint", name="control_touchpoint_here"),
        ]
