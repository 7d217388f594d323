"""Who has a journey open. Only the broker knows it, and only for as long as each page is heard of."""

import contextlib
import functools
import json
import secrets
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import redis.asyncio
from django.conf import settings

from workspaces.live import channel
from workspaces.templatetags.look import hue, initials

LASTS = 45  # seconds after which a page that is not heard of is taken for closed: three heartbeats
MOST = 20  # names that a page is told

Face = tuple[str, str, int]  # a name, its letters, and which of the fixed colours they have


@dataclass(frozen=True)
class Visit:
    """One page that shows a journey's map, and whose it is. Any other page visits journey 0, which nobody sees."""

    workspace_id: int
    user_id: int
    name: str
    journey: int
    page: str = field(default_factory=lambda: secrets.token_hex(4))

    @property
    def key(self) -> str:
        """Under which the broker keeps the pages that show this journey."""
        return f"{settings.BROKER_PREFIX}:here:{self.workspace_id}:{self.journey}"


@functools.cache
def broker() -> "redis.asyncio.Redis":
    """This process's connections to the broker. Nobody waits for long to see a name."""
    return redis.asyncio.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=0.5)


@contextlib.asynccontextmanager
async def seen(visit: Visit) -> AsyncIterator[None]:
    """Let the others who have the journey open know of this page, and of its end."""
    await stay(visit)
    await _ring(visit)
    try:
        yield
    finally:
        with contextlib.suppress(redis.RedisError, OSError):
            await broker().hdel(visit.key, visit.page)
        await _ring(visit)


async def stay(visit: Visit) -> None:
    """Note that the page is still open. A broker that does not answer costs nobody more than the sight of others."""
    if visit.journey:
        with contextlib.suppress(redis.RedisError, OSError):
            page = json.dumps([visit.user_id, visit.name, time.time() + LASTS])
            await broker().hset(visit.key, visit.page, page)
            await broker().expire(visit.key, LASTS)


async def others(visit: Visit) -> list[Face]:
    """Who else has the journey open, by name; this person's own other pages left out."""
    pages: dict[Any, Any] = {}
    if visit.journey:
        with contextlib.suppress(redis.RedisError, OSError):
            pages = await broker().hgetall(visit.key)
    now = time.time()
    found = [json.loads(page) for page in pages.values()]
    names = {user: name for user, name, until in found if until > now and user != visit.user_id}
    return [(name, initials(name), hue(name)) for name in sorted(names.values())[:MOST]]


async def _ring(visit: Visit) -> None:
    if visit.journey:
        with contextlib.suppress(redis.RedisError, OSError):
            await broker().publish(channel(visit.workspace_id), json.dumps({"here": visit.journey}))
