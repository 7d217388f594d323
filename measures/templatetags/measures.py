"""How costs and benefits are told: effects, times until something is paid back, and formulas with their numbers."""

from decimal import Decimal
from math import ceil
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.forms.costs import Needs, effect_of, plain
from measures.models import Benefit, BenefitKind
from workspaces.models import Workspace
from workspaces.money import money
from workspaces.templatetags.look import decimals, in_percent, percent, signed

register = template.Library()

MONTHS = 12
FEW_YEARS = 2  # up to them months are counted
ALMOST = 1e-6  # of a percent: what a search by halving leaves


@register.filter
def asks(needs: Needs, name: str) -> str | Promise:
    """What a kind of benefit calls a field; empty where it does not ask for it."""
    found: str | Promise = getattr(needs, name)
    return found


@register.filter
def paid_back(years: float | None) -> str:
    """After how long something is paid for."""
    if years is None:
        return _("not in that time")
    if years == 0:
        return _("at once")
    if years < FEW_YEARS:
        months = max(1, round(MONTHS * years))
        return ngettext("%(months)d month", "%(months)d months", months) % {"months": months}
    return _("%(years)s years") % {"years": decimals(years, 1)}


@register.filter
def break_even_percent(share: float) -> str:
    """From how much of the assumed effect on something pays, rounded up: at what is said it does pay."""
    return percent(ceil(100 * share - ALMOST) / 100)


@register.filter
def returned(share: float, places: int = 0) -> str:
    """A return as percent: “98%”, “−80%”."""
    return in_percent(signed(100 * share, places).removeprefix("+"))


@register.simple_tag
def effect(benefit: Benefit, end: str, workspace: Workspace) -> str:
    """An effect at an end as people say it: “2.5 %”, or an amount."""
    if benefit.kind == BenefitKind.TYPED:
        return money(float(getattr(benefit, end)), workspace)
    return _in_percent(effect_of(benefit, end))


@register.simple_tag
def assumed(benefit: Benefit, workspace: Workspace) -> str:
    """On what a benefit rests, without its effect."""
    count = number_format(benefit.count, force_grouping=True)
    said = {"count": count, "each": money(benefit.each, workspace), "base": _in_percent(plain(benefit.base * 100))}
    return {
        BenefitKind.RETENTION: _("%(count)s customers with a margin of %(each)s a year, of whom %(base)s stay"),
        BenefitKind.CONVERSION: _("%(count)s visitors a year, each purchase with a margin of %(each)s"),
        BenefitKind.REVENUE: _("%(count)s customers a year, in addition with a margin of %(each)s"),
        BenefitKind.AVOIDED: _("%(count)s contacts or complaints a year, each costs %(each)s"),
        BenefitKind.TYPED: "",
    }[BenefitKind(benefit.kind)] % said


@register.simple_tag
def reckoned(benefit: Benefit, end: str, workspace: Workspace) -> str:
    """The formula of what a benefit brings in year t, with its numbers put in."""
    size = effect(benefit, end, workspace)
    if benefit.kind == BenefitKind.TYPED:
        return size
    product = f"{number_format(benefit.count, force_grouping=True)} × {money(benefit.each, workspace)}"
    if benefit.kind == BenefitKind.RETENTION:
        base = _in_percent(plain(benefit.base * 100))
        return f"{product} × (({base} + {size})^t − ({base})^t)"
    return f"{product} × {size}"


def _in_percent(number: Decimal) -> str:
    shown: Any = plain(number)
    return in_percent(number_format(shown))
