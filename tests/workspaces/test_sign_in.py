"""The ways in: password, and a link that works once."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import PASSWORD, SignIn, with_password
from workspaces.actions import make_sign_in_link, use_sign_in_link
from workspaces.models import SignInLink, User

LOGIN = "/accounts/login/"


@pytest.fixture
def edda(edda: User) -> User:
    return with_password(edda)


def later(monkeypatch: pytest.MonkeyPatch, **passed: int) -> None:
    """Let time pass."""
    now = timezone.now() + datetime.timedelta(**passed)
    monkeypatch.setattr(timezone, "now", lambda: now)


def who(client: Client) -> str | None:
    """The id of whom the client is signed in as."""
    return client.session.get("_auth_user_id")


def test_password_lets_in_whatever_the_letter_case_of_the_address(edda: User) -> None:
    client = Client()
    answer = client.post(LOGIN, {"login": "Edda@Example.ORG", "password": PASSWORD})
    assert answer.headers["Location"] == "/"
    assert who(client) == str(edda.pk)


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/preferences/?a=1", "/preferences/?a=1"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("https://localhost/", "/"),
    ],
)
def test_next_leads_nowhere_else(edda: User, wanted: str, given: str) -> None:
    answer = Client().post(LOGIN, {"login": edda.email, "password": PASSWORD, "next": wanted})
    assert answer.headers["Location"] == given
    secret = make_sign_in_link(edda)
    answer = Client().post(reverse("sign_in_link", args=[secret]), {"next": wanted})
    assert answer.headers["Location"] == given


def test_nobody_signs_up_alone(db: None) -> None:
    assert Client().get("/accounts/signup/").status_code == 404


def test_a_session_ends_14_days_after_sign_in_however_much_it_is_used(
    edda: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    client.post(LOGIN, {"login": edda.email, "password": PASSWORD})
    ends = client.session.get_expiry_date()
    assert abs(ends - timezone.now() - datetime.timedelta(days=14)) < datetime.timedelta(minutes=1)
    later(monkeypatch, days=13)
    assert client.post("/preferences/", {"theme": "dark"}).status_code == 302
    session = client.session
    session["used"] = True
    session.save()
    assert session.get_expiry_date() == ends
    assert client.get("/preferences/").status_code == 200
    later(monkeypatch, days=1, hours=1)
    assert client.get("/preferences/").headers["Location"].startswith(LOGIN)


def test_link_signs_in_once(edda: User) -> None:
    address = reverse("sign_in_link", args=[make_sign_in_link(edda)])
    client, second = Client(), Client()
    assert client.post(address).headers["Location"] == "/"
    assert who(client) == str(edda.pk)
    assert second.post(address).status_code == 410
    assert second.get(address).status_code == 410
    assert who(second) is None


def test_looking_at_a_link_does_not_use_it_up(edda: User) -> None:
    address = reverse("sign_in_link", args=[make_sign_in_link(edda)])
    for _ in range(3):
        assert Client().get(address).status_code == 200
    assert Client().post(address).status_code == 302


def test_link_is_dead_after_15_minutes(edda: User, monkeypatch: pytest.MonkeyPatch) -> None:
    address = reverse("sign_in_link", args=[make_sign_in_link(edda)])
    later(monkeypatch, minutes=15, seconds=1)
    assert Client().get(address).status_code == 410
    assert Client().post(address).status_code == 410


def test_unknown_and_inactive_people_s_links_are_dead(edda: User) -> None:
    secret = make_sign_in_link(edda)
    User.objects.update(is_active=False)
    for tried in (secret, "x" * 43, "%F0%9F%98%80"):
        assert Client().post(f"/sign-in/{tried}/").status_code == 410


@pytest.mark.django_db(transaction=True)
def test_of_many_uses_at_once_one_succeeds(edda: User) -> None:
    secret = make_sign_in_link(edda)

    def use(_: int) -> bool:
        try:
            return use_sign_in_link(secret) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as crowd:
        assert sum(crowd.map(use, range(8))) == 1


def test_only_the_hash_of_a_link_is_kept(edda: User) -> None:
    secret = make_sign_in_link(edda)
    assert secret not in str(SignInLink.objects.values())


@pytest.mark.django_db
def test_signin_makes_the_first_owner_where_there_is_nobody() -> None:
    for _ in range(2):
        printed = StringIO()
        call_command("signin", stdout=printed)
    owner = User.objects.get()
    assert owner.is_staff
    path = printed.getvalue().split()[-1].removeprefix("http://127.0.0.1:8000")
    assert path.endswith("/#now")
    client = Client()
    assert client.post(path.removesuffix("#now")).status_code == 302
    assert who(client) == str(owner.pk)


def test_signin_by_address(edda: User, olga: User) -> None:
    printed = StringIO()
    call_command("signin", "Edda@example.org", stdout=printed)
    assert "Sign in as edda@example.org" in printed.getvalue()
    with pytest.raises(CommandError, match="Nobody here has the address"):
        call_command("signin", "nobody@example.org")


def test_password_reset_by_mail(edda: User) -> None:
    client = Client()
    client.post(reverse("account_reset_password"), {"email": edda.email})
    link = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    page = client.get(link.removeprefix("http://testserver"), follow=True)
    form = page.redirect_chain[-1][0]
    client.post(form, {"password1": "another horse battery", "password2": "another horse battery"})
    answer = Client().post(LOGIN, {"login": edda.email, "password": "another horse battery"})
    assert answer.headers["Location"] == "/"


def test_password_reset_does_not_tell_who_has_an_account(edda: User) -> None:
    answers = [Client().post(reverse("account_reset_password"), {"email": who}) for who in (edda.email, "no@no.org")]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert len(mail.outbox) == 1


def test_password_change_ends_other_sessions(edda: User, sign_in: SignIn) -> None:
    client, other = Client(), sign_in(edda)
    client.post(LOGIN, {"login": edda.email, "password": PASSWORD})
    changed = {"oldpassword": PASSWORD, "password1": "another horse battery", "password2": "another horse battery"}
    client.post(reverse("account_change_password"), changed)
    assert client.get("/preferences/").status_code == 200
    assert other.get("/preferences/").status_code == 302
