"""Somebody at the pages, in a real browser."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page

from journeys.models import Journey
from tests.browser.hands import Map
from tests.journeys.scene import drawn
from workspaces.models import User, Workspace

Visit = Callable[..., Page]
Open = Callable[..., Map]
DEAF = "window.EventSource = class { addEventListener() {} close() {} }"


@pytest.fixture
def visit(browser: Browser, web: str, live: str) -> Iterator[Visit]:
    """`visit(edda, "/w/lindbahn/personas/")` is Edda's tab on that page, `visit(None, …)` that of nobody we know.

    Fails when a console has seen an error.

    `language`, `theme`: hers. `stands_for`: a pattern of the console's errors that the test causes. `before`: a script
    that runs before the page's own. All else goes to the browser's context, for example
    `viewport={"width": 390, "height": 844}`.
    """
    with ExitStack() as stack:

        def visited(
            person: User | None,
            address: str,
            *,
            language: str = "en",
            theme: str = "light",
            stands_for: str = "",
            before: str = "",
            **how: Any,
        ) -> Page:
            usual = {"base_url": web, "viewport": {"width": 1440, "height": 900}, "locale": language}
            context = browser.new_context(**{**usual, "color_scheme": theme, **how})
            stack.callback(context.close)
            if person:
                person.language, person.theme = language, theme
                person.save(update_fields=["language", "theme"])
                context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(person), "url": web}])
            page = context.new_page()
            if before:
                page.add_init_script(before)
            page.set_default_timeout(10_000)
            stack.callback(check_quiet, watched(page, stands_for))
            page.goto(address)
            return page

        yield visited


def session_of(person: User) -> str:
    """A session cookie of theirs."""
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def watched(page: Page, stands_for: str) -> list[str]:
    """The errors that its console will have seen."""
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and not (stands_for and re.search(stands_for, message.text)):
            errors.append(f"{message.text} ({message.location.get('url')})")

    page.on("console", note)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


def check_quiet(errors: list[str]) -> None:
    assert not errors, f"errors in the browser's console: {errors}"


@pytest.fixture
def trip(workspace: Workspace, edda: User) -> Journey:
    """Two touchpoints are bought, five lived through, three phases are empty."""
    return drawn(workspace, edda, "Weekend trip", purchase="Shop Pay", retention="Board Seat Wifi Delay Refund")


@pytest.fixture
def open_map(visit: Visit) -> Open:
    """`open_map(trip, edda)` is Edda's tab on that map; all that `visit` takes may be said, too.

    `query`: how it is looked at, such as `?view=table`. `deaf`: the page hears no news, so that it can be taken by
    surprise.
    """

    def opened(journey: Journey, person: User, *, query: str = "", deaf: bool = False, **how: Any) -> Map:
        address = f"/w/{journey.workspace.slug}/journeys/{journey.pk}/{query}"
        page = visit(person, address, before=DEAF if deaf else "", **how)
        if page.evaluate("'noModule' in HTMLScriptElement.prototype && Boolean(window.htmx)"):
            page.wait_for_selector("#map[data-ready]", state="attached")  # keys work from then on
        return Map(page)

    return opened
