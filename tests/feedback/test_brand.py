"""A survey's colour: read by everybody, by day and by night."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from feedback.brand import NIGHT, WHITE, brand_of, contrast, validate_brand

# As the contrast checkers of WebAIM and of Chromium tell them.
KNOWN = [("#000000", 21.0), ("#ffffff", 1.0), ("#0b4f8a", 8.35), ("#767676", 4.54), ("#777777", 4.48), ("#ffcc00", 1.5)]
COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize(("colour", "ratio"), KNOWN)
def test_contrast_is_that_of_wcag(colour: str, ratio: float) -> None:
    assert contrast(colour, WHITE) == contrast(WHITE, colour) == pytest.approx(ratio, abs=0.06)


@pytest.mark.parametrize("colour", ["#767676", "#0b5d4e", "#000000"])
def test_a_dark_colour_is_taken(colour: str) -> None:
    validate_brand(colour)


def test_a_light_colour_is_refused_with_its_contrast() -> None:
    with pytest.raises(ValidationError, match=r"#777777 have a contrast of 4.4 to 1.*at least 4.5 to 1"):
        validate_brand("#777777")


@pytest.mark.parametrize("colour", ["red", "#fff", "#GGGGGG", "0b4f8a", "#0b4f8a;}", "#0B4F8A", ""])
def test_what_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(ValidationError, match="#0b4f8a"):
        validate_brand(colour)


@given(COLOURS)
def test_by_night_every_colour_can_be_read(colour: str) -> None:
    assert contrast(brand_of(colour).night, NIGHT) >= 7
