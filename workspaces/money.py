"""Amounts of a workspace's currency: kept in minor units, written and read as people do."""

from decimal import Decimal
from typing import Any

from babel.numbers import format_compact_currency, format_currency
from django import forms
from django.template.defaultfilters import floatformat
from django.utils.translation import get_language, to_locale

from workspaces.models import Workspace

MINOR = 100  # minor units in one of the currency
MOST = Decimal(10**9)
ROUND, MILLION = 10_000, 1_000_000
SHORTENED = {"de": MILLION}  # German has no short word for a thousand


class MoneyField(forms.DecimalField):
    """An amount of the workspace's currency, with up to two decimals. Cleans to minor units, as they are stored."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": MOST, "decimal_places": 2, "required": False, **options})

    def prepare_value(self, value: Any) -> Any:
        """What is stored as people write it; what they wrote as it is."""
        return Decimal(value) / MINOR if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another amount is meant."""
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> Any:
        """Minor units, or None."""
        amount = super().clean(value)
        return None if amount is None else int(amount * MINOR)


def amount(minor: float, *, places: int = 2) -> str:
    """Minor units in whole ones, in groups of three digits: “1,012.50”. What shows as nothing has no sign."""
    shown, nothing = (str(floatformat(abs(one) / MINOR, f"{places}g")) for one in (minor, 0))
    return f"−{shown}" if minor < 0 and shown != nothing else shown


def money(minor: float, workspace: Workspace, *, places: int = 2) -> str:
    """Minor units as an amount of the workspace's currency: “1,012.50 EUR”."""
    return f"{amount(minor, places=places)} {workspace.currency}"


def in_short(minor: float, workspace: Workspace) -> str:
    """Minor units, roughly, in the workspace's currency: “€70K”, “1.2 million €” as the language has it."""
    language, value = get_language() or "en", round(minor / MINOR)
    locale = to_locale(language)
    if abs(value) < SHORTENED.get(language, 0):
        said = format_currency(value, workspace.currency, locale=locale, currency_digits=False, format="#,##0 ¤")
    else:
        digits = 0 if ROUND <= abs(value) < MILLION else 1
        said = format_compact_currency(value, workspace.currency, locale=locale, fraction_digits=digits)
    return said.replace("-", "−")
