"""Tokens: made, shown once, limited, ended."""

import datetime
import re

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from tests.cast import SignIn, joined, member_of
from workspaces.actions import change_role, end_token, make_token
from workspaces.errors import Refused
from workspaces.models import ApiToken, AuditEntry, Role, User, Workspace

SERVICE = {"name": "BI", "scopes": ["read", "ingest"], "personal": "no", "days": "30"}


def with_token(secret: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {secret}"})


def test_a_token_is_shown_once_and_opens_the_workspace(workspace: Workspace, ada: User, sign_in: SignIn) -> None:
    page = sign_in(ada)
    shown = re.search(r"etp_[\w-]{43}", page.post(f"/w/{workspace.slug}/tokens/new/", SERVICE).content.decode())
    assert shown
    assert shown[0] not in page.get(f"/w/{workspace.slug}/tokens/").content.decode()
    assert shown[0] not in str(ApiToken.objects.values())
    assert with_token(shown[0]).get("/api/v1/").json() == {
        "name": "Lindbahn",
        "language": "en",
        "time_zone": "Europe/Berlin",
        "currency": "EUR",
        "discount": 10.0,
        "weak_from": 40,
        "good_from": 60,
        "strong_from": 80,
        "target": 70,
        "rule": {
            "number": 0,
            "csat": 35,
            "ces": 20,
            "nps": 15,
            "complaints": 15,
            "completion": 15,
            "ratings_count": False,
            "decay": False,
            "complaints_good": 0.005,
            "complaints_limit": 0.05,
            "drop_off_good": 0.05,
            "drop_off_limit": 0.5,
        },
        "scopes": ["ingest", "read"],
    }


def test_ended_is_dead_at_once_and_twice_is_harmless(workspace: Workspace, ada: User, sign_in: SignIn) -> None:
    token, secret = make_token(workspace, name="BI", scopes=["read"], by=ada)
    assert with_token(secret).get("/api/v1/").status_code == 200
    page = sign_in(ada)
    for _ in range(2):
        assert page.post(f"/w/{workspace.slug}/tokens/{token.pk}/end/").status_code == 302
        answer = with_token(secret).get("/api/v1/")
        assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == "This token is unknown, expired or ended."


def test_expired_is_dead(workspace: Workspace, ada: User) -> None:
    past = timezone.now() - datetime.timedelta(seconds=1)
    _token, secret = make_token(workspace, name="BI", scopes=["read"], by=ada, expires_at=past)
    assert with_token(secret).get("/api/v1/").status_code == 401


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer nonsense", "Basic YTpi", "Token x", "Bearer \u00e4"])
def test_nonsense_is_401(db: None, header: str) -> None:
    assert Client(headers={"Authorization": header}).get("/api/v1/").status_code == 401


def test_last_use_is_written_at_most_once_a_minute(
    workspace: Workspace, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, secret = make_token(workspace, name="BI", scopes=["read"], by=ada)
    start = timezone.now()
    seen = []
    for seconds in (0, 30, 61):
        monkeypatch.setattr(timezone, "now", lambda seconds=seconds: start + datetime.timedelta(seconds=seconds))
        with_token(secret).get("/api/v1/")
        token.refresh_from_db()
        assert token.last_used_at
        seen.append((token.last_used_at - start).seconds)
    assert seen == [0, 0, 61]


@pytest.mark.usefixtures("within_one_window")
def test_requests_are_counted_and_too_many_wait(workspace: Workspace, ada: User, settings: LazySettings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 2
    _token, secret = make_token(workspace, name="BI", scopes=["read"], by=ada)
    answers = [with_token(secret).get("/api/v1/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer.headers["RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    assert answers[0].headers["RateLimit-Limit"] == "2"
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60
    assert answers[2].headers["Content-Type"] == "application/problem+json"


@pytest.mark.usefixtures("within_one_window")
def test_an_address_with_many_wrong_tokens_waits_but_right_ones_pass(workspace: Workspace, ada: User) -> None:
    _token, secret = make_token(workspace, name="BI", scopes=["read"], by=ada)
    codes = [with_token(f"wrong-{number}").get("/api/v1/").status_code for number in range(31)]
    assert codes == [401] * 30 + [429]
    assert with_token(secret).get("/api/v1/").status_code == 200


def test_a_personal_token_never_may_more_than_its_person(workspace: Workspace, olga: User, vik: User) -> None:
    with pytest.raises(Refused):
        make_token(workspace, name="Mine", scopes=["write"], personal=True, by=vik)
    edith = joined("Edith", workspace, Role.EDITOR, by=olga)
    _token, secret = make_token(workspace, name="Mine", scopes=["read", "write"], personal=True, by=edith)
    assert with_token(secret).get("/api/v1/").status_code == 200
    change_role(member_of(workspace, edith), to=Role.VIEWER, version=1, by=olga)
    assert with_token(secret).get("/api/v1/").status_code == 401


def test_service_tokens_take_an_admin(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    with pytest.raises(Refused):
        make_token(workspace, name="BI", scopes=["read"], by=edda)
    assert sign_in(edda).post(f"/w/{workspace.slug}/tokens/new/", SERVICE).status_code == 422


def test_viewers_see_and_end_their_own_only(workspace: Workspace, ada: User, vik: User, sign_in: SignIn) -> None:
    service, _secret = make_token(workspace, name="Warehouse", scopes=["read"], by=ada)
    own, _secret = make_token(workspace, name="Notebook", scopes=["read"], personal=True, by=vik)
    page = sign_in(vik)
    text = page.get(f"/w/{workspace.slug}/tokens/").content.decode()
    assert "Notebook" in text
    assert "Warehouse" not in text
    assert page.post(f"/w/{workspace.slug}/tokens/{service.pk}/end/").status_code == 403
    assert page.post(f"/w/{workspace.slug}/tokens/{own.pk}/end/").status_code == 302
    service.refresh_from_db()
    assert service.revoked_at is None


def test_ending_somebody_s_token_is_written_down(workspace: Workspace, ada: User) -> None:
    token, _secret = make_token(workspace, name="BI", scopes=["read"], by=ada)
    end_token(end_token(token, by=ada), by=ada)
    assert AuditEntry.objects.of(workspace).filter(verb="token.end").count() == 1
