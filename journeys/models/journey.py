"""Journeys, their five phases, and where touchpoints stand on them."""

from collections.abc import Iterable
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from personas.models import Persona
from touchpoints.models import PhaseKind, Subject, Touchpoint
from workspaces.models import EARLIEST, LATEST, OWNER, Editable, Membership, SameParent, Team, WorkspaceOwned


class Category(models.TextChoices):
    """Which part of a customer's life with the company a journey tells."""

    ONBOARDING = "onboarding", _("onboarding")
    MAINTENANCE = "maintenance", _("maintenance")
    USE = "use", _("use")
    RENEWAL = "renewal", _("renewal")


class Standing(models.TextChoices):
    """Whether the journey shows today or the plan."""

    AS_IS = "as_is", _("as is")
    TO_BE = "to_be", _("to be")


class Journey(WorkspaceOwned, Editable):
    """A customer's way through five phases. Every change of its map raises `revision`.

    With a parent it is a sub-journey: it tells in more detail what a touchpoint or phase of another journey tells.
    """

    subject = models.OneToOneField(Subject, models.PROTECT, related_name="journey", editable=False)
    name = models.CharField(_("name"), max_length=200)
    note = models.CharField(_("in short"), max_length=500, blank=True)
    category = models.CharField(_("category"), max_length=11, choices=Category, default=Category.USE)
    standing = models.CharField(_("standing"), max_length=5, choices=Standing, default=Standing.AS_IS)
    personas = models.ManyToManyField(
        Persona, through="JourneyPersona", related_name="+", verbose_name=_("personas"), blank=True
    )
    owner_team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("team that owns it")
    )
    owner_member = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("member who owns it")
    )
    owner = OWNER
    review_date = models.DateField(
        _("review on"), null=True, blank=True, validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    )
    parent_placement = models.ForeignKey(
        "Placement", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("opened at touchpoint")
    )
    parent_phase = models.ForeignKey(
        "Phase", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("opened at phase")
    )
    revision = models.BigIntegerField(default=0, editable=False)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("journey")
        verbose_name_plural = _("journeys")
        ordering = ["name", "id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.CheckConstraint(condition=Q(category__in=Category.values), name="journey_category_known"),
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="journey_standing_known"),
            models.CheckConstraint(
                condition=Q(owner_team=None) | Q(owner_member=None),
                name="journey_one_owner",
                violation_error_message=_("Choose a team or a member as owner, not both."),
            ),
            models.CheckConstraint(
                condition=Q(review_date__isnull=True) | Q(review_date__range=(EARLIEST, LATEST)),
                name="journey_review_date_sane",
            ),
            models.CheckConstraint(
                condition=Q(parent_placement=None) | Q(parent_phase=None),
                name="journey_one_parent",
            ),
            models.UniqueConstraint(
                fields=["parent_placement"],
                condition=Q(archived_at=None),
                name="journey_parent_placement_once",
            ),
            models.UniqueConstraint(
                fields=["parent_phase"],
                condition=Q(archived_at=None),
                name="journey_parent_phase_once",
            ),
            # That journeys go no way in a circle, and how deep, a trigger sees to: journeys_in_a_tree.
            SameParent(link="parent_placement", to="journeys.Placement", name="journey_parent_placement_here"),
            SameParent(link="parent_phase", to="journeys.Phase", name="journey_parent_phase_here"),
            SameParent(link="subject", to="touchpoints.Subject", name="journey_subject_here"),
            SameParent(link="owner_team", to="workspaces.Team", name="journey_owner_team_here"),
            SameParent(link="owner_member", to="workspaces.Membership", name="journey_owner_member_here"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def edition(self) -> int:
        """The version of all that a journey's form shows: its own and its phases', none of which ever falls."""
        phases: Iterable[Phase] = self.phases.all()
        return self.version + sum(phase.version for phase in phases)

    @property
    def parent(self) -> "Placement | Phase | None":
        """The touchpoint or phase of which it tells in more detail, whatever has become of that."""
        at: Placement | Phase | None = self.parent_placement or self.parent_phase
        return at

    @property
    def opened_at(self) -> "Placement | Phase | None":
        """The touchpoint or phase that opens it, as long as that stands on a journey that is kept."""
        at: Any = self.parent
        gone = at is None or at.journey.archived_at or getattr(at, "archived_at", None)
        return None if gone else at

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete it with its subject, and so with its health; refused as long as answers speak of it."""
        with transaction.atomic():
            gone = super().delete(*args, **kwargs)
            self.subject.delete()
        return gone


class JourneyPersona(WorkspaceOwned):
    """Whom a journey is drawn for."""

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="+")
    persona = models.ForeignKey(Persona, models.PROTECT, related_name="+")

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["journey", "persona"], name="journeypersona_once"),
            SameParent(link="journey", to="journeys.Journey", name="journeypersona_journey_here"),
            SameParent(link="persona", to="personas.Persona", name="journeypersona_persona_here"),
        ]


class Phase(WorkspaceOwned):
    """One of the five phases of a journey; it keeps its identity when the team gives it another name."""

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="phases")
    kind = models.CharField(max_length=13, choices=PhaseKind)
    position = models.PositiveSmallIntegerField()
    label = models.CharField(_("label"), max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["position"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["journey", "id"], name="phase_journey_id"),
            models.UniqueConstraint(fields=["journey", "kind"], name="phase_kind_once"),
            models.UniqueConstraint(fields=["journey", "position"], name="phase_position_once"),
            models.CheckConstraint(condition=Q(kind__in=PhaseKind.values), name="phase_kind_known"),
            SameParent(link="journey", to="journeys.Journey", name="phase_journey_here"),
        ]

    def __str__(self) -> str:
        return self.label or str(PhaseKind(self.kind).label)


def feeling(label: Any) -> "models.DecimalField[Any, Any]":
    """A feeling from -2 (frustrated) to +2 (delighted), in tenths."""
    return models.DecimalField(
        label,
        max_digits=2,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(-2), MaxValueValidator(2)],
        help_text=_("-2 (frustrated) to +2 (delighted)"),
    )


class Placement(WorkspaceOwned, Editable):
    """A touchpoint's place on one journey. Positions in a phase are dense from 0; archived ones have none."""

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="placements")
    phase = models.ForeignKey(Phase, models.CASCADE, related_name="placements", verbose_name=_("phase"))
    touchpoint = models.ForeignKey(Touchpoint, models.PROTECT, related_name="placements")
    position = models.PositiveIntegerField(null=True, editable=False)
    moment_of_truth = models.BooleanField(_("moment of truth"), default=False)
    share = models.PositiveSmallIntegerField(
        _("share of customers who pass, %"), default=100, validators=[MaxValueValidator(100)]
    )
    alternative_group = models.CharField(
        _("alternative group"),
        max_length=40,
        blank=True,
        help_text=_("touchpoints of one group are either/or, such as app and ticket machine"),
    )
    customer_action = models.CharField(_("customer does"), max_length=500, blank=True)
    quote = models.CharField(_("quote"), max_length=500, blank=True)
    expectation = feeling(_("expectation"))
    assumed_emotion = feeling(_("assumed emotion"))
    backstage = models.CharField(_("backstage"), max_length=500, blank=True)

    class Meta(WorkspaceOwned.Meta):
        ordering = ["phase__position", "position"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["journey", "id"], name="placement_journey_id"),
            models.UniqueConstraint(
                fields=["phase", "position"], name="placement_position_once", deferrable=Deferrable.DEFERRED
            ),
            models.UniqueConstraint(
                fields=["journey", "touchpoint"],
                condition=Q(archived_at=None),
                name="placement_touchpoint_once",
                violation_error_message=_("This touchpoint already stands on this journey."),
            ),
            models.CheckConstraint(
                condition=Q(archived_at=None, position__isnull=False) | Q(archived_at__isnull=False, position=None),
                name="placement_position_while_kept",
            ),
            models.CheckConstraint(condition=Q(share__lte=100), name="placement_share_percent"),
            models.CheckConstraint(
                condition=(Q(expectation=None) | Q(expectation__range=(-2, 2)))
                & (Q(assumed_emotion=None) | Q(assumed_emotion__range=(-2, 2))),
                name="placement_feelings_in_range",
            ),
            SameParent(link="journey", to="journeys.Journey", name="placement_journey_here"),
            SameParent(link="phase", to="journeys.Phase", name="placement_phase_here"),
            SameParent(link="phase", to="journeys.Phase", shared="journey", name="placement_phase_of_journey"),
            SameParent(link="touchpoint", to="touchpoints.Touchpoint", name="placement_touchpoint_here"),
        ]

    def __str__(self) -> str:
        return str(self.touchpoint)
