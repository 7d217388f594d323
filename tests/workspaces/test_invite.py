"""Invitations: sent, accepted, sent again, withdrawn."""

import datetime
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.cast import SignIn, member_of
from workspaces.actions import (
    accept_invitation,
    invite,
    join_as_new_person,
    open_invitation,
    resend_invitation,
    withdraw_invitation,
)
from workspaces.errors import Refused
from workspaces.models import Invitation, Membership, Role, User, Workspace

NORA = "nora@example.org"
JOIN = {"name": "Nora Neu", "password": "correct horse battery"}


@pytest.fixture
def link(workspace: Workspace, ada: User) -> str:
    """Where Nora's invitation leads."""
    _invitation, secret = invite(workspace, email="Nora@Example.org ", role=Role.EDITOR, by=ada)
    return f"/invitation/{secret}/"


def test_admin_invites_and_sees_the_link_that_is_mailed(workspace: Workspace, ada: User, sign_in: SignIn) -> None:
    answer = sign_in(ada).post(f"/w/{workspace.slug}/invitations/new/", {"email": NORA, "role": "20"})
    shown = re.search(r"http://[^<\s]+/invitation/[\w-]+/", answer.content.decode())
    assert shown
    assert mail.outbox[0].to == [NORA]
    assert mail.outbox[0].subject == "Ada invites you to Lindbahn"
    assert shown[0] in mail.outbox[0].body
    assert Client().get(shown[0].removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_mail_speaks_the_workspace_s_language(workspace: Workspace, ada: User, sign_in: SignIn) -> None:
    Workspace.objects.update(language="de")
    sign_in(ada).post(f"/w/{workspace.slug}/invitations/new/", {"email": NORA, "role": "20"})
    assert mail.outbox[0].subject == "Ada lädt Sie zu Lindbahn ein"


def test_dead_mail_server_costs_nothing(
    workspace: Workspace, ada: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("workspaces.mail.send_mail", refuse)
    answer = sign_in(ada).post(f"/w/{workspace.slug}/invitations/new/", {"email": NORA, "role": "20"})
    assert answer.status_code == 200
    assert "The mail could not be sent" in answer.content.decode()


def test_new_person_joins_with_name_and_password(workspace: Workspace, link: str) -> None:
    page = Client()
    assert page.post(link, JOIN).headers["Location"] == f"/w/{workspace.slug}/"
    nora = User.objects.get(email=NORA)
    assert member_of(workspace, nora).role == Role.EDITOR
    assert page.get(f"/w/{workspace.slug}/members/").status_code == 200
    again = Client().post("/accounts/login/", {"login": NORA, "password": JOIN["password"]})
    assert again.status_code == 302


@pytest.mark.parametrize("password", ["", "short", "password123", "nora@example"])
def test_weak_passwords_are_refused_and_nothing_is_stored(link: str, password: str) -> None:
    answer = Client().post(link, JOIN | {"password": password})
    assert answer.status_code == 422
    assert not User.objects.filter(email=NORA).exists()
    assert open_invitation(link.split("/")[2])


def test_link_works_once(link: str) -> None:
    Client().post(link, JOIN)
    for answer in (Client().get(link), Client().post(link, JOIN)):
        assert answer.status_code == 410
        assert "This invitation is closed" in answer.content.decode()


def test_somebody_signed_in_joins_with_a_click(workspace: Workspace, ada: User, otto: User, sign_in: SignIn) -> None:
    _invitation, secret = invite(workspace, email=otto.email, role=Role.VIEWER, by=ada)
    page = sign_in(otto)
    assert "Ada invited you as Viewer" in page.get(f"/invitation/{secret}/").content.decode()
    assert page.post(f"/invitation/{secret}/").status_code == 302
    assert member_of(workspace, otto).role == Role.VIEWER


def test_somebody_known_but_not_signed_in_signs_in_first(workspace: Workspace, ada: User, otto: User) -> None:
    _invitation, secret = invite(workspace, email=otto.email, role=Role.VIEWER, by=ada)
    for answer in (Client().get(f"/invitation/{secret}/"), Client().post(f"/invitation/{secret}/", JOIN)):
        assert answer.headers["Location"] == f"/accounts/login/?next=/invitation/{secret}/"
    assert not Membership.objects.of(workspace).filter(user=otto).exists()


def test_wrong_person_signed_in_is_told_so(workspace: Workspace, link: str, otto: User, sign_in: SignIn) -> None:
    page = sign_in(otto)
    for answer in (page.get(link), page.post(link)):
        assert answer.status_code == 403
        text = answer.content.decode()
        assert NORA in text
        assert otto.email in text
    assert not Membership.objects.of(workspace).filter(user=otto).exists()
    assert open_invitation(link.split("/")[2])


def test_expired_and_withdrawn_links_are_dead(
    workspace: Workspace, ada: User, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + datetime.timedelta(days=14, minutes=1))
    assert Client().get(link).status_code == 410
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert Client().get(link).status_code == 200
    withdraw_invitation(Invitation.objects.of(workspace).get(), by=ada)
    assert Client().post(link, JOIN).status_code == 410


def test_resending_kills_the_link_before(workspace: Workspace, ada: User, link: str, sign_in: SignIn) -> None:
    invitation = Invitation.objects.of(workspace).get()
    sign_in(ada).post(f"/w/{workspace.slug}/invitations/{invitation.pk}/resend/")
    fresh = re.search(r"/invitation/[\w-]+/", str(mail.outbox[0].body))
    assert fresh
    assert Client().get(link).status_code == 410
    assert Client().get(fresh[0]).status_code == 200


def test_withdrawing_twice_is_harmless_and_accepted_ones_are_done(workspace: Workspace, ada: User, otto: User) -> None:
    invitation, _secret = invite(workspace, email=NORA, role=Role.VIEWER, by=ada)
    withdraw_invitation(withdraw_invitation(invitation, by=ada), by=ada)
    with pytest.raises(Refused):
        resend_invitation(invitation, by=ada)
    invitation, _secret = invite(workspace, email=otto.email, role=Role.VIEWER, by=ada)
    accept_invitation(invitation, by=otto)
    with pytest.raises(Refused):
        withdraw_invitation(invitation, by=ada)


def test_members_and_open_invitations_are_not_invited_again(
    workspace: Workspace, ada: User, vik: User, link: str, sign_in: SignIn
) -> None:
    for email, why in ((vik.email, "is a member already"), (NORA.upper(), "already has an open invitation")):
        answer = sign_in(ada).post(f"/w/{workspace.slug}/invitations/new/", {"email": email, "role": "20"})
        assert answer.status_code == 422
        assert why in answer.content.decode()


def test_an_expired_invitation_makes_room_for_a_new_one(workspace: Workspace, ada: User, link: str) -> None:
    Invitation.objects.update(expires_at=timezone.now() - datetime.timedelta(days=1))
    invite(workspace, email=NORA, role=Role.VIEWER, by=ada)
    assert Client().get(link).status_code == 410


@pytest.mark.parametrize(("who", "role"), [("edda", Role.VIEWER), ("otto", Role.VIEWER), ("ada", Role.OWNER)])
def test_nobody_invites_beyond_their_reach(
    who: str, role: Role, workspace: Workspace, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Refused):
        invite(workspace, email=NORA, role=role, by=request.getfixturevalue(who))


@pytest.mark.usefixtures("within_one_window")
def test_the_fifty_first_invitation_in_an_hour_waits(workspace: Workspace, ada: User, sign_in: SignIn) -> None:
    page = sign_in(ada)
    url = f"/w/{workspace.slug}/invitations/new/"
    codes = [page.post(url, {"email": "not an address", "role": "20"}).status_code for _ in range(51)]
    assert codes == [422] * 50 + [429]


@pytest.mark.django_db(transaction=True)
def test_of_many_who_accept_at_once_one_person_joins(workspace: Workspace, ada: User, link: str) -> None:
    invitation = Invitation.objects.of(workspace).get()

    def accept(_: int) -> bool:
        try:
            join_as_new_person(invitation, name="Nora", password="correct horse battery", language="en")
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as crowd:
        assert sum(crowd.map(accept, range(6))) == 1
    assert User.objects.filter(email=NORA).count() == 1


def test_only_the_hash_of_a_link_is_kept(link: str) -> None:
    assert link.split("/")[2] not in str(Invitation.objects.values())
