"""Twenty workers deliver at once, and workers are killed while they do. The controls deliver without the claim."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.db import connection

from config import household
from config.supervisor import Running
from tests.elsewhere import failures
from tests.processes import House
from tests.receiving import MakeWebhook, Receiver
from workspaces.actions import courier
from workspaces.actions.courier import deliver
from workspaces.actions.programs import tell_programs
from workspaces.models import WebhookDelivery, Workspace

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS, WORKERS = 3, 20
DIES_ONCE_IT_HAS_CALLED = """
import os, signal, django
django.setup()
from workspaces.actions import courier
def die(claimed, outcome):
    os.kill(os.getpid(), signal.SIGKILL)
courier._note = die
courier.deliver()
"""


@pytest.fixture
def courier_process(house: House, settled: None, receiver: Receiver) -> Iterator[Running]:
    """The Celery worker, which may call the receiver. Left alive, it would do the work of the tests that follow."""
    env = {**house.env, "WEBHOOKS_MAY_REACH": f"127.0.0.1:{receiver.port}"}
    yield from house.during_this_test(household.worker(env, processes=1))


def tell(workspace: Workspace, count: int) -> None:
    tell_programs(workspace, "alarm.raised", [{"alarm": {"id": number}} for number in range(count)])


def nobody_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """All workers go to work side by side, as if the lock that spares them were not there."""
    monkeypatch.setattr(courier, "_alone", partial(contextlib.nullcontext, True))


@pytest.mark.parametrize("number", range(ROUNDS))
def test_twenty_workers_at_once_deliver_each_once(
    workspace: Workspace, receiver: Receiver, webhook: MakeWebhook, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    nobody_alone(monkeypatch)
    webhook(receiver)
    tell(workspace, 60)
    assert failures(*[deliver] * WORKERS) == []
    assert Counter(Counter(call.id for call in receiver.calls).values()) == {1: 60}
    assert set(WebhookDelivery.objects.values_list("state", "attempts")) == {("taken", 1)}


def test_without_the_claim_several_deliver_it(
    workspace: Workspace, receiver: Receiver, webhook: MakeWebhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen_by_all, done = threading.Barrier(WORKERS), threading.local()

    def unclaimed(*_what: Any) -> list[courier.Claimed]:
        if getattr(done, "done", False):
            return []
        done.done = True
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT delivery.id, endpoint.id, 1, message::text, body, url, salt, secret_hash, ''"
                " FROM workspaces_webhookdelivery AS delivery JOIN workspaces_webhookendpoint AS endpoint"
                " ON endpoint.id = endpoint_id WHERE delivery.state = 'waiting'"
            )
            found = [courier.Claimed(*row) for row in cursor.fetchall()]
        seen_by_all.wait(20)
        return found

    nobody_alone(monkeypatch)
    webhook(receiver)
    tell(workspace, 1)
    monkeypatch.setattr(courier, "_claim", unclaimed)
    assert failures(*[deliver] * WORKERS) == []
    assert len(receiver.calls) == WORKERS


def test_one_worker_is_enough_and_the_others_leave(
    workspace: Workspace, receiver: Receiver, webhook: MakeWebhook
) -> None:
    webhook(receiver)
    tell(workspace, 60)
    assert failures(*[deliver] * WORKERS) == []
    assert Counter(Counter(call.id for call in receiver.calls).values()) == {1: 60}


@pytest.mark.parametrize("number", range(ROUNDS))
def test_what_a_killed_worker_had_sent_is_sent_again_as_the_same_message(
    workspace: Workspace, receiver: Receiver, webhook: MakeWebhook, number: int
) -> None:
    webhook(receiver)
    tell(workspace, 1)
    env = {**os.environ, "WEBHOOKS_MAY_REACH": f"127.0.0.1:{receiver.port}"}
    words = [sys.executable, "-c", DIES_ONCE_IT_HAS_CALLED]
    done = subprocess.run(words, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert WebhookDelivery.objects.get().state == "sending"  # the control: it did die with it
    assert deliver() == 0
    WebhookDelivery.objects.update(due_at=WebhookDelivery.objects.get().due_at - courier.LEASE)
    wait_until(lambda: deliver() == 1)  # once the lock of the dead one's connection is gone
    assert len(receiver.calls) == 2
    assert len({(call.id, call.body) for call in receiver.calls}) == 1
    assert WebhookDelivery.objects.get().state == "taken"


@pytest.mark.timeout(600)
def test_killing_the_real_worker_at_any_moment_loses_nothing(
    house: House, courier_process: Running, workspace: Workspace, receiver: Receiver, webhook: MakeWebhook
) -> None:
    endpoint = webhook(receiver)
    receiver.slowness = 0.05
    for round_ in range(3):
        tell(workspace, 20)
        wait_until(lambda told=20 * round_: len(receiver.calls) > told)
        house.kill(courier_process)
        courier_process = house.ensure(courier_process.child)
    WebhookDelivery.objects.filter(state="sending").update(due_at=endpoint.created_at)

    def all_taken() -> bool:
        deliver()
        return not WebhookDelivery.objects.exclude(state="taken").exists()

    wait_until(all_taken)
    house.kill(courier_process)
    assert len({call.id for call in receiver.calls}) == WebhookDelivery.objects.count() == 60
    assert len(receiver.calls) <= 60 + 3 * courier.EACH


def wait_until(condition: Any, seconds: float = 120) -> None:
    """Until it holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)
