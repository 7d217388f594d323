"""Amounts as people read them: in groups, with a true minus, and never with less than there is."""

import pytest
from django.utils import translation

from workspaces.models import Workspace
from workspaces.money import amount, in_short, money


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


@pytest.mark.parametrize(
    ("language", "minor", "said"),
    [
        ("en", 56_000.00000000001, "€560"),
        ("en", 450_000, "€4.5K"),
        ("en", 91_000_000, "€910K"),
        ("en", -2_500_000, "−€25K"),
        ("en", 123_456_700, "€1.2M"),
        ("de", 34_960_000, "349.600 €"),
        ("de", -2_500_000, "−25.000 €"),
        ("de", 123_456_700, "1,2\xa0Mio.\xa0€"),
    ],
)
def test_in_short_it_says_as_much_as_there_is_room_for(language, minor, said):
    with translation.override(language):
        assert in_short(minor, Workspace(currency="EUR")) == said
