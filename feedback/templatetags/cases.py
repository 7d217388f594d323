"""How cases are told: moments out of JSON, and words of severity."""

import datetime

from babel.dates import format_timedelta
from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language, to_locale

from feedback.models import Severity

register = template.Library()


@register.filter
def as_moment(moment: str) -> datetime.datetime:
    """The moment that a notice keeps as text."""
    return datetime.datetime.fromisoformat(moment)


@register.filter
def severity_word(severity: int) -> str | Promise:
    """The word of a severity of 1 to 3."""
    return Severity(severity).label


@register.filter
def lasting(duration: datetime.timedelta) -> str:
    """How long it is, roughly: “5 hours”, “3 days”."""
    return format_timedelta(duration, granularity="minute", threshold=1.5, locale=to_locale(get_language() or "en"))
