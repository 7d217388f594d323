"""Mail to people. By EMAIL_URL, or without one into var/mail."""

from typing import Any

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

log = structlog.get_logger(__name__)


def send(template: str, *, to: str, language: str = "", **context: Any) -> bool:
    """Send `<template>_subject.txt` and `<template>_message.txt` in that language, or in the page's when it is "".

    False, and a line in the log, when the mail server did not take it: nobody's work ends for that.
    """
    context["site"] = settings.SITE_URL
    with translation.override(language or translation.get_language() or settings.LANGUAGE_CODE):
        subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
        message = render_to_string(f"{template}_message.txt", context).strip() + "\n"
    try:
        send_mail(subject, message, None, [to])
    except OSError as error:  # smtplib's errors are OSErrors, too
        log.warning("mail_not_sent", template=template, error=type(error).__name__)
        return False
    return True
