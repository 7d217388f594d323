"""Admins say which addresses are told of what; a secret is shown once."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import SignIn
from tests.receiving import MakeWebhook, Receiver
from workspaces.actions import add_webhook, edit_webhook, pause_webhook, roll_secret
from workspaces.actions.courier import deliver
from workspaces.errors import Refused, Stale
from workspaces.models import AuditEntry, User, WebhookDelivery, WebhookEndpoint, Workspace

SECRET = re.compile(r"whsec_[A-Za-z0-9+/]{32}")
FORM: dict[str, Any] = {
    "name": "Tickets",
    "url": "https://tickets.example.org/etappe",
    "events": ["case.opened", "case.overdue"],
}


def page(workspace: Workspace, *parts: object) -> str:
    return "/".join(["", "w", workspace.slug, "webhooks", *map(str, parts), ""])


def test_a_webhook_is_added_and_its_secret_shown_once(workspace: Workspace, ada: User, sign_in: SignIn) -> None:
    client = sign_in(ada)
    shown = SECRET.search(client.post(page(workspace, "new"), FORM).content.decode())
    assert shown
    endpoint = WebhookEndpoint.objects.get()
    assert endpoint.events == ["case.opened", "case.overdue"]
    for where in (page(workspace), page(workspace, endpoint.pk)):
        text = client.get(where).content.decode()
        assert "https://tickets.example.org/etappe" in text
        assert not SECRET.search(text)
    assert shown[0] not in str(WebhookEndpoint.objects.values())
    entry = AuditEntry.objects.get(verb="webhookendpoint.add")
    assert (entry.target, entry.actor) == (f"webhookendpoint {endpoint.pk}", ada)


@pytest.mark.parametrize(
    "url",
    [
        "http://tickets.example.org/",
        "ftp://tickets.example.org/",
        "https://",
        "https://user:word@tickets.example.org/",
        "https://tickets.example.org/#part",
        "https://tickets.example.org:99999/",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.0.0.1:8443/hook",
        "https://169.254.169.254/latest/meta-data/",
        "https://tickets example.org/",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_may_not_be_called_is_refused(
    url: str, workspace: Workspace, ada: User, sign_in: SignIn
) -> None:
    answer = sign_in(ada).post(page(workspace, "new"), FORM | {"url": url})
    assert answer.status_code == 422
    assert not WebhookEndpoint.objects.exists()


def test_one_without_events_is_refused(workspace: Workspace, ada: User, sign_in: SignIn) -> None:
    assert sign_in(ada).post(page(workspace, "new"), FORM | {"events": []}).status_code == 422


def test_twenty_are_enough(workspace: Workspace, ada: User, sign_in: SignIn) -> None:
    for _ in range(20):
        add_webhook(workspace, **FORM, by=ada)
    with pytest.raises(Refused):
        add_webhook(workspace, **FORM, by=ada)
    assert sign_in(ada).post(page(workspace, "new"), FORM).status_code == 422


def test_two_secrets_are_never_the_same(workspace: Workspace, ada: User) -> None:
    assert len({add_webhook(workspace, **FORM, by=ada)[1] for _ in range(5)}) == 5


def test_name_address_and_events_are_edited_and_a_stale_form_is_shown_both(
    workspace: Workspace, ada: User, sign_in: SignIn
) -> None:
    endpoint, _secret = add_webhook(workspace, **FORM, by=ada)
    client, url = sign_in(ada), page(workspace, endpoint.pk, "edit")
    assert client.post(url, FORM | {"events": ["alarm.raised"], "version": 1}).status_code == 302
    assert WebhookEndpoint.objects.get().events == ["alarm.raised"]
    assert client.post(url, FORM | {"name": "Mine", "version": 1}).status_code == 409
    with pytest.raises(Stale):
        edit_webhook(endpoint, version=1, name="Mine", by=ada)


def test_a_secret_is_rolled_once_though_the_form_is_sent_twice(
    workspace: Workspace, ada: User, sign_in: SignIn
) -> None:
    endpoint, first = add_webhook(workspace, **FORM, by=ada)
    client, url = sign_in(ada), page(workspace, endpoint.pk, "secret")
    shown = SECRET.search(client.post(url, {"version": 1}).content.decode())
    assert shown
    assert shown[0] != first
    assert client.post(url, {"version": 1}).status_code == 302
    assert AuditEntry.objects.filter(verb="webhookendpoint.roll").count() == 1
    with pytest.raises(Stale):
        roll_secret(endpoint, version=1, by=ada)


def test_it_is_paused_resumed_and_removed_with_its_log(
    workspace: Workspace, ada: User, sign_in: SignIn, receiver: Receiver, webhook: MakeWebhook
) -> None:
    endpoint, client = webhook(receiver), sign_in(ada)
    for _ in range(2):
        client.post(page(workspace, endpoint.pk, "pause"))
        assert WebhookEndpoint.objects.get().state == "paused"
    client.post(page(workspace, endpoint.pk, "resume"))
    client.post(page(workspace, endpoint.pk, "test"))
    assert (
        "1 delivery that still waits is never sent."
        in client.get(page(workspace, endpoint.pk, "remove")).content.decode()
    )
    assert client.post(page(workspace, endpoint.pk, "remove")).status_code == 302
    assert not WebhookEndpoint.objects.exists()
    assert not WebhookDelivery.objects.exists()
    verbs = [verb.split(".")[1] for verb in AuditEntry.objects.order_by("pk").values_list("verb", flat=True)]
    assert verbs[-4:] == ["add", "pause", "resume", "remove"]


def test_a_test_is_sent_from_the_page_and_the_log_says_what_came_of_it(
    workspace: Workspace, ada: User, sign_in: SignIn, receiver: Receiver, webhook: MakeWebhook
) -> None:
    endpoint, client = webhook(receiver, "case.opened"), sign_in(ada)
    receiver.answers = [418]
    client.post(page(workspace, endpoint.pk, "test"))
    assert "hx-get" in client.get(page(workspace, endpoint.pk)).content.decode()
    deliver()
    assert receiver.events == ["test"]
    text = client.get(page(workspace, endpoint.pk)).content.decode()
    assert "waiting: it answered 418" in text
    assert "hx-get" not in text.split('id="log"')[1].split(">")[0]
    client.post(page(workspace, endpoint.pk, "deliveries", WebhookDelivery.objects.get().pk, "again"))
    deliver()
    assert "taken: 204" in client.get(page(workspace, endpoint.pk)).content.decode()
    pause_webhook(endpoint, by=ada)
    client.post(page(workspace, endpoint.pk, "test"))
    assert len(receiver.calls) == WebhookDelivery.objects.count() + 1 == 2


def test_a_delivery_of_another_webhook_is_not_found_under_this_one(
    workspace: Workspace, ada: User, sign_in: SignIn, receiver: Receiver, webhook: MakeWebhook
) -> None:
    one, other = webhook(receiver), webhook(receiver)
    sign_in(ada).post(page(workspace, one.pk, "test"))
    url = page(workspace, other.pk, "deliveries", WebhookDelivery.objects.get().pk, "again")
    assert sign_in(ada).post(url).status_code == 404


def test_the_log_s_queries_do_not_grow_with_it(
    workspace: Workspace, ada: User, sign_in: SignIn, receiver: Receiver, webhook: MakeWebhook
) -> None:
    endpoint, client = webhook(receiver), sign_in(ada)

    def statements(more: int) -> int:
        told: dict[str, Any] = {"workspace": workspace, "endpoint": endpoint, "event": "test", "body": "{}"}
        WebhookDelivery.objects.bulk_create(WebhookDelivery(**told) for _ in range(more))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(page(workspace, endpoint.pk)).status_code == 200
        return len(asked)

    assert statements(1) == statements(40)
