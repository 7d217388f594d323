"""Notices by mail. They are their own outbox: each says how far its mail is.

A mail is noted as being sent before the mail server is given it, and as sent afterwards. So no second worker sends it,
and none after a crash. What a crash, or a connection that was lost midway, leaves as being sent has arrived or has not:
it is counted as uncertain, and only an operator sends it again (`manage.py mail`).
"""

import datetime
import smtplib
import time
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from workspaces import clock
from workspaces.actions.notices import ring_for_mail
from workspaces.mail import written
from workspaces.models import SPOKEN, MailAbout, Mailing, Notice, WorkspaceQuerySet, in_sight

log = structlog.get_logger(__name__)

LATER = tuple(datetime.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))  # after each failure
UNCERTAIN_AFTER = datetime.timedelta(minutes=6)  # longer than a task may live: nobody is at it any more
AT_A_STRETCH = 120  # seconds: well below the task's limit, for one mail may take a minute to fail
# The mail server may have taken it before its answer was lost. Other errors are its answer.
LOST = (smtplib.SMTPServerDisconnected, TimeoutError, ConnectionResetError, ConnectionAbortedError, BrokenPipeError)


class Outbox(NamedTuple):
    """How many mails wait, may or may not have arrived, and are not tried any more."""

    waiting: int
    uncertain: int
    given_up: int


def outbox() -> Outbox:
    """What operators have to know of."""
    open_ones = Notice.objects.filter(mail__in=[Mailing.WAITING, Mailing.SENDING, Mailing.GIVEN_UP])
    counted = open_ones.aggregate(
        waiting=Count("pk", filter=Q(mail=Mailing.WAITING)),
        uncertain=Count("pk", filter=_uncertain()),
        given_up=Count("pk", filter=Q(mail=Mailing.GIVEN_UP)),
    )
    return Outbox(**counted)


def stuck(what: str) -> WorkspaceQuerySet:
    """The notices whose mails are "uncertain" or "given_up", longest first."""
    found: WorkspaceQuerySet = Notice.objects.filter(_uncertain() if what == "uncertain" else Q(mail=Mailing.GIVEN_UP))
    return found.order_by("mail_at", "pk")


def mail_again(what: str) -> int:
    """Let these mails be sent once more, though an uncertain one may have arrived. Returns how many."""
    again = stuck(what).update(mail=Mailing.WAITING, mail_at=clock.now(), mail_attempts=0)
    ring_for_mail()
    return again


def forget_mail(what: str) -> int:
    """Leave these mails alone from now on. Returns how many."""
    return stuck(what).update(mail=Mailing.NONE, mail_at=clock.now())


def mail_due() -> None:
    """Mail the notices that are due, each in its member's language, until none is left or a while has passed.

    Any number of workers may do so at once. When the mail server cannot be reached, the others wait for the next time.
    """
    unwanted = _due().exclude(_wanted()).values("pk")
    Notice.objects.filter(mail=Mailing.WAITING, pk__in=unwanted).update(mail=Mailing.NONE)
    until = time.monotonic() + AT_A_STRETCH
    while time.monotonic() < until:
        notice = _claim()
        if notice is None or not _hand_over(notice):
            return
    ring_for_mail()


def _due() -> WorkspaceQuerySet:
    due: WorkspaceQuerySet = Notice.objects.filter(mail=Mailing.WAITING, mail_at__lte=clock.now())
    return due


def _wanted() -> Q:
    """Of what has not been read yet, is still in sight, and of the kind that its member wants by mail."""
    wish = "member__user__mail_about__in"
    alarms = ~Q(reason__in=SPOKEN) & Q(**{wish: [MailAbout.ALARMS, MailAbout.ALL]})
    talk = Q(reason__in=SPOKEN) & Q(**{wish: [MailAbout.TALK, MailAbout.ALL]}) & in_sight("comment__")
    return Q(read_at=None, member__user__is_active=True) & (alarms | talk)


def _uncertain() -> Q:
    return Q(mail=Mailing.SENDING, mail_at__lte=clock.now() - UNCERTAIN_AFTER)


@transaction.atomic
def _claim() -> Notice | None:
    """One that is due and that nobody else has claimed, noted as being sent: when this returns, that is committed."""
    due = _due().filter(_wanted()).order_by("mail_at", "pk").select_for_update(of=("self",), skip_locked=True)
    notice: Notice | None = due.select_related("workspace", "member__user", "comment__by", "comment__token").first()
    if notice is not None:
        notice.mail, notice.mail_at = Mailing.SENDING, clock.now()
        notice.mail_attempts += 1
        notice.save(update_fields=["mail", "mail_at", "mail_attempts"])
    return notice


def _hand_over(notice: Notice) -> bool:
    """Give its mail to the mail server and note what came of it. False when the server cannot be reached."""
    server = get_connection()
    try:
        message = _letter(notice)
    except Exception as error:
        log.exception("mail_not_written", notice=notice.pk)
        _try_later(notice, error)
        return True
    try:
        server.open()
    except Exception as error:
        _try_later(notice, error)
        return False
    try:
        server.send_messages([message])
    except LOST as error:
        log.warning("mail_uncertain", notice=notice.pk, error=type(error).__name__)
    except OSError as error:
        _try_later(notice, error)
    else:
        _note(notice, Mailing.SENT)
    finally:
        with suppress(OSError):  # however the server says goodbye
            server.close()
    return True


def _letter(notice: Notice) -> EmailMessage:
    to, workspace = notice.member.user, notice.workspace
    with timezone.override(workspace.zone):
        subject, message = written(
            "workspaces/email/notice",
            language=to.language or workspace.language,
            notice=notice,
            told=notice.told,
            workspace=workspace,
            link=settings.SITE_URL + notice.link,
            preferences=settings.SITE_URL + reverse("preferences"),
        )
    # The same at every attempt, so that a mailbox can tell that it has this one already.
    number = f"notice.{notice.pk}.{notice.created_at:%Y%m%d%H%M%S}@{urlsplit(settings.SITE_URL).hostname}"
    headers = {"Message-ID": f"<{number}>", "Auto-Submitted": "auto-generated"}
    letter = EmailMessage(subject, message, None, [to.email], headers=headers)
    letter.message()  # what is malformed fails now, while it is certain that nothing was sent
    return letter


def _try_later(notice: Notice, error: Exception) -> None:
    log.warning("mail_not_sent", notice=notice.pk, attempt=notice.mail_attempts, error=type(error).__name__)
    if notice.mail_attempts > len(LATER):
        _note(notice, Mailing.GIVEN_UP)
    else:
        _note(notice, Mailing.WAITING, after=LATER[notice.mail_attempts - 1])


def _note(notice: Notice, mail: Mailing, *, after: datetime.timedelta = datetime.timedelta()) -> None:
    mine = Notice.objects.filter(pk=notice.pk, mail=Mailing.SENDING, mail_attempts=notice.mail_attempts)
    mine.update(mail=mail, mail_at=clock.now() + after)
