"""Mails to members. Notices and digests are their own outbox: each says how far its mail is.

A mail is noted as being sent before the mail server is given it, and as sent afterwards. So no second worker sends it,
and none after a crash. What a crash, or a connection that was lost midway, leaves as being sent has arrived or has not:
it is counted as uncertain, and only an operator sends it again (`manage.py mail`).
"""

import datetime
import smtplib
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import Count, Q

from workspaces import clock
from workspaces.jobs import ring
from workspaces.mail import Written
from workspaces.models import Digest, Mailing, Notice, WorkspaceQuerySet

log = structlog.get_logger(__name__)

Mail = Notice | Digest
# Of what is mailed, the task that mails it
BELLS: dict[type[Mail], str] = {Notice: "workspaces.mail_notices", Digest: "scorecards.mail_digests"}

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


class Post(NamedTuple):
    """What is mailed: the rows of `model` that are `wanted` when their time has come.

    `letter` writes one of them, or says by None that there is nothing to be said; `reads`: what of other rows it needs.
    """

    model: type[Mail]
    wanted: Callable[[], Q]
    letter: Callable[[Any], EmailMessage | None]
    reads: tuple[str, ...]


def outbox() -> Outbox:
    """What operators have to know of."""
    counts = {"waiting": Count("pk", filter=Q(mail=Mailing.WAITING)), "uncertain": Count("pk", filter=_uncertain())}
    counts["given_up"] = Count("pk", filter=Q(mail=Mailing.GIVEN_UP))
    opened = Q(mail__in=[Mailing.WAITING, Mailing.SENDING, Mailing.GIVEN_UP])
    found = [model.objects.filter(opened).aggregate(**counts) for model in BELLS]
    return Outbox(**{name: sum(counted[name] for counted in found) for name in counts})


def stuck(what: str) -> list[Mail]:
    """The notices and digests whose mails are "uncertain" or "given_up", longest first."""
    found = [one for model in BELLS for one in _stuck(model, what).select_related("workspace")]
    return sorted(found, key=lambda one: (one.mail_at, one.pk))


def mail_again(what: str) -> int:
    """Let these mails be sent once more, though an uncertain one may have arrived. Returns how many."""
    again = sum(
        _stuck(model, what).update(mail=Mailing.WAITING, mail_at=clock.now(), mail_attempts=0) for model in BELLS
    )
    for model in BELLS:
        ring_for_mail(model)
    return again


def forget_mail(what: str) -> int:
    """Leave these mails alone from now on. Returns how many."""
    return sum(_stuck(model, what).update(mail=Mailing.NONE, mail_at=clock.now()) for model in BELLS)


def ring_for_mail(model: type[Mail]) -> None:
    """Wake a worker, after commit, for the mails of notices or digests."""
    ring(BELLS[model])


def mail_due(post: Post) -> None:
    """Mail what is due, each in its member's language, until nothing is left or a while has passed.

    Any number of workers may do so at once. When the mail server cannot be reached, the others wait for the next time.
    """
    unwanted = _due(post).exclude(post.wanted()).values("pk")
    post.model.objects.filter(mail=Mailing.WAITING, pk__in=unwanted).update(mail=Mailing.NONE)
    until = time.monotonic() + AT_A_STRETCH
    while time.monotonic() < until:
        mail = _claim(post)
        if mail is None or not _hand_over(mail, post):
            return
    ring_for_mail(post.model)


def letter_to(mail: Mail, written: Written, headers: dict[str, str] | None = None) -> EmailMessage:
    """Return it as a letter to its member, of the same number at every attempt.

    So a mailbox can tell that it has this one already.
    """
    number = f"{mail._meta.model_name}.{mail.pk}.{mail.created_at:%Y%m%d%H%M%S}@{urlsplit(settings.SITE_URL).hostname}"
    usual = {"Message-ID": f"<{number}>", "Auto-Submitted": "auto-generated"}
    to = [mail.member.user.email]
    letter = EmailMultiAlternatives(written.subject, written.message, None, to, headers=usual | (headers or {}))
    if written.html:
        letter.attach_alternative(written.html, "text/html")
    letter.message()  # what is malformed fails now, while it is certain that nothing was sent
    return letter


def _stuck(model: type[Mail], what: str) -> WorkspaceQuerySet:
    found: WorkspaceQuerySet = model.objects.filter(_uncertain() if what == "uncertain" else Q(mail=Mailing.GIVEN_UP))
    return found


def _uncertain() -> Q:
    return Q(mail=Mailing.SENDING, mail_at__lte=clock.now() - UNCERTAIN_AFTER)


def _due(post: Post) -> WorkspaceQuerySet:
    due: WorkspaceQuerySet = post.model.objects.filter(mail=Mailing.WAITING, mail_at__lte=clock.now())
    return due


@transaction.atomic
def _claim(post: Post) -> Mail | None:
    """One that is due and that nobody else has claimed, noted as being sent: when this returns, that is committed."""
    due = _due(post).filter(post.wanted()).order_by("mail_at", "pk").select_for_update(of=("self",), skip_locked=True)
    mail: Mail | None = due.select_related("workspace", "member__user", *post.reads).first()
    if mail is not None:
        mail.mail, mail.mail_at = Mailing.SENDING, clock.now()
        mail.mail_attempts += 1
        mail.save(update_fields=["mail", "mail_at", "mail_attempts"])
    return mail


def _hand_over(mail: Mail, post: Post) -> bool:
    """Give it to the mail server and note what came of it. False when the server cannot be reached."""
    server = get_connection()
    try:
        letter = post.letter(mail)
    except Exception as error:
        log.exception("mail_not_written", **_named(mail))
        _try_later(mail, error)
        return True
    if letter is None:
        _note(mail, Mailing.NONE)
        return True
    try:
        server.open()
    except Exception as error:
        _try_later(mail, error)
        return False
    try:
        server.send_messages([letter])
    except LOST as error:
        log.warning("mail_uncertain", **_named(mail), error=type(error).__name__)
    except OSError as error:
        _try_later(mail, error)
    else:
        _note(mail, Mailing.SENT)
    finally:
        with suppress(OSError):  # however the server says goodbye
            server.close()
    return True


def _named(mail: Mail) -> dict[str, Any]:
    return {str(mail._meta.model_name): mail.pk}


def _try_later(mail: Mail, error: Exception) -> None:
    log.warning("mail_not_sent", **_named(mail), attempt=mail.mail_attempts, error=type(error).__name__)
    if mail.mail_attempts > len(LATER):
        _note(mail, Mailing.GIVEN_UP)
    else:
        _note(mail, Mailing.WAITING, after=LATER[mail.mail_attempts - 1])


def _note(mail: Mail, how: Mailing, *, after: datetime.timedelta = datetime.timedelta()) -> None:
    mine = type(mail).objects.filter(pk=mail.pk, mail=Mailing.SENDING, mail_attempts=mail.mail_attempts)
    mine.update(mail=how, mail_at=clock.now() + after)
