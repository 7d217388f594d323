"""The second factor: switched on, asked for by every way in, limited."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD, with_password
from workspaces.actions import make_sign_in_link
from workspaces.models import User


@pytest.fixture
def edda(edda: User) -> User:
    return with_password(edda)


STEP = 30  # seconds for which a code is good


def code(secret: str) -> str:
    """What Edda's phone shows now, for some seconds more. A code works once, so the memory of used ones is emptied."""
    cache.clear()
    if (left := STEP - time.time() % STEP) < 10:
        time.sleep(left)
    shown: str = format_hotp_value(hotp_value(secret, int(time.time()) // STEP))
    return shown


def enter(client: Client, person: User) -> str:
    """Sign in with the password, and where that leads."""
    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    return str(answer.headers["Location"])


@pytest.fixture
def secret(edda: User) -> str:
    """The secret of Edda's second factor, switched on as she would."""
    client = Client()
    enter(client, edda)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer.status_code == 200, answer.headers
    found = re.search(r"\b[A-Z2-7]{32}\b", answer.content.decode())
    assert found
    answer = client.post(reverse("mfa_activate_totp"), {"code": code(found[0])})
    assert answer.status_code == 302
    return found[0]


def test_password_alone_no_longer_suffices(edda: User, secret: str) -> None:
    client = Client()
    assert enter(client, edda) == reverse("mfa_authenticate")
    assert client.get("/preferences/").status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert client.get("/preferences/").status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": code(secret)}).headers["Location"] == "/"
    assert client.get("/preferences/").status_code == 200


def test_a_code_works_once_whichever_process_saw_it(edda: User, secret: str) -> None:
    seen = code(secret)
    for expected in (302, 200):  # let in; asked again
        client = Client()
        enter(client, edda)
        assert client.post(reverse("mfa_authenticate"), {"code": seen}).status_code == expected
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM workspaces_cache")
        assert cursor.fetchone() == (1,)


def test_a_link_asks_for_the_second_factor_too(edda: User, secret: str) -> None:
    client = Client()
    link = reverse("sign_in_link", args=[make_sign_in_link(edda)])
    assert client.post(link).headers["Location"] == reverse("mfa_authenticate")
    assert client.get("/preferences/").status_code == 302


@pytest.mark.usefixtures("within_one_window")
def test_codes_cannot_be_tried_without_end(edda: User, secret: str) -> None:
    client, fresh = Client(), Client()
    enter(client, edda)
    codes = [client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code for _ in range(11)]
    assert codes == [200] * 10 + [429]
    enter(fresh, edda)  # the limit is the person's, not the browser's
    assert fresh.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 429


def test_without_a_password_one_can_still_switch_it_on(olga: User) -> None:
    """Whoever came by the terminal's link has just proved who they are."""
    client = Client()
    client.post(reverse("sign_in_link", args=[make_sign_in_link(olga)]))
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    assert client.get(reverse("account_change_password")).headers["Location"] == reverse("account_set_password")
