"""A program elsewhere for tests: it takes webhooks on a port of this machine, which the tests may reach.

`receiver.answers = [500, 204]`: what it says to the next calls, then 204 again. `receiver.slowness`: seconds before it
answers. `receiver.calls`: what came. `webhook(receiver)`: a webhook of Lindbahn that calls it.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pytest_django import Settings
from standardwebhooks import Webhook

from workspaces.actions import add_webhook
from workspaces.models import User, WebhookDelivery, WebhookEndpoint, WebhookEvent, Workspace


@dataclass
class Call:
    """One call: its headers, by lower names, and its body."""

    headers: dict[str, str]
    body: str

    @property
    def told(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)

    @property
    def id(self) -> str:
        """Of the message."""
        return self.headers["webhook-id"]

    def is_signed_by(self, secret: str) -> bool:
        """Whether a receiver's library believes it."""
        Webhook(secret).verify(self.body, self.headers)
        return True


@dataclass
class Receiver:
    """What came, and how it answers."""

    calls: list[Call] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    slowness: float = 0
    side_by_side: int = 0
    most_side_by_side: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    port: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/etappe"

    @property
    def events(self) -> list[str]:
        """Of what it was told, in order."""
        return [call.told["type"] for call in self.calls]


class Server(ThreadingHTTPServer):
    """Takes many at the same moment."""

    request_queue_size = 200
    daemon_threads = True


def listening(receiver: Receiver) -> Iterator[Receiver]:
    """The receiver, while it listens."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            with receiver.lock:
                receiver.calls.append(Call({name.lower(): value for name, value in self.headers.items()}, body))
                status = receiver.answers.pop(0) if receiver.answers else 204
                receiver.side_by_side += 1
                receiver.most_side_by_side = max(receiver.most_side_by_side, receiver.side_by_side)
            time.sleep(receiver.slowness)
            with receiver.lock:
                receiver.side_by_side -= 1
            self.send_response(status)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(receiver.body)

        def log_message(self, *_what: Any) -> None:
            """Be quiet."""

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:  # whoever called has hung up
                return

    server = Server(("127.0.0.1", 0), Handler)
    receiver.port = server.server_port
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield receiver
    server.shutdown()
    server.server_close()


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    """A program that takes everything, until it is told otherwise."""
    for one in listening(Receiver()):
        settings.WEBHOOKS_MAY_REACH = [*settings.WEBHOOKS_MAY_REACH, f"127.0.0.1:{one.port}"]
        yield one


@pytest.fixture
def another(settings: Settings) -> Iterator[Receiver]:
    """A second one."""
    for one in listening(Receiver()):
        settings.WEBHOOKS_MAY_REACH = [*settings.WEBHOOKS_MAY_REACH, f"127.0.0.1:{one.port}"]
        yield one


MakeWebhook = Callable[..., WebhookEndpoint]


@pytest.fixture
def webhook(workspace: Workspace, olga: User) -> MakeWebhook:
    """`webhook(receiver, "case.opened")`: one that wants these events, or all; its `secret` beside it."""

    def make(receiver: Receiver, *events: str, of: Workspace | None = None, by: User | None = None) -> WebhookEndpoint:
        facts: dict[str, Any] = {"name": "Tickets", "url": receiver.url, "events": events or WebhookEvent.values}
        endpoint, secret = add_webhook(of or workspace, by=by or olga, **facts)
        endpoint.secret = secret  # type: ignore[attr-defined]
        return endpoint

    return make


def told_of(event: str) -> list[Any]:
    """The data of each delivery of that event, oldest first."""
    return [json.loads(one.body)["data"] for one in WebhookDelivery.objects.filter(event=event).order_by("pk")]
