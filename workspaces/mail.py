"""Mail to people. By EMAIL_URL, or without one into var/mail."""

from typing import Any

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

log = structlog.get_logger(__name__)


def written(template: str, *, language: str = "", **context: Any) -> tuple[str, str]:
    """Subject and message of a mail: `<template>_subject.txt` and `<template>_message.txt`, in that language.

    In the page's language when it is "".
    """
    context["site"] = settings.SITE_URL
    with translation.override(language or translation.get_language() or settings.LANGUAGE_CODE):
        subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
        return subject, render_to_string(f"{template}_message.txt", context).strip() + "\n"


def send(template: str, *, to: str, language: str = "", **context: Any) -> bool:
    """Send what is `written`, now and once.

    False, and a line in the log, when the mail server did not take it: nobody's work ends for that.
    """
    subject, message = written(template, language=language, **context)
    try:
        send_mail(subject, message, None, [to])
    except OSError as error:  # smtplib's errors are OSErrors, too
        log.warning("mail_not_sent", template=template, error=type(error).__name__)
        return False
    return True
