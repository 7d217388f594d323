"""A number is rounded in one way, wherever it is told."""

from decimal import Decimal

import pytest
from django.template.defaultfilters import floatformat
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from touchpoints.health.bands import rounded
from workspaces.templatetags.look import decimals, moved, percent, signed


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [(2.675, 2, "2.68"), (2.125, 2, "2.13"), (2.9966, 2, "3.00"), (0.05, 1, "0.1"), (34.5, 0, "35"), (3, 2, "3.00")],
)
def test_halves_go_up_and_nothing_is_cut_off(value: float, places: int, shown: str) -> None:
    assert decimals(value, places) == shown
    assert rounded(value, places) == Decimal(shown)
    assert signed(-value, places) == f"−{shown}"
    assert moved(value, places) == f"+{shown}"


def test_what_shows_as_nothing_has_no_sign() -> None:
    assert moved(-0.04, 1) == "±0.0"
    assert (signed(-0.04, 1), signed(0.04, 1), signed(0)) == ("0.0", "0.0", "0")


@given(st.integers(-(10**9), 10**9).map(lambda part: part / 1e5), st.integers(0, 4))
def test_words_templates_and_sheets_agree(value: float, places: int) -> None:
    assert decimals(value, places) == str(floatformat(value, places))
    assert Decimal(decimals(value, places)) == rounded(value, places)


def test_germans_have_a_comma() -> None:
    with translation.override("de"):
        assert (decimals(2.675, 2), percent(0.125, 1)) == ("2,68", "12,5\N{NARROW NO-BREAK SPACE}%")
