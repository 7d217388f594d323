"""Digests go out once each, also when the mail server has a bad day, and operators see what became of them."""

import datetime
import smtplib

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from scorecards.tasks import digests_by_mail
from tests.answering import Clock
from tests.cast import member_of
from tests.scorecards.mailed import MONDAY, happen
from tests.telling import Alarm, Post, subjects
from workspaces.actions import choose_digest_days, mail_notices, outbox
from workspaces.models import Digest, User, Workspace

BUSY = smtplib.SMTPDataError(451, b"try again later")
NEWS = "Lindbahn: Activity"


@pytest.fixture
def monday(at: Clock, workspace: Workspace, vik: User, olga: User) -> Clock:
    """A morning on which Vik, and nobody else, is to be told of something."""
    happen(workspace, olga)
    at.now = MONDAY
    return at


def after(minutes: float, at: Clock) -> list[str]:
    """What has been mailed when so many minutes have passed."""
    at.now += datetime.timedelta(minutes=minutes)
    digests_by_mail()
    return subjects()


def shown(client: Client) -> tuple[dict[str, int], list[str]]:
    """What operators see: at /readyz, and in the metrics."""
    metrics = client.get("/metrics").content.decode().splitlines()
    return client.get("/readyz").json()["mail"], [line for line in metrics if line.startswith("etappe_mail_")]


def test_one_that_is_refused_is_sent_later_and_once(monday: Clock, post: type[Post], client: Client) -> None:
    post.refusals = [BUSY, ConnectionRefusedError()]
    assert after(0, monday) == []
    assert shown(client)[0] == {"waiting": 1, "uncertain": 0, "given_up": 0}
    assert after(0.9, monday) == []
    assert after(0.1, monday) == []
    assert after(4.9, monday) == []
    assert post.refusals == []
    assert after(0.1, monday) == [NEWS]
    for _ in range(3):
        assert after(200, monday) == [NEWS]
    assert outbox() == (0, 0, 0)


def test_after_six_attempts_of_that_day_it_is_given_up(monday: Clock, post: type[Post], client: Client) -> None:
    post.refusals = [BUSY] * 6
    for pause in (0, 1, 5, 30, 120, 720):
        assert after(pause, monday) == []
    assert shown(client) == (
        {"waiting": 0, "uncertain": 0, "given_up": 1},
        ["etappe_mail_waiting 0.0", "etappe_mail_uncertain 0.0", "etappe_mail_given_up 1.0"],
    )
    call_command("mail", again="given_up")
    assert after(0, monday) == [NEWS]


@pytest.mark.parametrize("lost", [smtplib.SMTPServerDisconnected(), TimeoutError()])
def test_one_that_may_have_arrived_is_not_sent_again_by_itself(
    lost: Exception, monday: Clock, post: type[Post], client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    post.losses = [lost]
    for _ in range(4):
        assert after(2, monday) == [NEWS]
    assert shown(client)[0] == {"waiting": 0, "uncertain": 1, "given_up": 0}
    call_command("mail")
    waiting, stuck = capsys.readouterr().out.splitlines()
    assert waiting == "0 mails still to be sent."
    assert stuck == f"uncertain  digest {Digest.objects.get(mail='sending').pk} of lindbahn, 2026-03-16 06:02 UTC"
    call_command("mail", again="uncertain")
    assert after(0, monday) == [NEWS] * 2
    first, again = (letter.message()["Message-ID"] for letter in mail.outbox)
    assert first == again


def test_notices_and_digests_are_counted_together(
    monday: Clock, post: type[Post], alarm: Alarm, vik: User, capsys: pytest.CaptureFixture[str]
) -> None:
    post.refusals = [BUSY] * 2
    alarm("fell", vik)
    mail_notices()
    digests_by_mail()
    assert outbox() == (2, 0, 0)
    for _ in range(5):
        post.refusals = [BUSY] * 2
        monday.now += datetime.timedelta(hours=12)
        mail_notices()
        digests_by_mail()
    call_command("mail")
    assert "given_up  notice" in capsys.readouterr().out
    call_command("mail", forget="given_up")
    assert "1 mail will be left alone" in capsys.readouterr().out


def test_who_turns_it_off_while_it_waits_gets_none(
    monday: Clock, workspace: Workspace, vik: User, post: type[Post]
) -> None:
    post.refusals = [BUSY]
    after(0, monday)
    choose_digest_days(member_of(workspace, vik), [])
    assert after(2, monday) == []
    assert outbox() == (0, 0, 0)


def test_what_is_more_than_a_day_late_is_not_sent_any_more(monday: Clock, post: type[Post]) -> None:
    post.refusals = [BUSY]
    after(0, monday)
    assert after(24 * 60, monday) == []
    assert outbox() == (0, 0, 0)


def test_one_that_cannot_be_written_holds_up_no_other(
    monday: Clock, workspace: Workspace, vik: User, ada: User, olga: User
) -> None:
    User.objects.filter(pk=vik.pk).update(email="two\nlines@example.org")
    happen(workspace, ada)
    after(0, monday)
    assert [letter.to for letter in mail.outbox] == [["olga@example.org"]]
    assert outbox().waiting == 1
