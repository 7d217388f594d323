"""What webhooks are told arrives, at least once: signed, tried again for three days, and at nobody else's expense."""

import datetime
import time
from typing import Any

import pytest
from django.core import mail
from pytest_django import Settings

from tests.answering import Clock
from tests.cast import SignIn
from tests.receiving import MakeWebhook, Receiver
from workspaces.actions import courier, mail_notices, pause_webhook, resume_webhook, roll_secret, send_again, send_test
from workspaces.actions.courier import LATER, deliver, forget_deliveries
from workspaces.actions.programs import tell_programs
from workspaces.errors import Refused
from workspaces.models import Failure, Notice, User, WebhookDelivery, WebhookEndpoint, Workspace

HOURS = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def exact(monkeypatch: pytest.MonkeyPatch) -> None:
    """No jitter, and no rest of a receiver: tests of those ask for them."""
    monkeypatch.setattr(courier, "JITTER", 0)
    monkeypatch.setattr(courier, "RESTS", (datetime.timedelta(),))


def only() -> WebhookDelivery:
    """The only delivery there is."""
    return WebhookDelivery.objects.get()


def tell(workspace: Workspace, *numbers: int) -> int:
    """So many alarms, by their numbers."""
    return tell_programs(workspace, "alarm.raised", [{"alarm": {"id": number}} for number in numbers])


def test_it_arrives_signed_and_is_noted(workspace: Workspace, receiver: Receiver, webhook: MakeWebhook) -> None:
    endpoint: Any = webhook(receiver)
    assert tell(workspace, 7) == 1
    assert deliver() == 1
    (call,) = receiver.calls
    assert call.is_signed_by(endpoint.secret)
    assert call.told["type"] == "alarm.raised"
    assert call.told["data"] == {"workspace": "lindbahn", "alarm": {"id": 7}}
    assert datetime.datetime.fromisoformat(call.told["timestamp"]).tzinfo is not None
    assert call.headers["content-type"] == "application/json"
    assert call.id == f"msg_{only().message}"
    assert (only().state, only().attempts, only().status, only().error) == ("taken", 1, 204, "")
    assert deliver() == 0


def test_after_a_roll_both_secrets_sign_for_a_day(
    receiver: Receiver, webhook: MakeWebhook, olga: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint: Any = webhook(receiver)
    endpoint, secret = roll_secret(endpoint, version=1, by=olga), endpoint.secret
    endpoint, new = endpoint
    send_test(endpoint)
    deliver()
    assert receiver.calls[0].is_signed_by(secret)
    assert receiver.calls[0].is_signed_by(new)
    WebhookEndpoint.objects.update(old_until=endpoint.old_until - 24 * HOURS)
    send_test(endpoint)
    deliver()
    assert receiver.calls[1].is_signed_by(new)
    assert len(receiver.calls[1].headers["webhook-signature"].split()) == 1


def test_it_is_tried_again_as_the_same_message_and_then_given_up(
    workspace: Workspace, receiver: Receiver, webhook: MakeWebhook, at: Clock
) -> None:
    receiver.answers = [500] * 99
    webhook(receiver)
    tell(workspace, 7)
    deliver()
    for number, pause in enumerate(LATER, start=1):
        assert only().due_at == at.now + pause
        at.now += pause - datetime.timedelta(seconds=1)
        assert deliver() == 0
        at.now += datetime.timedelta(seconds=1)
        assert deliver() == 1
        assert (only().attempts, only().status, only().error) == (number + 1, 500, "status")
    assert only().state == "given_up"
    at.pass_days(1)
    assert deliver() == 0
    assert len({call.id for call in receiver.calls}) == len({call.body for call in receiver.calls}) == 1
    assert len(receiver.calls) == 10


def test_what_failed_once_is_well_when_it_is_taken(
    workspace: Workspace, receiver: Receiver, webhook: MakeWebhook, at: Clock
) -> None:
    receiver.answers = [503]
    webhook(receiver)
    tell(workspace, 7)
    deliver()
    assert WebhookEndpoint.objects.get().failing_since == at.now
    at.now += LATER[0]
    deliver()
    assert (only().state, only().error) == ("taken", "")
    assert WebhookEndpoint.objects.values_list("failures", "failing_since", "rest_until").get() == (0, None, None)


def test_one_that_says_it_is_gone_is_switched_off_and_admins_are_told_once(
    workspace: Workspace, receiver: Receiver, webhook: MakeWebhook, ada: User, edda: User, sign_in: SignIn
) -> None:
    receiver.answers = [410] * 9
    webhook(receiver)
    tell(workspace, 7, 8)
    deliver()
    assert WebhookEndpoint.objects.get().state == "gone"
    assert tell(workspace, 9) == 0
    assert sorted(notice.member.user.name for notice in Notice.objects.all()) == ["Ada", "Olga"]
    shown = sign_in(ada).get(f"/w/{workspace.slug}/notices/").content.decode()
    assert "The webhook “Tickets” was switched off, for it answered that it is gone (410)" in shown
    mail_notices()
    assert mail.outbox[0].subject.startswith("Lindbahn: the webhook “Tickets” was switched off")


def test_one_that_has_taken_nothing_for_five_days_is_switched_off(
    workspace: Workspace, receiver: Receiver, webhook: MakeWebhook, at: Clock, ada: User
) -> None:
    receiver.answers = [500] * 99
    webhook(receiver)
    for day in range(6):
        assert (WebhookEndpoint.objects.get().state, Notice.objects.count()) == ("on", 0), day
        tell(workspace, day)
        deliver()
        at.pass_days(1)
    assert (WebhookEndpoint.objects.get().state, Notice.objects.count()) == ("failing", 2)


def test_a_paused_one_is_told_nothing_and_what_waited_goes_out_when_it_is_resumed(
    workspace: Workspace, receiver: Receiver, webhook: MakeWebhook, olga: User
) -> None:
    endpoint = webhook(receiver)
    tell(workspace, 1)
    pause_webhook(endpoint, by=olga)
    assert tell(workspace, 2) == deliver() == 0
    with pytest.raises(Refused):
        send_test(endpoint)
    resume_webhook(endpoint, by=olga)
    assert deliver() == 1
    assert [call.told["data"]["alarm"] for call in receiver.calls] == [{"id": 1}]


def test_a_slow_receiver_holds_up_no_other_and_is_called_by_four_at_most(
    workspace: Workspace, receiver: Receiver, another: Receiver, webhook: MakeWebhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courier, "LOOK", 0.05)
    receiver.slowness = 1.5
    webhook(receiver, "alarm.raised")
    webhook(another, "case.opened")
    tell(workspace, *range(6))
    tell_programs(workspace, "case.opened", [{"case": {"id": number}} for number in range(40)])
    began = time.monotonic()
    arrived: list[float] = []
    note = courier._note

    def noted(claimed: Any, outcome: Any) -> None:
        note(claimed, outcome)
        if claimed.url == another.url:
            arrived.append(time.monotonic() - began)

    monkeypatch.setattr(courier, "_note", noted)
    assert deliver() == 46
    assert len(arrived) == 40
    assert max(arrived) < 1.5
    assert receiver.most_side_by_side <= 4


def test_a_dead_receiver_rests_longer_and_longer(
    workspace: Workspace, receiver: Receiver, webhook: MakeWebhook, at: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courier, "RESTS", (5 * courier.SECOND, 10 * courier.MINUTE))
    receiver.answers = [500] * 99
    webhook(receiver)
    tell(workspace, *range(20))
    assert deliver() == 4
    assert deliver() == 0
    at.now += 9 * courier.MINUTE
    assert deliver() == 0
    at.now += courier.MINUTE
    assert deliver() == 4


def test_what_is_refused_is_said_in_words(workspace: Workspace, receiver: Receiver, webhook: MakeWebhook) -> None:
    webhook(receiver)
    WebhookEndpoint.objects.update(url="https://127.0.0.1/")
    tell(workspace, 7)
    deliver()
    assert only().came == "its address lies in a network that may not be called"


def test_another_secret_key_is_noticed_before_anything_is_signed_wrongly(
    workspace: Workspace, receiver: Receiver, webhook: MakeWebhook, settings: Settings
) -> None:
    webhook(receiver)
    tell(workspace, 7)
    settings.SECRET_KEY = "another one"
    deliver()
    assert (only().error, receiver.calls) == ("key", [])


def test_sent_again_it_is_the_same_message(workspace: Workspace, receiver: Receiver, webhook: MakeWebhook) -> None:
    webhook(receiver)
    tell(workspace, 7)
    deliver()
    send_again(only())
    deliver()
    assert [call.id for call in receiver.calls] == [f"msg_{only().message}"] * 2


def test_one_whose_worker_died_is_due_again_after_a_minute(
    workspace: Workspace, receiver: Receiver, webhook: MakeWebhook, at: Clock
) -> None:
    webhook(receiver)
    tell(workspace, 7)
    (claimed,) = courier._claim(16, [])
    at.now += datetime.timedelta(seconds=59)
    assert deliver() == 0
    at.now += datetime.timedelta(seconds=1)
    assert deliver() == 1
    courier._note(claimed, courier.Outcome(None, Failure.SLOW))  # the dead one was only late
    assert (only().state, only().attempts, only().error) == ("taken", 2, "")


def test_the_log_is_kept_for_thirty_days(
    workspace: Workspace, receiver: Receiver, webhook: MakeWebhook, at: Clock
) -> None:
    webhook(receiver)
    tell(workspace, 7)
    at.pass_days(30)
    assert forget_deliveries(at.now) == 0
    at.now += HOURS
    assert forget_deliveries(at.now) == 1
