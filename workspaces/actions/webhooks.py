"""What admins do with webhooks. A secret is told when it is made, and never again."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from workspaces import clock
from workspaces.access import locked
from workspaces.actions import keeping
from workspaces.actions.audit import record
from workspaces.actions.programs import DELIVER, tell_these
from workspaces.errors import Refused
from workspaces.jobs import ring
from workspaces.models import TEST, DeliveryState, EndpointState, User, WebhookDelivery, WebhookEndpoint, Workspace
from workspaces.secrets import digest, fresh, signing_secret
from workspaces.transactions import retried

MOST_WEBHOOKS = 20  # of a workspace
OLD_HOLDS = datetime.timedelta(hours=24)  # so long both secrets sign after a roll


@retried
def add_webhook(
    workspace: Workspace, *, name: str, url: str, events: Sequence[str], by: User
) -> tuple[WebhookEndpoint, str]:
    """A webhook and its secret, which is told here and never again. Raises Refused where there are twenty already."""
    locked(workspace)
    if WebhookEndpoint.objects.of(workspace).count() >= MOST_WEBHOOKS:
        raise Refused(_("A workspace has at most %(most)s webhooks.") % {"most": MOST_WEBHOOKS})
    endpoint = WebhookEndpoint(workspace=workspace, name=name, url=url, events=list(events))
    secret = _new_secret(endpoint)
    endpoint.save()
    record(workspace, "webhookendpoint.add", endpoint, by=by)
    return endpoint, secret


@retried
def edit_webhook(endpoint: WebhookEndpoint, *, version: int, by: User, **facts: Any) -> WebhookEndpoint:
    """Give it another `name`, `url` or other `events`. Raises Stale."""
    return keeping.edit(endpoint, version=version, by=by, **facts)  # type: ignore[type-var] # has a version, and no shelf


@retried
def roll_secret(endpoint: WebhookEndpoint, *, version: int, by: User) -> tuple[WebhookEndpoint, str]:
    """A new secret, told here and never again; the one before signs as well for 24 hours. Raises Stale."""
    endpoint = locked(endpoint, version)
    endpoint.old_salt, endpoint.old_until = endpoint.salt, clock.now() + OLD_HOLDS
    secret = _new_secret(endpoint)
    keeping.store(endpoint, "roll", by=by)
    return endpoint, secret


@retried
def pause_webhook(endpoint: WebhookEndpoint, *, by: User) -> WebhookEndpoint:
    """Tell it nothing until it is resumed; what happens meanwhile it is never told. Twice is harmless."""
    endpoint = locked(endpoint)
    if endpoint.is_on:
        endpoint.state = EndpointState.PAUSED
        keeping.store(endpoint, "pause", by=by)
    return endpoint


@retried
def resume_webhook(endpoint: WebhookEndpoint, *, by: User) -> WebhookEndpoint:
    """Tell it again, also what waited when it was paused or switched off. Twice is harmless."""
    endpoint = locked(endpoint)
    if not endpoint.is_on:
        endpoint.state, endpoint.failures = EndpointState.ON, 0
        endpoint.failing_since = endpoint.rest_until = None
        keeping.store(endpoint, "resume", by=by)
        ring(DELIVER)
    return endpoint


@retried
def remove_webhook(endpoint: WebhookEndpoint, *, by: User) -> None:
    """Remove it with its secret, its log and what waits for it."""
    endpoint = locked(endpoint)
    record(endpoint.workspace, "webhookendpoint.remove", endpoint, by=by)
    endpoint.delete()


@retried
def send_test(endpoint: WebhookEndpoint) -> None:
    """Send it an event that says that it is a test. Raises Refused while it is not on."""
    endpoint = _on(endpoint)
    page = settings.SITE_URL + reverse("webhook", args=[endpoint.workspace.slug, endpoint.pk])
    tell_these(endpoint.workspace, [endpoint.pk], TEST, [{"webhook": {"id": endpoint.pk, "page": page}}])
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(rest_until=None)


@retried
def send_again(delivery: WebhookDelivery) -> None:
    """Send it once more, as the same message, at once and then as often as a new one. Raises Refused while it is off.

    One that is on its way stays so.
    """
    _on(delivery.endpoint)
    delivery = locked(delivery)
    if delivery.state != DeliveryState.SENDING:
        delivery.state, delivery.due_at, delivery.attempts = DeliveryState.WAITING, clock.now(), 0
        delivery.save(update_fields=["state", "due_at", "attempts"])
        WebhookEndpoint.objects.filter(pk=delivery.endpoint_id).update(rest_until=None)
        ring(DELIVER)


def _on(endpoint: WebhookEndpoint) -> WebhookEndpoint:
    endpoint = locked(endpoint)
    if not endpoint.is_on:
        raise Refused(_("It is not on. Resume it first."))
    return endpoint


def _new_secret(endpoint: WebhookEndpoint) -> str:
    endpoint.salt = fresh()
    secret = signing_secret(endpoint.salt)
    endpoint.secret_hash = digest(secret)
    return secret
