"""Telling programs elsewhere what has happened: as a row of an outbox, in the transaction in which it happens."""

import json
from collections.abc import Sequence
from typing import Any

from workspaces import clock
from workspaces.jobs import ring
from workspaces.models import EndpointState, WebhookDelivery, WebhookEndpoint, Workspace

DELIVER = "workspaces.deliver"
MOST_AT_ONCE = 100  # things that one delivery tells of

# Whether anybody wants to be told, to be asked within a statement that is needed anyway; `%(workspace)s` and an event.
WANTED = """EXISTS (
    SELECT FROM workspaces_webhookendpoint
    WHERE workspace_id = %(workspace)s AND state = 'on' AND '{event}' = ANY(events)
)"""

Facts = dict[str, Any]


def tell_programs(workspace: Workspace, event: str, facts: Sequence[Facts]) -> int:
    """Tell the webhooks that want this event each of these facts, in the caller's transaction; how many deliveries.

    `facts`: what JSON can hold, ids and addresses rather than contents: never what a customer wrote or who they are.
    A workspace whose webhooks do not want it costs one statement, any other one more; call it when something happened.
    """
    wanting = WebhookEndpoint.objects.of(workspace).filter(state=EndpointState.ON, events__contains=[event])
    endpoints = list(wanting.values_list("pk", flat=True)) if facts else []
    tell_these(workspace, endpoints, event, facts)
    return len(endpoints) * len(facts)


def tell_these(workspace: Workspace, endpoints: Sequence[int], event: str, facts: Sequence[Facts]) -> None:
    """Write a delivery of each of these facts to each of these webhooks, and wake a worker after commit."""
    now = clock.now()
    moments = {"created_at": now, "due_at": now}
    deliveries = []
    for fact in facts:
        told = {"type": event, "timestamp": now.isoformat(), "data": {"workspace": workspace.slug, **fact}}
        body = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        deliveries += [
            WebhookDelivery(workspace=workspace, endpoint_id=endpoint, event=event, body=body, **moments)
            for endpoint in endpoints
        ]
    if deliveries:
        WebhookDelivery.objects.bulk_create(deliveries)
        ring(DELIVER)
