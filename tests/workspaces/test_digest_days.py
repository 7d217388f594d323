"""Members choose on which days the digest of a workspace comes, and leave it by one click of a mail."""

import re

import pytest
from django.core import signing
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.cast import SignIn, member_of
from workspaces.actions import add_member, choose_digest_days, digest_off_link, remove_member
from workspaces.models import Membership, Role, User, Workspace

SITE = "http://127.0.0.1:8000"


def chosen(workspace: Workspace, person: User) -> list[int]:
    days: list[int] = member_of(workspace, person).digest_days
    return days


def link(workspace: Workspace, person: User) -> str:
    """The way out that this member's mails show, below the site."""
    return digest_off_link(member_of(workspace, person)).removeprefix(SITE)


def ticked(page: str, workspace: Workspace) -> list[str]:
    """The days that are ticked for that workspace."""
    form = page.split(f'action="/w/{workspace.slug}/digest/"')[1].split("</form>", maxsplit=1)[0]
    return re.findall(r'value="(\d)"[^>]* checked', form)


def test_it_is_monday_until_somebody_chooses(workspace: Workspace, vik: User, olga: User, sign_in: SignIn) -> None:
    assert chosen(workspace, vik) == chosen(workspace, olga) == [1]
    assert ticked(sign_in(vik).get("/preferences/").content.decode(), workspace) == ["1"]


def test_everyone_chooses_for_each_workspace_by_itself(
    workspace: Workspace, elsewhere: Workspace, otto: User, vik: User, edda: User, sign_in: SignIn
) -> None:
    add_member(elsewhere, user=vik, role=Role.VIEWER, by=otto)
    client = sign_in(vik)
    answer = client.post(reverse("digest_days", args=[workspace.slug]), {"days": ["5", "2"]}, follow=True)
    page = answer.content.decode()
    assert "Saved: on which days the digest of Lindbahn comes." in page
    assert (ticked(page, workspace), ticked(page, elsewhere)) == (["2", "5"], ["1"])
    assert (chosen(workspace, vik), chosen(elsewhere, vik), chosen(workspace, edda)) == ([2, 5], [1], [1])
    answer = client.post(reverse("digest_days", args=[workspace.slug]), follow=True)
    assert "The digest of Lindbahn does not come any more." in answer.content.decode()
    assert chosen(workspace, vik) == []


def test_the_menus_that_send_one_thing_leave_the_days_alone(workspace: Workspace, vik: User, sign_in: SignIn) -> None:
    choose_digest_days(member_of(workspace, vik), [3])
    sign_in(vik).post("/preferences/", {"theme": "dark"})
    assert chosen(workspace, vik) == [3]


@pytest.mark.parametrize("day", ["0", "8", "-1", "monday", "1,2"])
def test_a_day_that_no_week_has_is_refused(day: str, workspace: Workspace, vik: User, sign_in: SignIn) -> None:
    answer = sign_in(vik).post(reverse("digest_days", args=[workspace.slug]), {"days": ["2", day]})
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert chosen(workspace, vik) == [1]


@pytest.mark.parametrize("days", [[0], [8], [1, 9], [1] * 8])
def test_the_database_refuses_it_too(days: list[int], workspace: Workspace, vik: User) -> None:
    with pytest.raises(IntegrityError, match="membership_digest_days"), transaction.atomic():
        Membership.objects.of(workspace).update(digest_days=days)


def test_following_the_link_of_a_mail_changes_nothing(workspace: Workspace, vik: User) -> None:
    stranger = Client()
    for _ in range(2):
        answer = stranger.get(link(workspace, vik))
        assert (answer.status_code, chosen(workspace, vik)) == (200, [1])
    page = answer.content.decode()
    assert "Shall this digest no longer come to you?" in page
    assert answer.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_its_button_turns_off_this_digest_and_says_where_to_turn_it_on(
    workspace: Workspace, elsewhere: Workspace, otto: User, vik: User, edda: User
) -> None:
    add_member(elsewhere, user=vik, role=Role.VIEWER, by=otto)
    stranger, off = Client(), link(workspace, vik)
    for ask in (stranger.post, stranger.post, stranger.get):
        page = ask(off).content.decode()
        assert "No digest of this workspace comes to you any more." in page
        assert 'href="/preferences/#digests"' in page
        assert "<form" not in page.split("<main")[1]
    assert (chosen(workspace, vik), chosen(elsewhere, vik), chosen(workspace, edda)) == ([], [1], [1])


def test_a_mail_provider_turns_it_off_by_one_click_of_its_own(workspace: Workspace, vik: User) -> None:
    provider = Client(enforce_csrf_checks=True)
    answer = provider.post(link(workspace, vik), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200, "not even a redirect is allowed (RFC 8058)"
    assert chosen(workspace, vik) == []


def test_the_page_is_read_in_german(workspace: Workspace, vik: User) -> None:
    german = Client(headers={"Accept-Language": "de"})
    assert "Rückblick auf Lindbahn" in german.get(link(workspace, vik)).content.decode()
    assert "Wieder einschalten" in german.post(link(workspace, vik)).content.decode()


def test_a_wrong_signature_leads_nowhere(workspace: Workspace, vik: User, edda: User) -> None:
    stranger, member = Client(), member_of(workspace, vik)
    _number, _colon, signature = link(workspace, vik).strip("/").rpartition("/")[2].partition(":")
    other = signing.Signer(salt="something else").sign(str(member.pk))
    for signed in (f"{member_of(workspace, edda).pk}:{signature}", f"{member.pk}:", str(member.pk), other, ":", "x"):
        for ask in (stranger.get, stranger.post):
            assert ask(f"/digest/off/{signed}/").status_code == 404
    assert (chosen(workspace, vik), chosen(workspace, edda)) == ([1], [1])


def test_who_has_left_finds_nothing_at_their_link(workspace: Workspace, vik: User, olga: User) -> None:
    off = link(workspace, vik)
    remove_member(member_of(workspace, vik), by=olga)
    assert Client().post(off).status_code == 404
