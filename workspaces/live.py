"""Announcing changes to open pages. News carry ids and revisions only; pages fetch the rest by their own right."""

import functools
import json
from typing import Any

import redis
import structlog
from django.conf import settings
from django.db import transaction

log = structlog.get_logger(__name__)


def channel(workspace_id: int) -> str:
    """The broker channel on which a workspace's news travel."""
    return f"{settings.BROKER_PREFIX}:live:{workspace_id}"


@functools.cache
def broker() -> "redis.Redis":
    """This process's connection pool to the broker. Short timeouts: nobody waits for news to be sent."""
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=0.5)


def announce(workspace_id: int, **news: Any) -> None:
    """After commit, tell the workspace's open pages, for example `announce(w, journey=7, revision=12)`.

    A broker that does not answer costs nobody anything: the next news, or the page's own poll, heals it.
    """

    def publish() -> None:
        try:
            broker().publish(channel(workspace_id), json.dumps(news))
        except redis.RedisError as error:
            log.warning("live_news_lost", error=type(error).__name__)

    transaction.on_commit(publish, robust=True)
