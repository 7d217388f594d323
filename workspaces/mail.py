"""Mail to people. By EMAIL_URL, or without one into var/mail."""

from typing import Any, NamedTuple

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

log = structlog.get_logger(__name__)


class Written(NamedTuple):
    """A mail: its message, and the same in HTML where it has that."""

    subject: str
    message: str
    html: str = ""


def written(template: str, *, language: str = "", in_html: bool = False, **context: Any) -> Written:
    """A mail in that language, in the page's when it is "".

    By `<template>_subject.txt`, `<template>_message.txt` and, if `in_html`, `<template>_message.html`.
    """
    context["site"] = settings.SITE_URL
    with translation.override(language or translation.get_language() or settings.LANGUAGE_CODE):
        subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
        message = render_to_string(f"{template}_message.txt", context).strip() + "\n"
        return Written(subject, message, render_to_string(f"{template}_message.html", context) if in_html else "")


def send(template: str, *, to: str, language: str = "", **context: Any) -> bool:
    """Send what is `written`, now and once.

    False, and a line in the log, when the mail server did not take it: nobody's work ends for that.
    """
    mail = written(template, language=language, **context)
    try:
        send_mail(mail.subject, mail.message, None, [to])
    except OSError as error:  # smtplib's errors are OSErrors, too
        log.warning("mail_not_sent", template=template, error=type(error).__name__)
        return False
    return True
