"""The colours keep their promise of contrast in both themes, computed from the stylesheet itself."""

import re
from pathlib import Path

import pytest

from workspaces.templatetags.look import HUES

TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"
PAPERS = ("paper", "surface", "sunken")
BANDS = ("critical", "weak", "good", "strong", "nodata")

TEXT = [
    *[(ink, paper) for ink in ("ink", "ink-2", "ink-3", "brand") for paper in PAPERS],
    *[(f"{band}-text", paper) for band in BANDS for paper in ("paper", "surface", f"{band}-soft")],
    ("on-brand", "brand"),
    ("on-brand", "brand-hover"),
    ("on-critical", "critical"),
    ("on-strong", "strong"),
    ("paper", "ink"),
    ("ink-2", "focus-soft"),
]
GRAPHIC = [
    *[(mark, paper) for mark in (*BANDS, "brand", "focus", "control", "persona-b") for paper in ("paper", "surface")],
    ("control", "sunken"),
    ("focus", "sunken"),
    ("critical", "critical-soft"),
    ("weak-text", "weak-soft"),  # a tile shows its bars without number or word, so it takes the darker one
]


def tokens(theme: str) -> dict[str, str]:
    which = ("light", "dark").index(theme)
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", TOKENS.read_text())
    return {name: colours[which] for name, *colours in pairs}


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_knows_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read(theme: str, text: str, ground: str) -> None:
    colours = tokens(theme)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), GRAPHIC)
def test_graphics_can_be_seen(theme: str, mark: str, ground: str) -> None:
    colours = tokens(theme)
    assert contrast(colours[mark], colours[ground]) >= 3


def test_a_persons_letters_can_be_read() -> None:
    content = (TOKENS.parent / "components" / "content.css").read_text()
    hues = re.findall(r"--who(?:: |, )(#\w{6})", content)
    assert len(hues) == HUES
    assert all(contrast("#ffffff", hue) >= 4.5 for hue in hues)


def test_tokens_are_those_of_the_design() -> None:
    assert (
        tokens("light").items() >= {"paper": "#faf8f4", "ink": "#1d1b18", "brand": "#0b5d4e", "weak": "#cc7a00"}.items()
    )
    assert (
        tokens("dark").items() >= {"paper": "#161513", "ink": "#f2eee7", "brand": "#63c9af", "weak": "#ffcb6e"}.items()
    )
