"""A webhook and what it was told, for tests/rows.py."""

from workspaces.models import WebhookDelivery, WebhookEndpoint, Workspace
from workspaces.secrets import digest, signing_secret


def fill_webhooks(workspace: Workspace) -> None:
    """A webhook, one delivery that it took and one that failed and waits."""
    salt = f"salt of {workspace.pk}"
    facts = {"url": "https://tickets.example.org/etappe", "salt": salt, "secret_hash": digest(signing_secret(salt))}
    endpoint = WebhookEndpoint.objects.create(workspace=workspace, name="Tickets", events=["case.opened"], **facts)
    told = {"workspace": workspace, "endpoint": endpoint, "body": "{}", "attempts": 1}
    WebhookDelivery.objects.create(event="test", state="taken", status=204, **told)
    WebhookDelivery.objects.create(event="case.opened", status=500, error="status", **told)
