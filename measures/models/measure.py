"""What is done about it: a measure from the idea to its review."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.models import Case, Insight
from measures.models.opportunity import Opportunity
from personas.models import Persona
from touchpoints.models import Alarm, Touchpoint
from workspaces.models import (
    EARLIEST,
    LATEST,
    OWNER,
    ApiToken,
    Editable,
    Membership,
    SameParent,
    Team,
    Thread,
    User,
    WorkspaceOwned,
)

ORIGINS = ("opportunity", "insight", "case", "alarm")


class MeasureKind(models.TextChoices):
    """What is changed."""

    TRAINING = "training", _("training")
    PROCESS = "process", _("process")
    TECHNICAL = "technical", _("technical")
    COMMUNICATION = "communication", _("communication")
    COMMERCIAL = "commercial", _("commercial")


class Status(models.TextChoices):
    """How far a measure is, in this order; dropped from wherever it was."""

    IDEA = "idea", _("idea")
    ASSESSED = "assessed", _("assessed")
    IN_PROGRESS = "in_progress", _("in progress")
    LIVE = "live", _("live")
    REVIEWED = "reviewed", _("reviewed")
    DROPPED = "dropped", _("dropped")


UNDER_WAY = (Status.IDEA, Status.ASSESSED, Status.IN_PROGRESS, Status.LIVE)
DECIDED = (Status.IN_PROGRESS, Status.LIVE, Status.REVIEWED)
FELT = (Status.LIVE, Status.REVIEWED)  # by customers


def a_day(label: Any) -> Any:
    """A day that may be unknown."""
    return models.DateField(
        label, null=True, blank=True, validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    )


def an_amount(label: Any) -> Any:
    """Minor units of the workspace's currency; null is unknown, which is not 0."""
    return models.PositiveBigIntegerField(label, null=True, blank=True)


class Measure(WorkspaceOwned, Editable):
    """Something that is done for customers at some touchpoints.

    Of what it was born: an opportunity, an insight, a case or an alarm; none where somebody had the idea at the
    touchpoint itself. `decider`: who decides. `starts_on`: when it is meant to begin; `live_on`: since when customers
    meet it. `once`, `yearly`: what it costs. `years`: over how many it is looked at. `points`: of health, expected.
    """

    title = models.CharField(_("title"), max_length=200)
    note = models.CharField(_("note"), max_length=10_000, blank=True)
    kind = models.CharField(_("kind"), max_length=13, choices=MeasureKind, default=MeasureKind.PROCESS)
    status = models.CharField(_("status"), max_length=11, choices=Status, default=Status.IDEA, editable=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True, editable=False)
    opportunity = models.ForeignKey(
        Opportunity, models.SET_NULL, null=True, blank=True, related_name="measures", verbose_name=_("opportunity")
    )
    insight = models.ForeignKey(Insight, models.SET_NULL, null=True, blank=True, related_name="measures")
    case = models.ForeignKey(Case, models.SET_NULL, null=True, blank=True, related_name="measures")
    alarm = models.ForeignKey(Alarm, models.SET_NULL, null=True, blank=True, related_name="measures")
    touchpoints = models.ManyToManyField(
        Touchpoint, through="MeasureTouchpoint", related_name="measures", verbose_name=_("touchpoints")
    )
    personas = models.ManyToManyField(
        Persona, through="MeasurePersona", related_name="measures", verbose_name=_("personas"), blank=True
    )
    owner_team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("team that owns it")
    )
    owner_member = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("member who owns it")
    )
    owner = OWNER
    decider = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who decides")
    )
    decide_on = a_day(_("decision on"))
    starts_on = a_day(_("start on"))
    live_on = a_day(_("live since"))
    once = an_amount(_("cost, once"))
    yearly = an_amount(_("cost a year"))
    years = models.PositiveSmallIntegerField(
        _("years"), default=3, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    points = models.DecimalField(
        _("expected health points"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("by how much the health of its touchpoints rises"),
    )
    thread = models.OneToOneField(Thread, models.SET_NULL, null=True, related_name="measure", editable=False)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["-id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=MeasureKind.values), name="measure_kind_known"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="measure_status_known"),
            models.CheckConstraint(condition=Q(years__range=(1, 20)), name="measure_years_sane"),
            models.CheckConstraint(condition=Q(points=None) | Q(points__range=(0, 100)), name="measure_points_percent"),
            models.CheckConstraint(
                condition=Q(status=Status.DROPPED) & ~Q(reason="") | ~Q(status=Status.DROPPED) & Q(reason=""),
                name="measure_dropped_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(status__in=(Status.IDEA, Status.DROPPED)) | Q(once__isnull=False, yearly__isnull=False),
                name="measure_assessed_has_costs",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(Status.LIVE, Status.REVIEWED)) | Q(live_on__isnull=False),
                name="measure_live_since",
            ),
            models.CheckConstraint(
                condition=Q(owner_team=None) | Q(owner_member=None),
                name="measure_one_owner",
                violation_error_message=_("Choose a team or a member as owner, not both."),
            ),
            SameParent(link="opportunity", to="measures.Opportunity", name="measure_opportunity_here"),
            SameParent(link="insight", to="feedback.Insight", name="measure_insight_here"),
            SameParent(link="case", to="feedback.Case", name="measure_case_here"),
            SameParent(link="alarm", to="touchpoints.Alarm", name="measure_alarm_here"),
            SameParent(link="owner_team", to="workspaces.Team", name="measure_owner_team_here"),
            SameParent(link="owner_member", to="workspaces.Membership", name="measure_owner_member_here"),
            SameParent(link="decider", to="workspaces.Membership", name="measure_decider_here"),
            SameParent(link="thread", to="workspaces.Thread", name="measure_thread_here"),
        ]
        indexes = [
            models.Index(fields=["workspace", "status"], condition=Q(archived_at=None), name="measure_by_status")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_costed(self) -> bool:
        """Whether it is known what it costs."""
        return self.once is not None and self.yearly is not None


class MeasureTouchpoint(WorkspaceOwned):
    """A touchpoint at which a measure is meant to be felt."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="+")
    touchpoint = models.ForeignKey(Touchpoint, models.CASCADE, related_name="+")

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["measure", "touchpoint"], name="measuretouchpoint_once"),
            SameParent(link="measure", to="measures.Measure", name="measuretouchpoint_measure_here"),
            SameParent(link="touchpoint", to="touchpoints.Touchpoint", name="measuretouchpoint_touchpoint_here"),
        ]


class MeasurePersona(WorkspaceOwned):
    """A persona for whom a measure is meant."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="+")
    persona = models.ForeignKey(Persona, models.CASCADE, related_name="+")

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["measure", "persona"], name="measurepersona_once"),
            SameParent(link="measure", to="measures.Measure", name="measurepersona_measure_here"),
            SameParent(link="persona", to="personas.Persona", name="measurepersona_persona_here"),
        ]


class Step(WorkspaceOwned):
    """A measure that went from one status to another: who decided it, when, and why. It stays as it was written."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="steps")
    came_from = models.CharField(max_length=11, choices=Status, blank=True)
    went_to = models.CharField(max_length=11, choices=Status)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    token = models.ForeignKey(ApiToken, models.SET_NULL, null=True, related_name="+", db_index=False)

    class Meta(WorkspaceOwned.Meta):
        ordering = ["-at", "-id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.CheckConstraint(condition=Q(went_to__in=Status.values), name="step_status_known"),
            SameParent(link="measure", to="measures.Measure", name="step_measure_here"),
            SameParent(link="token", to="workspaces.ApiToken", name="step_token_here"),
        ]

    @property
    def by(self) -> User | ApiToken | None:
        """Who decided it, as far as they are still known."""
        return self.actor or self.token
