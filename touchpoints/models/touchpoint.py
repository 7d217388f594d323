"""The library: every place where a customer meets the company, and what can be measured."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workspaces.models import OWNER, Editable, Membership, SameParent, Team, Thread, WorkspaceOwned, name_once


class PhaseKind(models.TextChoices):
    """The five phases of every journey, in their order."""

    AWARENESS = "awareness", _("Awareness")
    CONSIDERATION = "consideration", _("Consideration")
    PURCHASE = "purchase", _("Purchase")
    RETENTION = "retention", _("Retention")
    ADVOCACY = "advocacy", _("Advocacy")


class SubjectKind(models.TextChoices):
    """What kind of thing is measured."""

    TOUCHPOINT = "touchpoint", _("touchpoint")
    JOURNEY = "journey", _("journey")
    WORKSPACE = "workspace", _("workspace")


class Subject(WorkspaceOwned):
    """Something customers answer about. Touchpoints and journeys point at theirs; the workspace itself has one."""

    kind = models.CharField(max_length=10, choices=SubjectKind)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=SubjectKind.values), name="subject_kind_known"),
            models.UniqueConstraint(
                fields=["workspace"], condition=Q(kind=SubjectKind.WORKSPACE), name="subject_workspace_once"
            ),
        ]


class Channel(WorkspaceOwned, Editable):
    """A way by which customers are reached: app, counter, hotline."""

    name = models.CharField(_("name"), max_length=200)
    icon = models.CharField(_("icon"), max_length=40, default="circle-dot")

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["name", "id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            name_once("channel_name_once", _("There is already a channel of that name.")),
        ]

    def __str__(self) -> str:
        return self.name


class Contact(models.TextChoices):
    """Whom the customer meets."""

    DIGITAL = "digital", _("digital")
    PERSONAL = "personal", _("personal")


class Directness(models.TextChoices):
    """Whether the company itself speaks, or someone else about it."""

    DIRECT = "direct", _("direct")
    INDIRECT = "indirect", _("indirect")


class Device(models.TextChoices):
    """What the customer holds in hand."""

    PHONE = "phone", _("phone")
    TABLET = "tablet", _("tablet")
    COMPUTER = "computer", _("computer")
    TERMINAL = "terminal", _("terminal")
    OTHER = "other", _("other device")


class Touchpoint(WorkspaceOwned, Editable):
    """One point of contact. It may stand on many journeys; its health is one."""

    subject = models.OneToOneField(Subject, models.PROTECT, related_name="touchpoint", editable=False)
    thread = models.OneToOneField(
        Thread, models.SET_NULL, null=True, blank=True, related_name="touchpoint", editable=False
    )
    name = models.CharField(_("name"), max_length=200)
    note = models.CharField(_("note"), max_length=10_000, blank=True)
    channel = models.ForeignKey(
        Channel, models.PROTECT, null=True, blank=True, related_name="touchpoints", verbose_name=_("channel")
    )
    contact = models.CharField(_("contact"), max_length=8, choices=Contact, default=Contact.DIGITAL)
    directness = models.CharField(_("directness"), max_length=8, choices=Directness, default=Directness.DIRECT)
    device = models.CharField(_("device"), max_length=8, choices=Device, blank=True)
    owner_team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("team that owns it")
    )
    owner_member = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("member who owns it")
    )
    owner = OWNER
    importance = models.PositiveSmallIntegerField(
        _("importance"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text=_("1 (minor) to 5 (decisive)"),
    )
    target = models.PositiveSmallIntegerField(
        _("target"), default=70, validators=[MaxValueValidator(100)], help_text=_("health to reach, 0 to 100")
    )
    # Written down from above by a placement: the phase in which most journeys have it. Priors are fitted by it.
    peer_group = models.CharField(max_length=13, choices=PhaseKind, blank=True, editable=False)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("touchpoint")
        verbose_name_plural = _("touchpoints")
        ordering = ["name", "id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            name_once("touchpoint_name_once", _("There is already a touchpoint of that name.")),
            models.CheckConstraint(condition=Q(importance__range=(1, 5)), name="touchpoint_importance_1_to_5"),
            models.CheckConstraint(condition=Q(target__lte=100), name="touchpoint_target_percent"),
            models.CheckConstraint(condition=Q(contact__in=Contact.values), name="touchpoint_contact_known"),
            models.CheckConstraint(condition=Q(directness__in=Directness.values), name="touchpoint_directness_known"),
            models.CheckConstraint(condition=Q(device__in=["", *Device.values]), name="touchpoint_device_known"),
            models.CheckConstraint(
                condition=Q(owner_team=None) | Q(owner_member=None),
                name="touchpoint_one_owner",
                violation_error_message=_("Choose a team or a member as owner, not both."),
            ),
            SameParent(link="subject", to="touchpoints.Subject", name="touchpoint_subject_here"),
            SameParent(link="thread", to="workspaces.Thread", name="touchpoint_thread_here"),
            SameParent(link="channel", to="touchpoints.Channel", name="touchpoint_channel_here"),
            SameParent(link="owner_team", to="workspaces.Team", name="touchpoint_owner_team_here"),
            SameParent(link="owner_member", to="workspaces.Membership", name="touchpoint_owner_member_here"),
        ]

    def __str__(self) -> str:
        return self.name

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete it with its subject, and so its health, and with what was said; refused while answers speak of it."""
        with transaction.atomic():
            gone = super().delete(*args, **kwargs)
            self.subject.delete()
            if self.thread:
                self.thread.delete()
        return gone
