"""How costs and benefits are told in short: money in thousands, paybacks in months."""

from babel.numbers import format_compact_currency, format_currency
from django import template
from django.utils.translation import get_language, ngettext, to_locale
from django.utils.translation import gettext as _

from scorecards.measure_chart import Chart
from workspaces.models import Workspace

register = template.Library()

MINOR = 100
MONTHS = 12
SHORTENED = {"de": 1_000_000}  # German has no short word for a thousand
LONG = 36  # months, from which on a payback is told in years


@register.filter
def in_short(amount: float, workspace: Workspace) -> str:
    """Minor units, roughly, in the workspace's currency: “€70K”, “1.2 million €” as the language has it."""
    language, value = get_language() or "en", amount / MINOR
    locale = to_locale(language)
    if abs(value) < SHORTENED.get(language, 0):
        return format_currency(round(value), workspace.currency, locale=locale, currency_digits=False, format="#,##0 ¤")
    return format_compact_currency(value, workspace.currency, locale=locale, fraction_digits=1)


@register.filter
def payback_words(years: float | None) -> str:
    """When costs are paid back: “3 months”, “4 years”; the end of a month that has begun. None: never."""
    if years is None:
        return _("not within its years")
    months = -int(-years * MONTHS // 1)
    if not months:
        return _("at once")
    if months < LONG:
        return ngettext("%(number)d month", "%(number)d months", months) % {"number": months}
    whole = -(-months // MONTHS)
    return ngettext("%(number)d year", "%(number)d years", whole) % {"number": whole}


@register.filter
def chart_words(chart: Chart) -> str:
    """What the chart of costs and benefits shows, for who cannot see it; the board has every figure."""
    quick = sum(
        1
        for place in chart.places
        if place.card.worth and place.card.worth.likely.payback is not None and place.card.worth.likely.payback <= 1
    )
    return ngettext(
        "%(number)d measure by cost and benefit; of these, %(quick)d would pay back within a year.",
        "%(number)d measures by cost and benefit; of these, %(quick)d would pay back within a year.",
        len(chart.places),
    ) % {"number": len(chart.places), "quick": quick}
