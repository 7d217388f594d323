"""Customers who complained, one by one: who looks after each of them, until when, and what became of it."""

import datetime
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from feedback.models.answers import Response
from touchpoints.models import Subject
from workspaces import clock
from workspaces.models import OWNER, Editable, Membership, SameParent, Team, Thread, WorkspaceOwned


class Severity(models.IntegerChoices):
    """How bad it is for the customer."""

    MINOR = 1, _("minor")
    SERIOUS = 2, _("serious")
    SEVERE = 3, _("severe")


class CaseCause(models.TextChoices):
    """Why a case was opened."""

    COMPLAINT = "complaint", _("complaint")
    LOW = "low", _("lowest score, with a comment")
    MARK = "mark", _("marked as a complaint")


class CaseState(models.TextChoices):
    """How far a case is."""

    OPEN = "open", _("open")
    IN_HAND = "in_hand", _("in hand")
    CLOSED = "closed", _("closed")
    DISMISSED = "dismissed", _("no complaint")


UNDER_WAY = (CaseState.OPEN, CaseState.IN_HAND)


class Play(models.TextChoices):
    """What is done for the customer. A workspace's rule has a limit of the cost of each, by the same name."""

    CALL = "call", _("call back")
    REFUND = "refund", _("refund")
    DISCOUNT = "discount", _("discount")
    APOLOGY = "apology", _("apology")
    REPAIR = "repair", _("repair")


class Recovery(models.TextChoices):
    """What became of the customer."""

    RECOVERED = "recovered", _("recovered")
    LOST = "lost", _("not recovered")
    UNREACHABLE = "unreachable", _("could not be reached")


class Case(WorkspaceOwned, Editable):
    """A complaint that is looked after. It began with one answer, and with one only once.

    No `response`: the answer was taken back since. `due_at`: the deadline, by `severity`. `limit` and `cost`: of the
    play, in minor units of the workspace's currency. `reason`: why it is no complaint. `closed_at`: when it came to its
    end, dismissed or not. `told_at` and `overdue_told_at`: when those whom it concerns were told.
    """

    response = models.OneToOneField(Response, models.SET_NULL, null=True, related_name="case", db_constraint=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    thread = models.OneToOneField(Thread, models.SET_NULL, null=True, related_name="case", editable=False)
    cause = models.CharField(_("cause"), max_length=9, choices=CaseCause)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Severity, default=Severity.MINOR)
    state = models.CharField(_("state"), max_length=9, choices=CaseState, default=CaseState.OPEN)
    opened_at = models.DateTimeField(_("opened"), editable=False)
    due_at = models.DateTimeField(_("due"), editable=False)
    owner_team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("team that looks after it")
    )
    owner_member = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who looks after it")
    )
    owner = OWNER
    play = models.CharField(_("what is done"), max_length=8, choices=Play, blank=True)
    limit = models.PositiveBigIntegerField(_("limit"), null=True, blank=True, editable=False)
    cost = models.PositiveBigIntegerField(_("cost"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=11, choices=Recovery, blank=True)
    customer_told_at = models.DateTimeField(_("customer told"), null=True, editable=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)
    overdue_told_at = models.DateTimeField(null=True, editable=False)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-opened_at", "-id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.CheckConstraint(condition=Q(cause__in=CaseCause.values), name="case_cause_known"),
            models.CheckConstraint(condition=Q(severity__in=Severity.values), name="case_severity_known"),
            models.CheckConstraint(condition=Q(play__in=["", *Play.values]), name="case_play_known"),
            models.CheckConstraint(condition=Q(outcome__in=["", *Recovery.values]), name="case_outcome_known"),
            models.CheckConstraint(
                condition=Q(state__in=UNDER_WAY, closed_at=None, outcome="", reason="")
                | Q(state=CaseState.CLOSED, closed_at__isnull=False, reason="") & ~Q(outcome="")
                | Q(state=CaseState.DISMISSED, closed_at__isnull=False, outcome="") & ~Q(reason=""),
                name="case_ends_with_its_outcome",
            ),
            models.CheckConstraint(
                condition=Q(limit=None) | Q(cost=None) | Q(cost__lte=F("limit")),
                name="case_cost_within_limit",
                violation_error_message=_("That is more than may be spent on this. An admin can raise the limit."),
            ),
            models.CheckConstraint(
                condition=Q(owner_team=None) | Q(owner_member=None),
                name="case_one_owner",
                violation_error_message=_("Choose a team or a member, not both."),
            ),
            SameParent(link="response", to="feedback.Response", name="case_response_here"),
            SameParent(link="subject", to="touchpoints.Subject", name="case_subject_here"),
            SameParent(link="thread", to="workspaces.Thread", name="case_thread_here"),
            SameParent(link="owner_team", to="workspaces.Team", name="case_owner_team_here"),
            SameParent(link="owner_member", to="workspaces.Membership", name="case_owner_member_here"),
        ]
        indexes = [
            models.Index(fields=["subject", "state"], name="case_by_subject"),
            models.Index(fields=["workspace", "due_at"], condition=Q(state__in=UNDER_WAY), name="case_under_way"),
            models.Index(fields=["workspace", "closed_at"], condition=Q(closed_at__isnull=False), name="case_ended"),
            models.Index(fields=["id"], condition=Q(told_at=None), name="case_untold"),
            models.Index(
                fields=["due_at"], condition=Q(state__in=UNDER_WAY, overdue_told_at=None), name="case_overdue_untold"
            ),
        ]

    def __str__(self) -> str:
        return _("Case %(number)s") % {"number": self.pk}

    @property
    def is_under_way(self) -> bool:
        """Whether something is left to be done."""
        return self.state in UNDER_WAY

    @property
    def is_overdue(self) -> bool:
        """Whether it should have come to an end by now."""
        return self.is_under_way and self.due_at <= clock.now()

    @property
    def lasted(self) -> datetime.timedelta:
        """From its opening to its end, or until now."""
        return (self.closed_at or clock.now()) - self.opened_at


def a_limit(label: Any) -> Any:
    """What a play may cost at most, in minor units; null: as much as it takes."""
    return models.PositiveBigIntegerField(label, null=True, blank=True)


class CaseRule(WorkspaceOwned):
    """When a workspace opens cases, how long they may take, and what may be spent. Without a row the defaults hold.

    Hours are from the opening to the deadline, by severity. `low_scores`: answers in the lowest fifth of their scale
    that come with a comment open one. `days`: how old what was experienced may be. `imports`: answers of files, too.
    """

    minor_hours = models.PositiveSmallIntegerField(
        _("minor"), default=72, validators=[MinValueValidator(1), MaxValueValidator(2000)]
    )
    serious_hours = models.PositiveSmallIntegerField(
        _("serious"), default=24, validators=[MinValueValidator(1), MaxValueValidator(2000)]
    )
    severe_hours = models.PositiveSmallIntegerField(
        _("severe"), default=4, validators=[MinValueValidator(1), MaxValueValidator(2000)]
    )
    low_scores = models.BooleanField(
        _("the lowest scores open a case, too"),
        default=True,
        help_text=_("where a comment comes with them: NPS 0 and 1, and the worst answer on every other scale"),
    )
    days = models.PositiveSmallIntegerField(
        _("days"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("what was experienced longer ago opens no case"),
    )
    imports = models.BooleanField(
        _("imported files open cases, too"), default=False, help_text=_("of what was experienced within these days")
    )
    call = a_limit(Play.CALL.label)
    refund = a_limit(Play.REFUND.label)
    discount = a_limit(Play.DISCOUNT.label)
    apology = a_limit(Play.APOLOGY.label)
    repair = a_limit(Play.REPAIR.label)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("rule of cases")
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["workspace"], name="caserule_once"),
            models.CheckConstraint(
                condition=Q(minor_hours__range=(1, 2000), serious_hours__range=(1, 2000), severe_hours__range=(1, 2000))
                & Q(days__range=(1, 365)),
                name="caserule_sane",
            ),
        ]

    def hours(self, severity: int) -> datetime.timedelta:
        """How long a case of that severity may take."""
        by_severity = {1: self.minor_hours, 2: self.serious_hours, 3: self.severe_hours}
        return datetime.timedelta(hours=by_severity[severity])

    def limit(self, play: str) -> int | None:
        """What may be spent on that at most, in minor units; None where nothing is said."""
        found: int | None = getattr(self, play) if play else None
        return found
