"""Limits are exact: N allowed means N."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from workspaces.limits import LIMITS, address, allow
from workspaces.models import RateCount, User
from workspaces.tasks import sweep_expired

LOGIN = {"login": "edda@example.org", "password": "wrong"}


@pytest.mark.django_db
@pytest.mark.usefixtures("within_one_window")
def test_n_allowed_means_n() -> None:
    given = [allow("door:me", limit=3, seconds=3600) for _ in range(5)]
    assert [one.allowed for one in given] == [True, True, True, False, False]
    assert [one.remaining for one in given] == [2, 1, 0, 0, 0]
    assert all(1 <= one.retry_after <= 3600 for one in given)


@pytest.mark.django_db
def test_the_next_window_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    for minutes, allowed in ((0, True), (0, False), (61, True)):
        moment = now + datetime.timedelta(minutes=minutes)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert allow("door:me", limit=1, seconds=3600).allowed is allowed


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("within_one_window")
def test_exactly_n_of_many_at_once() -> None:
    def knock(_: int) -> bool:
        try:
            return allow("door:crowd", limit=10, seconds=3600).allowed
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as crowd:
        assert sum(crowd.map(knock, range(60))) == 10


@pytest.mark.django_db
@pytest.mark.usefixtures("within_one_window")
def test_eleventh_wrong_password_is_refused_and_says_when(olga: User) -> None:
    client = Client()
    codes = [client.post(reverse("account_login"), LOGIN).status_code for _ in range(11)]
    assert codes == [200] * 10 + [429]
    refused = client.post(reverse("account_login"), LOGIN)
    assert 1 <= int(refused.headers["Retry-After"]) <= 300
    assert client.post(reverse("account_login"), LOGIN | {"login": "olga@example.org"}).status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("within_one_window")
def test_spoofed_forwarding_headers_change_nothing() -> None:
    client = Client()
    codes = [
        client.post(reverse("account_login"), LOGIN, headers={"X-Forwarded-For": f"198.51.100.{number}"}).status_code
        for number in range(11)
    ]
    assert codes[-1] == 429


@pytest.mark.django_db
@pytest.mark.usefixtures("within_one_window")
def test_password_reset_is_limited_by_address(mailoutbox: list[object], olga: User) -> None:
    client = Client()
    codes = [client.post(reverse("account_reset_password"), {"email": olga.email}).status_code for _ in range(6)]
    assert codes == [302] * 5 + [429]
    assert len(mailoutbox) == 5


def test_only_what_our_own_proxies_wrote_is_believed(settings: pytest.FixtureRequest) -> None:
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.9, 10.0.0.1"})
    for proxies, seen in ((0, "127.0.0.1"), (1, "10.0.0.1"), (2, "203.0.113.9"), (9, "127.0.0.1")):
        settings.TRUSTED_PROXIES = proxies  # type: ignore[attr-defined]
        assert address(request) == seen


def test_nonsense_in_forwarding_headers_is_no_address(settings: pytest.FixtureRequest) -> None:
    settings.TRUSTED_PROXIES = 1  # type: ignore[attr-defined]
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "<script>"})
    assert address(request) == "127.0.0.1"


def test_ipv6_counts_by_its_network() -> None:
    addresses = {address(RequestFactory().get("/", REMOTE_ADDR=f"2001:db8:1:2::{number}")) for number in (1, 2, "beef")}
    assert addresses == {"2001:db8:1:2::"}


def test_every_limit_names_a_route() -> None:
    for name in LIMITS:
        arguments = {"invitation": ["x"], "sign_in_link": ["x"], "openid_connect_login": ["x"]}
        arguments |= {"account_reset_password_from_key": ["a", "b"]}
        arguments |= {"share": ["x"], "digest_off": ["x"], "invitation_create": ["w"], "invitation_resend": ["w", "1"]}
        arguments |= {"questionnaire": ["x"], "questionnaire_question": ["x", "y", "1"], "formbricks_in": ["x"]}
        assert reverse(name, args=arguments.get(name, []))


@pytest.mark.django_db
def test_old_counts_are_swept_away() -> None:
    allow("door:me", limit=3, seconds=60)
    RateCount.objects.create(key="old", window=timezone.now() - datetime.timedelta(days=2), count=1)
    sweep_expired()
    assert RateCount.objects.count() == 1
