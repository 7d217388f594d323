"""Workspaces and who belongs to them."""

import zoneinfo
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workspaces.models.owned import Editable, SameParent, WorkspaceOwned, name_once
from workspaces.models.user import User


def validate_time_zone(value: str) -> None:
    """Refuse a zone that the time zone database does not know."""
    if value not in zoneinfo.available_timezones():
        raise ValidationError(_("“%(zone)s” is not a time zone, for example Europe/Berlin."), params={"zone": value})


class Role(models.IntegerChoices):
    """What a member may do; each role may do all that the ones below it may."""

    VIEWER = 10, _("Viewer")
    EDITOR = 20, _("Editor")
    ADMIN = 30, _("Admin")
    OWNER = 40, _("Owner")


class Workspace(models.Model):
    """A company's place: its language, its time, its money and its idea of good."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Berlin", validators=[validate_time_zone]
    )
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    weak_from = models.PositiveSmallIntegerField(_("weak from"), default=40)
    good_from = models.PositiveSmallIntegerField(_("good from"), default=60)
    strong_from = models.PositiveSmallIntegerField(_("strong from"), default=80)
    false_alarms = models.DecimalField(
        _("How many false alarms a month?"),
        max_digits=3,
        decimal_places=1,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal("0.1")), MaxValueValidator(Decimal(30))],
        help_text=_("of all that is watched together, 0.1 to 30: more finds a deterioration sooner"),
    )
    target = models.PositiveSmallIntegerField(
        _("usual target"), default=70, validators=[MaxValueValidator(100)], help_text=_("health to reach, 0 to 100")
    )
    discount = models.DecimalField(
        _("discount rate, % a year"),
        max_digits=4,
        decimal_places=1,
        default=Decimal(10),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("by how much money that comes a year later is worth less: costs and benefits of measures"),
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("workspace")
        verbose_name_plural = _("workspaces")
        constraints = [
            models.CheckConstraint(
                condition=Q(weak_from__gt=0, weak_from__lt=F("good_from"), good_from__lt=F("strong_from"))
                & Q(strong_from__lte=100),
                name="workspace_bands_ascend",
                violation_error_message=_("The bands must ascend: weak, good, strong, between 1 and 100."),
            ),
            models.CheckConstraint(
                condition=Q(false_alarms__range=(Decimal("0.1"), 30)), name="workspace_false_alarms_sane"
            ),
            models.CheckConstraint(condition=Q(target__lte=100), name="workspace_target_percent"),
            models.CheckConstraint(condition=Q(discount__range=(0, 100)), name="workspace_discount_sane"),
            models.CheckConstraint(condition=Q(currency__regex=r"^[A-Z]{3}$"), name="workspace_currency_code"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The zone in which this workspace's days begin."""
        return zoneinfo.ZoneInfo(self.time_zone)


WEEKDAYS = range(1, 8)  # Monday to Sunday, as ISO 8601 counts them


def mondays() -> list[int]:
    """On which weekdays a new member is told what has happened."""
    return [1]


class Membership(WorkspaceOwned):
    """A person's role in a workspace, and on which weekdays they are mailed what has happened in it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    role = models.PositiveSmallIntegerField(_("role"), choices=Role)
    version = models.PositiveIntegerField(default=1, editable=False)
    digest_days = ArrayField(models.PositiveSmallIntegerField(), default=mondays, blank=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)
    unread: int  # notices, counted by the door

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["workspace", "user"], name="membership_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(
                condition=Q(digest_days__contained_by=[*WEEKDAYS], digest_days__len__lte=len(WEEKDAYS)),
                name="membership_digest_days",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    def may(self, role: int) -> bool:
        """Whether this member has at least that role."""
        return self.role >= role


class Visit(WorkspaceOwned):
    """When a member last looked at the home page, and when the visit before this one ended: null on the first.

    `told`: what stood there that may be new the next time, in the words of whoever shows it; `told_before`: at the end
    of the visit before.
    """

    member = models.ForeignKey(Membership, models.CASCADE, related_name="+", db_index=False)
    seen_at = models.DateTimeField(editable=False)
    before = models.DateTimeField(null=True, editable=False)
    told = ArrayField(models.CharField(max_length=40), default=list, editable=False)
    told_before = ArrayField(models.CharField(max_length=40), default=list, editable=False)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["member"], name="visit_once"),
            SameParent(link="member", to="workspaces.Membership", name="visit_member_here"),
        ]


class Team(WorkspaceOwned, Editable):
    """A group that can own things."""

    name = models.CharField(_("name"), max_length=200)
    members = models.ManyToManyField(
        Membership, through="TeamMember", related_name="teams", verbose_name=_("members"), blank=True
    )

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            name_once("team_name_once", _("There is already a team of that name.")),
        ]

    def __str__(self) -> str:
        return self.name


class TeamMember(WorkspaceOwned):
    """Who is in which team."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="+")
    member = models.ForeignKey(Membership, models.CASCADE, related_name="+")

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["team", "member"], name="teammember_once"),
            SameParent(link="team", to="workspaces.Team", name="teammember_team_here"),
            SameParent(link="member", to="workspaces.Membership", name="teammember_member_here"),
        ]


class Invitation(WorkspaceOwned):
    """A link that lets one person join; only its hash is kept."""

    email = models.EmailField(_("e-mail"), max_length=254)
    role = models.PositiveSmallIntegerField(_("role"), choices=Role, default=Role.EDITOR)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    revoked_at = models.DateTimeField(_("withdrawn"), null=True)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(
                "workspace",
                Lower("email"),
                condition=Q(accepted_at=None, revoked_at=None),
                name="invitation_open_once",
                violation_error_message=_("This person already has an open invitation."),
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_known"),
        ]

    def __str__(self) -> str:
        return self.email
