"""The live stream: one way, from the broker to open pages, in a small ASGI process of its own.

A page that hears news fetches what it may see by an ordinary request, so nothing confidential travels here and a lost
message heals with the next. Each client has one slot in which news of the same thing replace each other: a slow
client costs a fixed amount of memory and never holds up the others.
"""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from importlib import import_module
from types import SimpleNamespace
from typing import Any, TypeVar, cast
from urllib.parse import parse_qs

import redis.asyncio
import structlog
from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections, connections
from django.http import HttpRequest

from workspaces.live import channel
from workspaces.models import Membership
from workspaces.pace import Pace
from workspaces.presence import Face, Visit, others, seen, stay

log = structlog.get_logger(__name__)

HEARTBEAT = 15.0  # seconds between signs of life, and between checks that the person still belongs here
FULL = 200  # things in a slot beyond which the page had better fetch everything
DATABASE = ThreadPoolExecutor(3, "database")  # so many connections at most, however many pages open at once

Answered = TypeVar("Answered")
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


@dataclass(eq=False)
class Client:
    """One open page: whose it is, and what it has not been told yet."""

    visit: Visit
    others: list[Face] = field(default_factory=list)  # whom it shows beside its own person
    stayed: float = field(default_factory=time.monotonic)  # when it was said last that the page is still open
    slot: dict[tuple[str, Any], Message] = field(default_factory=dict)
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    recheck: bool = False
    ended: bool = False

    def tell(self, news: Message) -> None:
        """Put news in the slot; the newest of a thing replaces what was there."""
        kind = next(iter(news), "resync")
        if (kind == "here" and news["here"] != self.visit.journey) or news.get("busy") == self.visit.user_id:
            return
        if kind == "access":
            self.recheck = self.recheck or news["access"] == self.visit.user_id
        elif len(self.slot) >= FULL:
            self.slot = {("resync", True): {"resync": True}}
        else:
            self.slot[kind, news.get(kind)] = news
        self.woken.set()

    def take(self) -> list[Message]:
        """Empty the slot."""
        news, self.slot = list(self.slot.values()), {}
        self.woken.clear()
        return news


class Hub:
    """All clients of this process, fed by one broker subscription."""

    def __init__(self) -> None:
        self.clients: set[Client] = set()
        self.listener: asyncio.Task[None] | None = None
        self.scores = Pace(self.tell_workspace)

    @contextlib.asynccontextmanager
    async def joined(self, client: Client) -> AsyncIterator[Client]:
        """Count the client in for as long as its page is open."""
        self.clients.add(client)
        if self.listener is None or self.listener.done():
            self.listener = asyncio.create_task(self.listen())
        try:
            yield client
        finally:
            self.clients.discard(client)

    def tell(self, clients: Iterable[Client], news: Message) -> None:
        """Tell each of them."""
        for client in clients:
            client.tell(news)

    def end(self) -> None:
        """Let every stream finish now, so that the server can stop without waiting for pages to close."""
        for client in self.clients:
            client.ended = True
            client.woken.set()

    async def listen(self) -> None:
        """Hear the broker for ever; after each gap every page is told to fetch afresh."""
        pause = 0.2
        while True:
            try:
                broker = redis.asyncio.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=2)
                async with broker, broker.pubsub() as subscription:
                    await subscription.psubscribe(f"{settings.BROKER_PREFIX}:live:*")
                    async for message in subscription.listen():
                        pause = 0.2
                        self.hear(message)
            except (redis.RedisError, OSError) as error:
                log.warning("live_broker_lost", error=type(error).__name__, pause=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)

    def hear(self, message: Message) -> None:
        """One message of the subscription: news for a workspace, or the subscription itself coming (back) to life."""
        if message["type"] == "psubscribe":
            self.tell(self.clients, {"resync": True})
        elif message["type"] == "pmessage":
            name = message["channel"].decode()
            news = json.loads(message["data"])
            if "score_version" in news:  # many may answer at once, and each page fetches what it shows
                self.scores.take(name, next(iter(news.items())), news)
            else:
                self.tell_workspace(name, news)

    def tell_workspace(self, name: str, news: Message) -> None:
        """Tell all pages of the workspace on whose channel it came."""
        self.tell((client for client in self.clients if channel(client.visit.workspace_id) == name), news)


hub = Hub()


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """GET {LIVE_URL}/<workspace>: the news of a workspace, for those who belong to it, as server-sent events."""
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
        return
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    origin = headers.get("origin", "")
    if scope["method"] != "GET":
        await refuse(send, 405)
    elif origin and origin not in settings.LIVE_ORIGINS:
        await refuse(send, 403)
    else:
        slug, cookies = scope["path"].rpartition("/")[2], headers.get("cookie", "")
        client = await asked_of_database(identify, cookies, slug, journey_in(scope["query_string"]))
        if client is None:
            await refuse(send, 404)
        else:
            await stream(client, origin, receive, send)


async def lifespan(receive: Receive, send: Send) -> None:
    """Nothing to prepare and nothing to clear away."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def refuse(send: Send, status: int) -> None:
    """An answer without a body."""
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body"})


async def stream(client: Client, origin: str, receive: Receive, send: Send) -> None:
    """Send news until the page closes, the person loses access or the server stops."""
    head = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
    if origin:
        head += [
            (b"access-control-allow-origin", origin.encode("latin-1")),
            (b"access-control-allow-credentials", b"true"),
            (b"vary", b"Origin"),
        ]
    async with hub.joined(client):
        await send({"type": "http.response.start", "status": 200, "headers": head})
        closed = asyncio.create_task(until_closed(receive, client))
        try:
            await send(event({"resync": True}))
            async with seen(client.visit):
                await tell_who_is_here(client, send)
                while not client.ended:
                    await send_next(client, send)
        finally:
            closed.cancel()
        with contextlib.suppress(OSError):
            await send({"type": "http.response.body", "body": b""})


async def until_closed(receive: Receive, client: Client) -> None:
    """Notice that the page has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
    client.ended = True
    client.woken.set()


async def send_next(client: Client, send: Send) -> None:
    """Wait for news or the next heartbeat, and send it; say goodbye to who no longer belongs here."""
    quiet = False
    try:
        await asyncio.wait_for(client.woken.wait(), HEARTBEAT)
    except TimeoutError:
        quiet = True
    if client.ended:
        return
    if (quiet or client.recheck) and not await asked_of_database(belongs, client):
        client.ended = True
        await send({"type": "http.response.body", "body": b"event: revoked\ndata: {}\n\n", "more_body": True})
        return
    client.recheck = False
    for news in client.take():
        if "here" in news:
            await tell_who_is_here(client, send)
        else:
            await send(event(news))
    if quiet:
        await send({"type": "http.response.body", "body": b": beat\n\n", "more_body": True})
    if time.monotonic() - client.stayed > HEARTBEAT - 1:
        client.stayed = time.monotonic()
        await stay(client.visit)
        await tell_who_is_here(client, send)


async def tell_who_is_here(client: Client, send: Send) -> None:
    """Send who else has the journey open, where that is not what the page shows already."""
    found = await others(client.visit)
    if found != client.others:
        client.others = found
        await send(event({"here": client.visit.journey, "who": found}))


async def asked_of_database(ask: Callable[..., Answered], *about: Any) -> Answered:
    """What a function that uses the database answers."""
    return await asyncio.get_running_loop().run_in_executor(DATABASE, ask, *about)


def journey_in(query: bytes) -> int:
    """The journey whose map a page shows, 0 where it shows something else."""
    asked = parse_qs(query.decode("latin-1")).get("journey", ["0"])[0]
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else 0


def event(news: Message) -> Message:
    """News as a server-sent event."""
    body = f"data: {json.dumps(news, separators=(',', ':'))}\n\n".encode()
    return {"type": "http.response.body", "body": body, "more_body": True}


def identify(cookies: str, slug: str, journey: int) -> Client | None:
    """Whose page this is, by its session; None for strangers and outsiders. The connection is given back at once."""
    try:
        close_old_connections()
        morsel = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
        session = import_module(settings.SESSION_ENGINE).SessionStore(morsel.value if morsel else None)
        user = get_user(cast("HttpRequest", SimpleNamespace(session=session)))
        if user.pk is None:
            return None
        membership = Membership.objects.filter(user_id=user.pk, workspace__slug=slug, user__is_active=True).first()
        if membership is None:
            return None
        return Client(Visit(membership.workspace_id, membership.user_id, str(user), journey))
    finally:
        connections.close_all()


def belongs(client: Client) -> bool:
    """Whether this person still belongs to the workspace."""
    try:
        return Membership.objects.filter(
            user_id=client.visit.user_id, workspace_id=client.visit.workspace_id, user__is_active=True
        ).exists()
    finally:
        connections.close_all()
