"""The company's own sign-in (OIDC) says who somebody is; members and invitations say who may enter."""

import copy
from collections.abc import Iterator
from typing import Any, cast

import pytest
import requests
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client

from tests.cast import member_of
from tests.oidc import CLIENT, SECRET, Company, open_company
from workspaces.actions import invite, remove_member, withdraw_invitation
from workspaces.models import Role, User, Workspace

LOGIN = "/accounts/oidc/company/login/"


@pytest.fixture
def company(settings: LazySettings) -> Iterator[Company]:
    with open_company() as company:
        providers: Any = copy.deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
        providers["openid_connect"]["APPS"] = [
            {
                "provider_id": "company",
                "name": "Lindbahn",
                "client_id": CLIENT,
                "secret": SECRET,
                "settings": {"server_url": company.url},
            }
        ]
        settings.SOCIALACCOUNT_PROVIDERS = providers
        yield company


def come_in(client: Client, address: str = LOGIN) -> HttpResponse:
    """Follow the way a browser takes: to the company, and back with its code."""
    there = client.get(address)
    assert there.status_code == 302
    back = requests.get(there.headers["Location"], allow_redirects=False, timeout=5).headers["Location"]
    return cast("HttpResponse", client.get(back.removeprefix("http://testserver")))


def who(client: Client) -> str | None:
    """The id of whom the client is signed in as."""
    return client.session.get("_auth_user_id")


def test_a_member_enters_by_the_address_that_the_company_verified(company: Company, edda: User) -> None:
    company.claims = {"sub": "e-1", "email": "Edda@Example.org", "email_verified": True}
    client = Client()
    answer = come_in(client, f"{LOGIN}?next=/preferences/")
    assert answer.headers["Location"] == "/preferences/"
    assert who(client) == str(edda.pk)


def test_the_same_person_enters_again_when_the_address_has_changed(company: Company, edda: User) -> None:
    company.claims = {"sub": "e-1", "email": edda.email, "email_verified": True}
    come_in(Client())
    company.claims = {"sub": "e-1", "email": "edda.married@example.org", "email_verified": True}
    client = Client()
    come_in(client)
    assert who(client) == str(edda.pk)


def test_an_invited_person_joins_by_entering(company: Company, workspace: Workspace, olga: User) -> None:
    invite(workspace, email="nora@example.org", role=Role.EDITOR, by=olga)
    company.claims = {"sub": "n-1", "email": "nora@example.org", "email_verified": True, "name": "Nora Neu"}
    client = Client()
    come_in(client)
    nora = User.objects.get(email="nora@example.org")
    assert who(client) == str(nora.pk)
    assert nora.name == "Nora Neu"
    assert member_of(workspace, nora).role == Role.EDITOR


@pytest.mark.parametrize("verified", [False, None, "false"])
def test_an_address_that_the_company_has_not_verified_proves_nothing(
    company: Company, edda: User, verified: object
) -> None:
    company.claims = {"sub": "x-1", "email": edda.email, "email_verified": verified}
    client = Client()
    assert come_in(client).headers["Location"] == "/accounts/login/"
    assert who(client) is None
    assert "did not confirm" in client.get("/accounts/login/").content.decode()


def test_nobody_signs_up_alone(company: Company, workspace: Workspace) -> None:
    company.claims = {"sub": "x-1", "email": "stranger@example.org", "email_verified": True}
    client = Client()
    come_in(client)
    assert who(client) is None
    assert not User.objects.filter(email="stranger@example.org").exists()
    assert "Nobody has invited this address" in client.get("/accounts/login/").content.decode()


def test_a_withdrawn_invitation_lets_nobody_in(company: Company, workspace: Workspace, olga: User) -> None:
    invitation, _secret = invite(workspace, email="nora@example.org", role=Role.EDITOR, by=olga)
    withdraw_invitation(invitation, by=olga)
    company.claims = {"sub": "n-1", "email": "nora@example.org", "email_verified": True}
    client = Client()
    come_in(client)
    assert who(client) is None


def test_a_former_member_does_not_enter_for_the_first_time(
    company: Company, workspace: Workspace, edda: User, olga: User
) -> None:
    remove_member(member_of(workspace, edda), by=olga)
    company.claims = {"sub": "e-1", "email": edda.email, "email_verified": True}
    client = Client()
    come_in(client)
    assert who(client) is None


def test_a_password_set_before_by_somebody_else_no_longer_opens(company: Company, edda: User) -> None:
    edda.set_password("set by whoever had the link")
    edda.save()
    company.claims = {"sub": "e-1", "email": edda.email, "email_verified": True}
    come_in(Client())
    edda.refresh_from_db()
    assert not edda.has_usable_password()


def test_a_code_from_somebody_else_s_visit_is_refused(company: Company, edda: User) -> None:
    company.claims = {"sub": "e-1", "email": edda.email, "email_verified": True}
    there = Client().get(LOGIN)
    back = requests.get(there.headers["Location"], allow_redirects=False, timeout=5).headers["Location"]
    victim = Client()
    victim.get(back.removeprefix("http://testserver"))
    assert who(victim) is None


def test_a_company_that_does_not_answer_is_no_500(company: Company, settings: LazySettings, db: None) -> None:
    providers: Any = copy.deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
    providers["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
    settings.SOCIALACCOUNT_PROVIDERS = providers
    client = Client()
    assert client.get(LOGIN).headers["Location"] == "/accounts/login/"
    assert "does not answer" in client.get("/accounts/login/").content.decode()


def test_without_a_company_there_is_no_such_way(db: None) -> None:
    assert Client().get(LOGIN).status_code == 404
