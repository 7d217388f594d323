"""The people inside and around the company on whom improvement depends: how much they may, and how they stand to it."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workspaces.models import EARLIEST, LATEST, ApiToken, Editable, Membership, SameParent, User, WorkspaceOwned

MOST = 100
BORDER = 50  # from here on influence or support is high
PERCENT = (0, MOST)
WITHIN = [MinValueValidator(0), MaxValueValidator(MOST)]
DAYS = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]


class Quadrant(models.TextChoices):
    """What somebody is to the programme by influence and support: derived, never stored."""

    GATEKEEPER = "gatekeeper", _("gatekeeper")
    CHAMPION = "champion", _("champion")
    BYSTANDER = "bystander", _("bystander")
    SUPPORTER = "supporter", _("supporter")


def quadrant_of(influence: int, support: int) -> Quadrant:
    """The quadrant of that influence and support, both from 0 to 100. The border belongs to the higher side."""
    if influence >= BORDER:
        return Quadrant.CHAMPION if support >= BORDER else Quadrant.GATEKEEPER
    return Quadrant.SUPPORTER if support >= BORDER else Quadrant.BYSTANDER


class Stakeholder(WorkspaceOwned, Editable):
    """A person or group with a say in what is done. Who may see one is said by `personas.access` alone.

    `role`: short, such as “Controlling” or “14 dispatchers”. `influence`, `support`: 0 to 100. The goal is all of where
    and by when, or none of it. `named_only`: only those in `named` see it, of whom `made_by` is one while a member.
    """

    # The audit trail is read by admins, who may not see all of them: there they are numbers.
    named_in_trail: ClassVar[bool] = False

    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=200, blank=True, help_text=_("“Controlling”, “14 dispatchers”"))
    influence = models.PositiveSmallIntegerField(_("influence"), default=BORDER, validators=WITHIN)
    support = models.PositiveSmallIntegerField(_("support"), default=BORDER, validators=WITHIN)
    interests = models.CharField(_("what matters to them"), max_length=10_000, blank=True)
    goal_influence = models.PositiveSmallIntegerField(_("goal: influence"), null=True, blank=True, validators=WITHIN)
    goal_support = models.PositiveSmallIntegerField(_("goal: support"), null=True, blank=True, validators=WITHIN)
    goal_on = models.DateField(_("goal: by"), null=True, blank=True, validators=DAYS)
    named_only = models.BooleanField(_("only named people see it"), default=False)
    named = models.ManyToManyField(
        Membership, through="StakeholderReader", related_name="+", verbose_name=_("who sees it"), blank=True
    )
    made_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+", editable=False)
    names_nobody: bool  # whether all whom it names have left, said by `personas.access`

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("stakeholder")
        verbose_name_plural = _("stakeholders")
        ordering = ["name", "id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.CheckConstraint(condition=Q(influence__range=PERCENT), name="stakeholder_influence_percent"),
            models.CheckConstraint(condition=Q(support__range=PERCENT), name="stakeholder_support_percent"),
            models.CheckConstraint(
                condition=Q(goal_influence=None, goal_support=None, goal_on=None)
                | Q(
                    goal_influence__range=PERCENT,
                    goal_support__range=PERCENT,
                    goal_on__range=(EARLIEST, LATEST),
                    goal_influence__isnull=False,
                    goal_support__isnull=False,
                    goal_on__isnull=False,
                ),
                name="stakeholder_goal_whole",
                violation_error_message=_("A goal is influence, support and a day, or none of them."),
            ),
            SameParent(link="made_by", to="workspaces.Membership", name="stakeholder_made_by_here"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def quadrant(self) -> Quadrant:
        """What they are to the programme today."""
        return quadrant_of(self.influence, self.support)


class StakeholderReader(WorkspaceOwned):
    """A member who sees a stakeholder that only named people see."""

    stakeholder = models.ForeignKey(Stakeholder, models.CASCADE, related_name="+")
    member = models.ForeignKey(Membership, models.CASCADE, related_name="+")

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["stakeholder", "member"], name="stakeholderreader_once"),
            SameParent(link="stakeholder", to="personas.Stakeholder", name="stakeholderreader_stakeholder_here"),
            SameParent(link="member", to="workspaces.Membership", name="stakeholderreader_member_here"),
        ]


class StakeholderPosition(WorkspaceOwned):
    """Where somebody was put, when, and by whom: the first when they were entered, then one for each move."""

    stakeholder = models.ForeignKey(Stakeholder, models.CASCADE, related_name="positions")
    influence = models.PositiveSmallIntegerField(_("influence"))
    support = models.PositiveSmallIntegerField(_("support"))
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    token = models.ForeignKey(ApiToken, models.SET_NULL, null=True, related_name="+", db_index=False)

    class Meta(WorkspaceOwned.Meta):
        ordering = ["-at", "-id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(influence__range=PERCENT, support__range=PERCENT), name="stakeholderposition_percent"
            ),
            SameParent(link="stakeholder", to="personas.Stakeholder", name="stakeholderposition_stakeholder_here"),
            SameParent(link="token", to="workspaces.ApiToken", name="stakeholderposition_token_here"),
        ]

    @property
    def by(self) -> User | ApiToken | None:
        """Who put them there, as far as they are still known."""
        return self.actor or self.token

    @property
    def quadrant(self) -> Quadrant:
        """What they were then."""
        return quadrant_of(self.influence, self.support)


class NextStep(WorkspaceOwned, Editable):
    """What is done next to win somebody. `with_whom`: who helps; `done_at`: null while it is still to be done."""

    named_in_trail: ClassVar[bool] = False

    stakeholder = models.ForeignKey(Stakeholder, models.CASCADE, related_name="steps")
    text = models.CharField(_("next step"), max_length=500)
    with_whom = models.CharField(_("with"), max_length=200, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True, validators=DAYS)
    done_at = models.DateTimeField(_("done"), null=True, blank=True, editable=False)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("next step")
        verbose_name_plural = _("next steps")
        ordering = ["due_on", "id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__range=(EARLIEST, LATEST)), name="nextstep_due_on_sane"
            ),
            SameParent(link="stakeholder", to="personas.Stakeholder", name="nextstep_stakeholder_here"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def done(self) -> bool:
        """Whether it is."""
        return self.done_at is not None
