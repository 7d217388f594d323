"""Notices are mailed to whoever wants that: once, in their language, also when the mail server has a bad day."""

import datetime
import smtplib

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from tests.answering import Clock
from tests.cast import SignIn, member_of
from tests.telling import Alarm, Post, subjects
from touchpoints.actions import comment_on
from touchpoints.models import Touchpoint
from workspaces.actions import (
    archive_comment,
    change_preferences,
    edit_comment,
    edit_workspace,
    mail_notices,
    outbox,
    read_notices,
    remove_member,
)
from workspaces.models import Comment, MailAbout, Notice, User, Workspace

BUSY = smtplib.SMTPDataError(451, b"try again later")
FELL = "Lindbahn: R&D <info> fell"


def minutes(number: float) -> datetime.timedelta:
    return datetime.timedelta(minutes=number)


def after(number: float, at: Clock) -> list[str]:
    """What has been mailed when so many minutes have passed."""
    at.now += minutes(number)
    mail_notices()
    return subjects()


def shown(client: Client) -> tuple[dict[str, int], list[str]]:
    """What operators see: at /readyz, and in the metrics."""
    metrics = client.get("/metrics").content.decode().splitlines()
    return client.get("/readyz").json()["mail"], [line for line in metrics if line.startswith("etappe_mail_")]


def test_an_alarm_is_mailed_with_where_it_leads_and_why_it_comes(alarm: Alarm, workspace: Workspace, vik: User) -> None:
    alarm("fell", vik)
    mail_notices()
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["vik@example.org"], FELL)
    assert letter.body == (
        "R&D <info>, of Lindbahn, fell.\n\nSee it in Etappe:\n\nhttp://127.0.0.1:8000/w/lindbahn/scorecards/\n\n"
        "You are a member of the workspace “Lindbahn” and get its alarms by mail. Change that in your settings:\n\n"
        "http://127.0.0.1:8000/preferences/\n\n--\nEtappe, http://127.0.0.1:8000\n"
    )
    assert letter.message()["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(("own", "theirs"), [("de", "en"), ("", "de")])
def test_a_german_member_is_written_to_in_german(
    own: str, theirs: str, alarm: Alarm, workspace: Workspace, vik: User
) -> None:
    Workspace.objects.update(language=theirs)
    change_preferences(vik, language=own)
    alarm("fällt", vik)
    mail_notices()
    assert "In Etappe ansehen:" in mail.outbox[0].body
    assert "Sie sind Mitglied des Arbeitsbereichs „Lindbahn“" in mail.outbox[0].body


def test_told_twice_and_asked_twice_it_is_mailed_once(alarm: Alarm, vik: User, edda: User) -> None:
    for _ in range(2):
        alarm("fell", vik, edda, key="alarm:7")
        mail_notices()
    assert sorted(letter.to[0] for letter in mail.outbox) == ["edda@example.org", "vik@example.org"]


@pytest.mark.parametrize(
    ("wish", "gets"),
    [
        (None, [FELL]),
        (MailAbout.ALARMS, [FELL]),
        (MailAbout.TALK, ["Lindbahn: Edda mentions you"]),
        (MailAbout.ALL, [FELL, "Lindbahn: Edda mentions you"]),
        (MailAbout.NOTHING, []),
    ],
)
def test_everyone_chooses_what_is_mailed(
    wish: str | None, gets: list[str], alarm: Alarm, delays: Touchpoint, vik: User, edda: User, sign_in: SignIn
) -> None:
    if wish:
        sign_in(vik).post("/preferences/", {"mail_about": wish})
    alarm("fell", vik)
    comment_on(delays, text="@Vik, look", by=edda)
    mail_notices()
    assert subjects() == gets
    change_preferences(vik, mail_about=MailAbout.ALL)
    mail_notices()
    assert subjects() == gets  # what was not wanted does not come later


def test_a_mention_is_mailed_with_its_text_and_never_again_when_it_is_edited(
    delays: Touchpoint, vik: User, edda: User
) -> None:
    change_preferences(vik, mail_about=MailAbout.TALK)
    said = comment_on(delays, text="@Vik, R&D <late>", by=edda)
    mail_notices()
    edit_comment(said, text="@Vik, too late", version=1, by=edda)
    mail_notices()
    (letter,) = mail.outbox
    assert "Edda mentions you:\n\n@Vik, R&D <late>\n" in letter.body
    assert f"/w/lindbahn/comments/{said.pk}/" in letter.body
    assert "have asked for mentions and answers by mail" in letter.body


def test_an_answer_is_mailed_in_german(delays: Touchpoint, vik: User, edda: User) -> None:
    change_preferences(vik, mail_about=MailAbout.ALL, language="de")
    comment_on(delays, text="So it is", by=edda, answers=comment_on(delays, text="Too late", by=vik))
    mail_notices()
    assert subjects() == ["Lindbahn: Edda antwortet Ihnen"]


def test_who_has_left_or_is_shut_out_gets_none(
    alarm: Alarm, workspace: Workspace, vik: User, edda: User, ada: User, olga: User
) -> None:
    alarm("fell", vik, edda, ada)
    remove_member(member_of(workspace, vik), by=olga)
    User.objects.filter(pk=edda.pk).update(is_active=False)
    mail_notices()
    assert [letter.to for letter in mail.outbox] == [["ada@example.org"]]
    assert outbox() == (0, 0, 0)


def test_who_turned_mail_off_before_it_was_sent_gets_none(alarm: Alarm, vik: User) -> None:
    alarm("fell", vik)
    change_preferences(vik, mail_about=MailAbout.NOTHING)
    mail_notices()
    assert subjects() == []


def test_what_has_been_read_or_taken_back_is_not_mailed(
    alarm: Alarm, delays: Touchpoint, workspace: Workspace, vik: User, ada: User, edda: User
) -> None:
    change_preferences(ada, mail_about=MailAbout.ALL)
    alarm("fell", vik)
    read_notices(member_of(workspace, vik))
    archive_comment(comment_on(delays, text="@Ada, look", by=edda), by=edda)
    mail_notices()
    assert subjects() == []


def test_a_mail_that_is_refused_is_sent_later_and_once(alarm: Alarm, at: Clock, post: type[Post]) -> None:
    post.refusals = [BUSY, ConnectionRefusedError()]
    alarm("fell")
    assert after(0, at) == []
    assert after(0.9, at) == []
    assert len(post.refusals) == 1
    assert after(0.1, at) == []
    assert after(4.9, at) == []
    assert post.refusals == []
    assert after(0.1, at) == [FELL]
    for _ in range(3):
        assert after(3000, at) == [FELL]
    assert outbox() == (0, 0, 0)


def test_after_six_attempts_it_is_given_up_and_operators_see_it(
    alarm: Alarm, at: Clock, post: type[Post], client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    post.refusals = [BUSY] * 6
    alarm("fell")
    for number, pause in enumerate((0, 1, 5, 30, 120, 720), start=1):
        if pause:
            after(pause - 0.1, at)
            assert len(post.refusals) == 7 - number, "too early"
        assert after(0.1, at) == []
        assert len(post.refusals) == 6 - number
    assert after(10_000, at) == []
    assert shown(client) == (
        {"waiting": 0, "uncertain": 0, "given_up": 1},
        ["etappe_mail_waiting 0.0", "etappe_mail_uncertain 0.0", "etappe_mail_given_up 1.0"],
    )
    call_command("mail", again="given_up")
    assert "1 mail will be sent again" in capsys.readouterr().out
    assert after(0, at) == [FELL]


def test_a_server_out_of_reach_is_called_once_and_the_others_wait(alarm: Alarm, at: Clock, post: type[Post]) -> None:
    post.out_of_reach = [TimeoutError(), smtplib.SMTPAuthenticationError(535, b"who are you")]
    for what in ("fell", "rose"):
        alarm(what)
    assert after(0, at) == []
    assert post.calls == 1
    assert after(0, at) == []
    assert post.calls == 2
    assert outbox().waiting == 2
    assert sorted(after(1, at)) == [FELL, "Lindbahn: R&D <info> rose"]


@pytest.mark.parametrize("lost", [smtplib.SMTPServerDisconnected(), TimeoutError(), ConnectionResetError()])
def test_a_mail_that_may_have_arrived_is_not_sent_again_by_itself(
    lost: Exception, alarm: Alarm, at: Clock, post: type[Post], client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    post.losses = [lost]
    alarm("fell")
    for _ in range(4):
        assert after(2, at) == [FELL]
    assert shown(client) == (
        {"waiting": 0, "uncertain": 1, "given_up": 0},
        ["etappe_mail_waiting 0.0", "etappe_mail_uncertain 1.0", "etappe_mail_given_up 0.0"],
    )
    call_command("mail")
    assert f"uncertain  notice {Notice.objects.get().pk}" in capsys.readouterr().out
    call_command("mail", forget="uncertain")
    assert after(10_000, at) == [FELL]
    assert outbox() == (0, 0, 0)


def test_an_operator_sends_it_again_as_the_same_mail(alarm: Alarm, at: Clock, post: type[Post]) -> None:
    post.losses = [smtplib.SMTPServerDisconnected()]
    alarm("fell", key="alarm:7")
    assert after(0, at) == [FELL]
    at.now += minutes(7)
    call_command("mail", again="uncertain")
    alarm("fell", key="alarm:8")
    assert after(0, at) == [FELL] * 3
    first, again, other = (letter.message()["Message-ID"] for letter in mail.outbox)
    assert first == again != other


def test_one_that_cannot_be_written_holds_up_no_other(
    alarm: Alarm, at: Clock, workspace: Workspace, vik: User, olga: User
) -> None:
    User.objects.filter(pk=vik.pk).update(email="two\nlines@example.org")
    alarm("fell", vik)
    alarm("rose", olga)
    assert after(0, at) == ["Lindbahn: R&D <info> rose"]
    assert outbox() == (1, 0, 0)


def test_a_mail_leads_to_its_workspace_when_that_has_moved(
    alarm: Alarm, workspace: Workspace, olga: User, settings: Settings
) -> None:
    settings.SITE_URL = "https://etappe.example.org"
    alarm("fell")
    edit_workspace(workspace, version=workspace.version, by=olga, slug="moved")
    mail_notices()
    assert "\nhttps://etappe.example.org/w/moved/scorecards/\n" in mail.outbox[0].body
    assert mail.outbox[0].message()["Message-ID"].endswith("@etappe.example.org>")


def test_a_comment_of_somebody_who_has_left_is_mailed_all_the_same(delays: Touchpoint, vik: User, edda: User) -> None:
    change_preferences(vik, mail_about=MailAbout.ALL)
    comment_on(delays, text="@Vik, look", by=edda)
    Comment.objects.update(by=None)
    mail_notices()
    assert subjects() == ["Lindbahn: Somebody who has left mentions you"]
