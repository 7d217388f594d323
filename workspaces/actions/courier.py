"""Carrying deliveries out: each at least once, none by two at the same time, and no slow receiver at another's expense.

A delivery is noted as on its way, and that committed, before anybody is called. A worker that dies with it leaves it
so; when nobody can be at it any more it is due again, as the same message. Calls run side by side on threads, a few to
each receiver, while this thread alone speaks with the database.
"""

import datetime
import random
import time
from collections.abc import Collection, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from math import inf
from typing import Any, NamedTuple

import structlog
from django.db import connection, transaction
from django.db.models import F
from django.urls import reverse
from standardwebhooks import Webhook

from workspaces import clock, outward
from workspaces.actions.notices import tell
from workspaces.actions.programs import DELIVER
from workspaces.jobs import ring
from workspaces.models import (
    UNDER_WAY,
    DeliveryState,
    EndpointState,
    Failure,
    Membership,
    Reason,
    Role,
    WebhookDelivery,
    WebhookEndpoint,
)
from workspaces.secrets import digest, signing_secret

log = structlog.get_logger(__name__)

SECOND, MINUTE, HOUR, DAY = (datetime.timedelta(seconds=number) for number in (1, 60, 3600, 86_400))
# After each failure of a delivery; then it is given up, after little more than three days
LATER = (5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR)
JITTER = 0.2  # of a pause, either way, so that what failed together does not come back together
RESTS = (5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE)  # of a receiver, by how often it has failed in a row
FAILING = 5 * DAY  # without anything taken, and a webhook is switched off
LEASE = MINUTE  # after which whoever is at a delivery must be dead: a call ends within ten seconds
KEPT = 30 * DAY  # the log
AT_ONCE, EACH = 16, 4  # calls side by side, and those of them to one receiver
LOOK = 0.5  # seconds between two looks for more while calls are under way
LOCK = 0x686F6F6B << 32  # the advisory lock of whoever delivers

CLAIM = """
WITH due AS MATERIALIZED (
    SELECT delivery.id
    FROM workspaces_webhookendpoint AS endpoint
    CROSS JOIN LATERAL (
        SELECT id, due_at FROM workspaces_webhookdelivery
        WHERE endpoint_id = endpoint.id AND state IN ('waiting', 'sending') AND due_at <= %(now)s
        ORDER BY due_at LIMIT %(each)s
        FOR UPDATE SKIP LOCKED
    ) AS delivery
    WHERE endpoint.state = 'on' AND (endpoint.rest_until IS NULL OR endpoint.rest_until <= %(now)s)
      AND NOT endpoint.id = ANY(%(busy)s)
    ORDER BY delivery.due_at LIMIT %(most)s
)
UPDATE workspaces_webhookdelivery AS delivery
SET state = 'sending', attempts = attempts + 1, tried_at = %(now)s, due_at = %(dead)s
FROM due, workspaces_webhookendpoint AS endpoint
WHERE delivery.id = due.id AND endpoint.id = delivery.endpoint_id
RETURNING delivery.id, delivery.endpoint_id, delivery.attempts, delivery.message::text, delivery.body, endpoint.url,
    endpoint.salt, endpoint.secret_hash, CASE WHEN endpoint.old_until > %(now)s THEN endpoint.old_salt ELSE '' END
"""


class Claimed(NamedTuple):
    """A delivery that is this worker's for a minute, and where it goes."""

    id: int
    endpoint: int
    attempt: int
    message: str
    body: str
    url: str
    salt: str
    secret_hash: str
    old_salt: str


class Outcome(NamedTuple):
    """What came of a call: a status, and what was wrong, if anything was."""

    status: int | None
    error: Failure | None = None


def deliver(*, within: float = inf) -> int:
    """Deliver what is due, begin nothing after `within` seconds, and return how many calls were made.

    Any number of workers may do so; all but one find that somebody is at it, and leave. Who is at it sees what comes
    meanwhile.
    """
    with _alone() as alone:
        calls = _carry(time.monotonic() + within) if alone else 0
    if alone and _is_due():
        ring(DELIVER)
    return calls


def forget_deliveries(now: datetime.datetime) -> int:
    """Delete what is older than 30 days, delivered or not, and return how many."""
    return WebhookDelivery.objects.filter(created_at__lt=now - KEPT).delete()[0]


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether this worker is the only one that delivers: more would leave none to fold answers while receivers sleep.

    It spares, and keeps nothing safe: that is for the claim. The lock dies with the connection.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _carry(until: float) -> int:
    calls, under_way = 0, dict[Future[Outcome], Claimed]()
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="webhook") as threads:
        while True:
            room = AT_ONCE - len(under_way) if time.monotonic() < until else 0
            for claimed in _claim(room, {one.endpoint for one in under_way.values()}):
                under_way[threads.submit(send, claimed)] = claimed
                calls += 1
            if not under_way:
                return calls
            for future in wait(under_way, timeout=LOOK, return_when=FIRST_COMPLETED).done:
                _note(under_way.pop(future), future.result())


def _claim(most: int, busy: Collection[int]) -> list[Claimed]:
    """Some that are due, noted as on their way: when this returns, that is committed. None to those who are busy."""
    if not most:
        return []
    now = clock.now()
    facts: dict[str, Any] = {"now": now, "dead": now + LEASE, "each": EACH, "most": most, "busy": list(busy)}
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, facts)
        return [Claimed(*row) for row in cursor.fetchall()]


def _is_due() -> bool:
    now = clock.now()
    due = WebhookDelivery.objects.filter(state__in=UNDER_WAY, due_at__lte=now, endpoint__state=EndpointState.ON)
    return due.exclude(endpoint__rest_until__gt=now).exists()


def send(claimed: Claimed) -> Outcome:
    """Call the receiver, without the database."""
    secrets = [signing_secret(salt) for salt in (claimed.salt, claimed.old_salt) if salt]
    if digest(secrets[0]) != claimed.secret_hash:
        return Outcome(None, Failure.KEY)
    now, message = clock.now(), f"msg_{claimed.message}"
    headers = {
        "content-type": "application/json",
        "user-agent": "Etappe",
        "webhook-id": message,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(Webhook(secret).sign(message, now, claimed.body) for secret in secrets),
    }
    try:
        return Outcome(outward.call(claimed.url, claimed.body.encode(), headers))
    except outward.NotTaken as failed:
        return Outcome(failed.status, failed.why)
    except Exception:  # one that cannot even be tried holds up no other
        log.exception("webhook_not_called", delivery=claimed.id)
        return Outcome(None, Failure.BROKEN)


@transaction.atomic
def _note(claimed: Claimed, outcome: Outcome) -> None:
    """Write down what came of it. Whoever comes too late, after another was given it, changes nothing of it."""
    now = clock.now()
    state, due_at = DeliveryState.TAKEN, now
    if outcome.error and claimed.attempt > len(LATER):
        state = DeliveryState.GIVEN_UP
    elif outcome.error:
        state, due_at = DeliveryState.WAITING, now + _about(LATER[claimed.attempt - 1])
    mine = WebhookDelivery.objects.filter(pk=claimed.id, state=DeliveryState.SENDING, attempts=claimed.attempt)
    noted = mine.update(state=state, due_at=due_at, status=outcome.status, error=outcome.error or "")
    endpoint = WebhookEndpoint.objects.filter(pk=claimed.endpoint)
    if not outcome.error:
        endpoint.exclude(failures=0).update(failures=0, failing_since=None, rest_until=None)
    elif noted:
        log.info("webhook_not_taken", delivery=claimed.id, attempt=claimed.attempt, error=outcome.error.value)
        _note_failure(claimed.endpoint, now, gone=outcome.status == 410)


def _note_failure(number: int, now: datetime.datetime, *, gone: bool) -> None:
    """Let the receiver rest, and switch it off where it says that it is gone or has taken nothing for five days."""
    endpoint = WebhookEndpoint.objects.select_for_update(no_key=True).filter(pk=number).first()
    if endpoint is None:
        return
    rest = RESTS[min(endpoint.failures, len(RESTS) - 1)]
    endpoint.failures, endpoint.rest_until = F("failures") + 1, now + _about(rest)
    endpoint.failing_since = endpoint.failing_since or now
    if endpoint.is_on and (gone or now - endpoint.failing_since >= FAILING):
        endpoint.state = EndpointState.GONE if gone else EndpointState.FAILING
        _tell_admins(endpoint, now)
    endpoint.save(update_fields=["failures", "rest_until", "failing_since", "state"])


def _tell_admins(endpoint: WebhookEndpoint, now: datetime.datetime) -> None:
    admins = Membership.objects.of(endpoint.workspace).filter(role__gte=Role.ADMIN).select_related("user")
    tell(
        endpoint.workspace,
        admins,
        reason=Reason.WEBHOOK,
        key=f"webhook:{endpoint.pk}:{now:%Y%m%d%H%M%S}",
        told={"webhook": endpoint.pk, "name": endpoint.name, "state": endpoint.state},
        path=reverse("webhook", args=[endpoint.workspace.slug, endpoint.pk]),
    )


def _about(pause: datetime.timedelta) -> datetime.timedelta:
    return pause * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - spreads, hides nothing
