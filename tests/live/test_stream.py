"""The live stream tells members, and only members, what changed, and ends when they lose access."""

import http.client
import json
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

import pytest
import redis
from django.conf import settings as house_settings
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from tests.cast import SignIn, member_of
from workspaces import live as news
from workspaces.models import User, Workspace
from workspaces.pace import PAUSE

pytestmark = pytest.mark.django_db(transaction=True)


def cookie(client: Client) -> str:
    """The session of a signed-in client, as a browser sends it; empty for a stranger."""
    morsel = client.cookies.get(house_settings.SESSION_COOKIE_NAME)
    return f"{house_settings.SESSION_COOKIE_NAME}={morsel.value}" if morsel else ""


@contextmanager
def opened(live: str, slug: str, client: Client, **headers: str) -> Iterator[http.client.HTTPResponse]:
    """An open stream, or its refusal."""
    address = urlsplit(live)
    with closing(http.client.HTTPConnection(address.hostname or "", address.port, timeout=10)) as connection:
        connection.request("GET", f"{address.path}/{slug}", headers={"Cookie": cookie(client), **headers})
        yield connection.getresponse()


def hear(response: http.client.HTTPResponse) -> tuple[str, dict[str, object]]:
    """The next event: its name, and its data."""
    name = "message"
    while line := response.readline().decode():
        if line.startswith("event: "):
            name = line.removeprefix("event: ").strip()
        if line.startswith("data: "):
            return name, json.loads(line.removeprefix("data: "))
    return "end", {}


def settle(response: http.client.HTTPResponse) -> None:
    """Wait until the stream's broker subscription is alive: it says so by asking for a fresh look."""
    assert hear(response) == ("message", {"resync": True})


def announce_until_heard(response: http.client.HTTPResponse, workspace: Workspace, **told: int) -> dict[str, object]:
    """Announce once; the first subscription of a process may ask for another resync before the news come."""
    news.announce(workspace.pk, **told)
    while (heard := hear(response)[1]) == {"resync": True}:
        pass
    return heard


def test_member_hears_news_at_once(live: str, workspace: Workspace, vik: User, sign_in: SignIn) -> None:
    with opened(live, workspace.slug, sign_in(vik)) as response:
        assert response.status == 200
        settle(response)
        time.sleep(0.5)  # the subscription itself
        began = time.monotonic()
        assert announce_until_heard(response, workspace, journey=7, revision=12) == {"journey": 7, "revision": 12}
        assert time.monotonic() - began < 1


def test_a_score_that_changes_all_the_time_is_told_at_once_and_then_once_a_second(
    live: str, workspace: Workspace, vik: User, sign_in: SignIn
) -> None:
    with opened(live, workspace.slug, sign_in(vik)) as response:
        settle(response)
        time.sleep(0.5)
        began = time.monotonic()
        heard = [announce_until_heard(response, workspace, touchpoint=7, score_version=1)]
        for version in range(2, 7):
            time.sleep(0.05)
            news.announce(workspace.pk, touchpoint=7, score_version=version)
        news.announce(workspace.pk, touchpoint=8, score_version=1)
        news.announce(workspace.pk, journey=7, revision=12)
        heard += [hear(response)[1] for _ in range(3)]
        assert heard == [
            {"touchpoint": 7, "score_version": 1},
            {"touchpoint": 8, "score_version": 1},
            {"journey": 7, "revision": 12},
            {"touchpoint": 7, "score_version": 6},
        ]
        assert time.monotonic() - began >= PAUSE


def test_news_of_another_workspace_are_not_heard(
    live: str, workspace: Workspace, elsewhere: Workspace, vik: User, sign_in: SignIn
) -> None:
    with opened(live, workspace.slug, sign_in(vik)) as response:
        settle(response)
        time.sleep(0.5)
        news.announce(elsewhere.pk, journey=1, revision=1)
        assert announce_until_heard(response, workspace, journey=2, revision=1) == {"journey": 2, "revision": 1}


def test_news_wait_for_the_commit(live: str, workspace: Workspace, vik: User, sign_in: SignIn) -> None:
    with opened(live, workspace.slug, sign_in(vik)) as response:
        settle(response)
        time.sleep(0.5)
        with transaction.atomic():
            news.announce(workspace.pk, journey=1, revision=1)
            transaction.set_rollback(True)
        assert announce_until_heard(response, workspace, journey=1, revision=2) == {"journey": 1, "revision": 2}


def test_strangers_and_outsiders_meet_nothing(live: str, workspace: Workspace, otto: User, sign_in: SignIn) -> None:
    for client in (Client(), sign_in(otto)):
        with opened(live, workspace.slug, client) as response:
            assert response.status == 404
            assert response.read() == b""


def test_another_site_is_refused(live: str, workspace: Workspace, vik: User, sign_in: SignIn) -> None:
    with opened(live, workspace.slug, sign_in(vik), Origin="https://elsewhere.example") as response:
        assert response.status == 403


def test_who_is_removed_hears_no_more(live: str, workspace: Workspace, vik: User, sign_in: SignIn) -> None:
    with opened(live, workspace.slug, sign_in(vik)) as response:
        settle(response)
        time.sleep(0.5)
        member_of(workspace, vik).delete()
        news.announce(workspace.pk, access=vik.pk)
        name = "message"
        while name == "message":
            name, _ = hear(response)
        assert name == "revoked"
        assert response.read().strip() == b""


def test_a_dead_broker_costs_the_announcer_nothing(workspace: Workspace, settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    news.broker.cache_clear()
    try:
        with pytest.raises(redis.ConnectionError):
            news.broker().publish("control", "this broker is dead indeed")
        news.announce(workspace.pk, journey=1, revision=1)
    finally:
        news.broker.cache_clear()


def test_who_has_the_same_journey_open_is_seen_until_they_leave(
    live: str, workspace: Workspace, vik: User, edda: User, sign_in: SignIn
) -> None:
    def told(response: http.client.HTTPResponse) -> list[str]:
        while "who" not in (heard := hear(response)[1]):
            pass
        return [name for name, *_ in heard["who"]]  # type: ignore[attr-defined]

    with opened(live, f"{workspace.slug}?journey=7", sign_in(vik)) as his:
        settle(his)
        time.sleep(0.5)
        with (
            opened(live, f"{workspace.slug}?journey=7", sign_in(edda)) as hers,
            opened(live, f"{workspace.slug}?journey=8", sign_in(edda)) as elsewhere,
        ):
            assert told(his) == ["Edda"]
            assert told(hers) == ["Vik"]
            news.announce(workspace.pk, busy=edda.pk, journey=7, placement=3, name="Edda", hue=1)
            settle(elsewhere)
            assert announce_until_heard(hers, workspace, journey=7, revision=1) == {"journey": 7, "revision": 1}
        while (heard := hear(his)[1]) == {"resync": True}:
            pass
        assert heard["busy"] == edda.pk
        assert told(his) == []
