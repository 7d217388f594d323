"""Amounts as people read them: in groups, with a true minus, and never with less than there is."""

import pytest
from django.utils import translation

from workspaces.models import Workspace
from workspaces.money import amount, money


@pytest.mark.parametrize(
    ("minor", "places", "english", "german"),
    [
        (1250, 2, "12.50", "12,50"),
        (123_456_789, 2, "1,234,567.89", "1.234.567,89"),
        (-123_456, 0, "−1,235", "−1.235"),
        (-0.3, 2, "0.00", "0,00"),
        (0, 0, "0", "0"),
    ],
)
def test_an_amount_is_written_as_the_language_has_it(minor, places, english, german):
    for language, written in {"en": english, "de": german}.items():
        with translation.override(language):
            assert amount(minor, places=places) == written


def test_its_currency_stands_behind_it():
    assert money(1250, Workspace(currency="CHF")) == "12.50 CHF"
