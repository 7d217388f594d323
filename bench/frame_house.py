"""The real servers on the benchmark's database, and what connects to them: requests, live streams, Chromium."""

import http.client
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from celery import current_app
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright

from bench.frame import Answer
from bench.frame_map import Editor
from config import chromium, household
from config.processes import free_port, wait_until
from config.supervisor import Supervisor

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in the thread of the benchmark
HOST = "127.0.0.1"
PATIENCE = 30.0  # seconds in which any answer comes, and any news: a heartbeat is due every fifteen


class House(NamedTuple):
    """Pages and live stream as `up` starts them; where they are found."""

    site: str
    live: str
    live_pid: int


@contextmanager
def house(*, live_env: dict[str, str] | None = None, pages: str = "config.wsgi") -> Iterator[House]:
    """Both servers, for as long as the block runs. `live_env`: what the live stream alone is told.

    `pages`: the module whose `application` serves them; another one than the product's is a benchmark's control.
    """
    site, live = free_port(), free_port()
    env = {"SITE_URL": f"http://{HOST}:{site}", "LIVE_URL": f"http://{HOST}:{live}/live"}
    with Supervisor(Path(settings.VAR) / "house", lambda line: print(line, file=sys.stderr)) as supervisor:
        web = household.web(HOST, site, env)
        web = replace(web, command=[*web.command[:-1], f"{pages}:application"])
        supervisor.start(web, household.live(HOST, live, {**env, **(live_env or {})}))
        yield House(env["SITE_URL"], env["LIVE_URL"], supervisor.running[-1].process.pid)


@contextmanager
def workers(processes: int) -> Iterator[None]:
    """A worker of so many processes, and beat, as `up` starts them, while the block runs."""
    with Supervisor(Path(settings.VAR) / "workers", lambda line: print(line, file=sys.stderr)) as supervisor:
        supervisor.start(household.worker({}, processes=processes), household.beat({}, supervisor.var))
        if not wait_until(lambda: bool(current_app.control.ping(timeout=0.5)), 2 * PATIENCE):
            raise SystemExit("no worker came")
        yield


class Line:
    """One kept connection of a person to the pages."""

    def __init__(self, site: str, editor: Editor) -> None:
        self.editor = editor
        self.connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=PATIENCE)

    def ask(self, url: str, body: dict[str, Any] | None = None, **headers: str) -> Answer:
        """GET, or POST with a form, with these headers: `If_None_Match="…"`."""
        told = {"Cookie": self.editor.cookies, "X-CSRFToken": self.editor.token, "Accept-Language": "en"}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        if body is None:
            self.connection.request("GET", url, headers=told)
        else:
            told["Content-Type"] = "application/x-www-form-urlencoded"
            self.connection.request("POST", url, urlencode(body), told)
        response = self.connection.getresponse()
        return Answer(response.status, dict(response.getheaders()), response.read())

    def close(self) -> None:
        """Hang up."""
        self.connection.close()


class Stream:
    """A live stream that a page of theirs has opened."""

    def __init__(self, live: str, editor: Editor) -> None:
        address = urlsplit(f"{live}/{editor.workspace.slug}")
        self.connection = http.client.HTTPConnection(address.netloc, timeout=PATIENCE)
        self.connection.request("GET", address.path, headers={"Cookie": editor.cookies})
        self.response = self.connection.getresponse()
        if self.response.status != 200:
            raise SystemExit("a live stream was refused")

    def hear(self) -> tuple[dict[str, Any], int]:
        """The next news, and how many bytes they took; empty at the end of the stream."""
        size = 0
        while line := self.response.readline():
            size += len(line)
            if line.startswith(b"data: "):
                size += len(self.response.readline())
                return json.loads(line.removeprefix(b"data: ")), size
        return {}, size

    def close(self) -> None:
        """Leave the page."""
        self.connection.close()


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium, as the tests find it."""
    program = chromium.find(lambda line: print(line, file=sys.stderr))
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=program, args=list(chromium.ARGUMENTS))
        yield chrome
        chrome.close()


def tab(chrome: Browser, site: str, editor: Editor) -> Page:
    """A tab in which that editor is signed in, of the size of a laptop's window."""
    context = chrome.new_context(base_url=site, viewport={"width": 1440, "height": 900}, locale="en")
    session = editor.cookies.partition(";")[0].partition("=")[2]
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    return context.new_page()
