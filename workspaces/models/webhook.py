"""Webhooks: which programs elsewhere are told what happens here, and how far each of these tellings has come."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workspaces.models.owned import SameParent, WorkspaceOwned


class WebhookEvent(models.TextChoices):
    """What a webhook may be told of."""

    SUBMISSION = "submission.created", _("customers have answered")
    CASE_OPENED = "case.opened", _("a case was opened")
    CASE_OVERDUE = "case.overdue", _("a case is overdue")
    BAND = "health.band_changed", _("a touchpoint's health changed its band")
    ALARM = "alarm.raised", _("an alarm was raised")


TEST = "test"  # sent by hand, to whoever was asked for


class EndpointState(models.TextChoices):
    """Whether a webhook is called, and if not, who stopped it."""

    ON = "on", pgettext_lazy("webhook", "on")
    PAUSED = "paused", _("paused")
    GONE = "gone", _("switched off: it answered that it is gone (410)")
    FAILING = "failing", _("switched off: it has taken nothing for five days")


class WebhookEndpoint(WorkspaceOwned):
    """An address elsewhere that is told of some events, signed.

    Of the secret only what it is made of is kept (`workspaces.secrets.signing_key`), and its hash to know whether it
    can still be made. After a roll the one before goes on to sign until `old_until`. `failing_since`: the first failure
    since anything was taken; `rest_until`: nothing is tried before that.
    """

    name = models.CharField(_("name"), max_length=200)
    url = models.CharField(_("address"), max_length=500)
    events = ArrayField(models.CharField(max_length=30, choices=WebhookEvent), verbose_name=_("is told when"))
    state = models.CharField(_("state"), max_length=7, choices=EndpointState, default=EndpointState.ON, editable=False)
    salt = models.CharField(max_length=43, editable=False)
    secret_hash = models.CharField(max_length=64, editable=False)
    old_salt = models.CharField(max_length=43, blank=True, editable=False)
    old_until = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    failing_since = models.DateTimeField(null=True, editable=False)
    rest_until = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name", "id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(events__contained_by=WebhookEvent.values, events__len__gt=0),
                name="webhookendpoint_events_known",
                violation_error_message=_("Choose at least one event."),
            ),
            models.CheckConstraint(condition=Q(state__in=EndpointState.values), name="webhookendpoint_state_known"),
            models.CheckConstraint(
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"), name="webhookendpoint_url_web"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_on(self) -> bool:
        """Whether it is called."""
        return self.state == EndpointState.ON

    @property
    def event_words(self) -> list[str]:
        """What it is told of, in words."""
        return [str(WebhookEvent(event).label) for event in self.events]


class DeliveryState(models.TextChoices):
    """How far a telling is."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("on its way")
    TAKEN = "taken", _("taken")
    GIVEN_UP = "given_up", _("given up")


UNDER_WAY = [DeliveryState.WAITING, DeliveryState.SENDING]


class Failure(models.TextChoices):
    """Why a webhook was not told; the label says it to people."""

    STATUS = "status", _("it answered %(status)s")
    REDIRECT = "redirect", _("it answered with a redirect (%(status)s), which is not followed")
    FORBIDDEN = "forbidden", _("its address lies in a network that may not be called")
    UNKNOWN_HOST = "host", _("its name is unknown")
    REFUSED = "refused", _("no connection")
    TLS = "tls", _("its certificate does not hold")
    SLOW = "slow", _("it did not answer in time")
    BROKEN = "broken", _("it did not answer as a web server does")
    KEY = "key", _("its secret can no longer be made, because SECRET_KEY is another one: roll it")


class WebhookDelivery(WorkspaceOwned):
    """One telling: an outbox, written in the transaction of what it tells, and a log that is kept for 30 days.

    `message`: its id, the same at every attempt. `body`: the very bytes that are signed and sent. `due_at`: when it is
    tried next; while it is on its way, when its worker must have died.
    """

    endpoint = models.ForeignKey(
        WebhookEndpoint, models.CASCADE, related_name="deliveries", db_index=False, db_constraint=False
    )
    event = models.CharField(_("event"), max_length=30, choices=[*WebhookEvent.choices, (TEST, _("test"))])
    message = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.TextField()
    state = models.CharField(_("state"), max_length=8, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=9, choices=Failure, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    tried_at = models.DateTimeField(null=True, editable=False)
    due_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.CheckConstraint(condition=Q(event__in=[*WebhookEvent.values, TEST]), name="delivery_event_known"),
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="delivery_state_known"),
            models.CheckConstraint(condition=Q(error__in=["", *Failure.values]), name="delivery_error_known"),
            SameParent(link="endpoint", to="workspaces.WebhookEndpoint", name="delivery_endpoint_here"),
        ]
        indexes = [
            models.Index(fields=["endpoint", "-id"], name="delivery_newest"),
            models.Index(
                fields=["endpoint", "due_at"], condition=Q(state__in=["waiting", "sending"]), name="delivery_due"
            ),
            models.Index(fields=["created_at"], name="delivery_oldest"),
        ]

    @property
    def is_under_way(self) -> bool:
        """Whether it is still to be taken."""
        return self.state in UNDER_WAY

    @property
    def came(self) -> str:
        """What came of the last attempt, in words; nothing before the first."""
        if self.error:
            return str(Failure(self.error).label) % {"status": self.status}
        return str(self.status) if self.status else ""
