"""How alarms are told: days out of JSON, and answers as people know them."""

import datetime

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchpoints.models import METRICS, Metric, Usage
from workspaces.templatetags.look import decimals, percent, signed

register = template.Library()

METRIC_WORDS = dict(METRICS)
RATES: dict[str, Promise] = {Metric.COMPLAINT.value: _("Complaint rate"), Usage.VISIT.value: _("Completion")}


@register.filter
def metric_word(metric: str) -> str:
    """The word of what a customer was asked, or of what was counted."""
    return str(METRIC_WORDS[metric])


@register.filter
def series_word(metric: str) -> str:
    """The word of what is watched: a metric, or the rate that is made of it."""
    return str(RATES.get(metric, METRIC_WORDS[metric]))


@register.filter
def as_day(day: str) -> datetime.date:
    """The day that a notice keeps as text, to be written as people of each language do."""
    return datetime.date.fromisoformat(day)


@register.filter
def answered(value: float, metric: str) -> str:
    """An NPS with its sign, a rate in percent, or a mean answer with two decimals."""
    if metric in RATES:
        return percent(value, 1)
    return signed(value) if metric == Metric.NPS else decimals(value, 2)


@register.filter
def chance(share: float) -> str:
    """A small probability, without claiming more digits than matter."""
    return f"< {decimals(0.0001, 4)}" if share < 0.0001 else decimals(share, 4)
