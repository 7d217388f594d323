"""A survey's own colour: whether white can be read on it, and what stands for it on dark paper (WCAG 2.2, 1.4.3)."""

import colorsys
import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from workspaces.templatetags.look import decimals

COLOUR = re.compile(r"#[0-9a-f]{6}")
WHITE, NIGHT = "#ffffff", "#161513"  # NIGHT: the paper of dark pages
LEAST_CONTRAST = 4.5
NIGHT_CONTRAST = 8  # as a fill below dark words and as words on dark paper


class Brand(NamedTuple):
    """A colour as pages use it: by day below white words, on dark paper as light as it must be, below dark ones."""

    day: str
    soft: str
    night: str
    night_soft: str


def brand_of(colour: str) -> Brand:
    """How a survey of this colour looks, by day and on dark paper."""
    night = next(light for light in _lighter(colour) if contrast(light, NIGHT) >= NIGHT_CONTRAST)
    return Brand(colour, mixed(colour, WHITE, 0.88), night, mixed(night, NIGHT, 0.82))


def _lighter(colour: str) -> Iterator[str]:
    """The colour, and the same hue lighter and lighter up to white."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in _channels(colour)))
    yield colour
    for hundredth in range(math.ceil(lightness * 100), 101):
        rgb = colorsys.hls_to_rgb(hue, hundredth / 100, saturation)
        yield "#" + "".join(f"{round(channel * 255):02x}" for channel in rgb)


def contrast(one: str, other: str) -> float:
    """How far two colours (#rrggbb) stand out from each other: 1 (not at all) to 21 (black from white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def in_tenths(found: float) -> str:
    """A contrast in words, cut off: one that is too low by a hair is not said to be enough."""
    return decimals(int(found * 10) / 10, 1)


def mixed(colour: str, other: str, share: float) -> str:
    """The colour with that share (0 to 1) of another in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(own + (theirs - own) * share):02x}" for own, theirs in pairs)


def validate_brand(colour: str) -> None:
    """Refuse what is no colour, and one on which white words cannot be read by everybody."""
    if not COLOUR.fullmatch(colour):
        raise ValidationError(_("Write the colour as # and six signs from 0 to 9 and a to f, for example #0b4f8a."))
    if (found := contrast(colour, WHITE)) < LEAST_CONTRAST:
        raise ValidationError(
            _(
                "White words on %(colour)s have a contrast of %(contrast)s to 1. For everybody to read them it takes at"
                " least 4.5 to 1: choose a darker colour."
            ),
            params={"colour": colour, "contrast": in_tenths(found)},
        )


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
