"""Who is named to see a stakeholder is told so: once, without its name, and no longer than they are named."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from measures.actions import rewrite_stakeholder
from personas.actions import archive_stakeholder
from personas.models import Stakeholder
from tests.cast import SignIn, member_of
from tests.personas.say import finance, page_of
from tests.rest import Rest
from workspaces.actions import change_preferences, mail_notices, make_token, remove_member
from workspaces.models import Membership, Notice, User, Workspace

NAME = "Professor Zwackelmann"


def named(workspace: Workspace, *people: User) -> list[Membership]:
    """Their memberships."""
    return [member_of(workspace, person) for person in people]


def told(workspace: Workspace) -> list[str]:
    """Who finds a notice."""
    return sorted(str(notice.member) for notice in Notice.objects.of(workspace).select_related("member__user"))


@pytest.fixture
def secret(workspace: Workspace, edda: User, vik: User) -> Stakeholder:
    """Edda made it and named Vik."""
    return finance(workspace, edda, name=NAME, named_only=True, named=named(workspace, vik))


def test_who_is_named_is_told_and_led_there(
    workspace: Workspace, secret: Stakeholder, vik: User, sign_in: SignIn
) -> None:
    assert told(workspace) == ["Vik"]
    page = sign_in(vik)
    shown = page.get(reverse("notices", args=[workspace.slug])).content.decode()
    assert "Edda named you to see a stakeholder" in shown
    assert NAME not in shown
    notice = Notice.objects.get()
    answer = page.post(reverse("notice_read", args=[workspace.slug, notice.pk]))
    assert answer.headers["Location"] == page_of(secret)
    assert NAME in page.get(page_of(secret)).content.decode()


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "Lindbahn: Edda named you to see a stakeholder"),
        ("de", "Lindbahn: Edda hat Sie genannt: Sie sehen jetzt einen Stakeholder"),
    ],
)
def test_they_are_mailed_in_their_language_without_its_name(
    language: str, subject: str, workspace: Workspace, secret: Stakeholder, vik: User
) -> None:
    change_preferences(vik, language=language)
    mail_notices()
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["vik@example.org"], subject)
    assert f"http://127.0.0.1:8000{page_of(secret)}" in letter.body
    for text in (NAME, "Controlling"):
        assert text not in letter.body


def test_neither_whoever_names_nor_whoever_made_it_is_told(
    workspace: Workspace, edda: User, ada: User, vik: User
) -> None:
    one = finance(workspace, edda, name=NAME)
    rewrite_stakeholder(one, version=1, named_only=True, named=named(workspace, ada, vik), by=ada)
    assert told(workspace) == ["Vik"]


def test_who_was_named_before_is_not_told_again(
    workspace: Workspace, secret: Stakeholder, edda: User, vik: User, ada: User
) -> None:
    for _time in range(2):  # sent twice
        rewrite_stakeholder(secret, version=1, named=named(workspace, vik, ada), by=edda)
    rewrite_stakeholder(secret, version=2, role="Board", by=edda)
    assert told(workspace) == ["Ada", "Vik"]


def test_names_without_effect_tell_nobody(workspace: Workspace, edda: User, vik: User) -> None:
    finance(workspace, edda, name=NAME, named=named(workspace, vik))
    assert told(workspace) == []


def test_who_is_no_longer_named_finds_no_notice_and_gets_no_mail(
    workspace: Workspace, secret: Stakeholder, edda: User, vik: User, sign_in: SignIn
) -> None:
    rewrite_stakeholder(secret, version=1, named=[], by=edda)
    mail_notices()
    assert mail.outbox == []
    shown = sign_in(vik).get(reverse("notices", args=[workspace.slug])).content.decode()
    assert "stakeholder" not in shown.split("<main")[1].split("</main>")[0]
    rewrite_stakeholder(secret, version=2, named=named(workspace, vik), by=edda)
    assert told(workspace) == ["Vik"]  # for they are named anew


def test_who_is_no_member_any_more_gets_no_mail(
    workspace: Workspace, secret: Stakeholder, olga: User, vik: User
) -> None:
    remove_member(member_of(workspace, vik), by=olga)
    mail_notices()
    assert mail.outbox == []
    assert told(workspace) == []


def test_one_that_opens_to_all_editors_leads_no_viewer_to_a_closed_door(
    workspace: Workspace, secret: Stakeholder, edda: User
) -> None:
    rewrite_stakeholder(secret, version=1, named_only=False, by=edda)
    assert told(workspace) == []


def test_an_archived_one_leaves_them_their_notice(workspace: Workspace, secret: Stakeholder, edda: User) -> None:
    archive_stakeholder(secret, by=edda)
    assert told(workspace) == ["Vik"]


def test_a_program_names_in_the_name_of_its_person(
    workspace: Workspace, secret: Stakeholder, edda: User, ada: User, vik: User
) -> None:
    _token, key = make_token(workspace, name="Mine", scopes=["read", "write"], by=ada, personal=True)
    rewrite_stakeholder(secret, version=1, named=named(workspace, ada), by=edda)
    Notice.objects.all().delete()
    own = Rest(Client(headers={"Authorization": f"Bearer {key}"}))
    wanted = [member.pk for member in named(workspace, ada, vik)]
    assert own.patch(f"stakeholders/{secret.pk}/", {"named": wanted, "version": 2}).status_code == 200
    assert told(workspace) == ["Vik"]
    assert Notice.objects.get().told["by"] == "Ada"
