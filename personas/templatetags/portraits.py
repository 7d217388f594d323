"""Drawn people for personas: put together of few parts, so that there are no photos of anybody."""

from typing import Any, NamedTuple

from django import template

from personas.models import Persona, Portrait

register = template.Library()


class Parts(NamedTuple):
    """Of what a portrait is drawn. `head`: what is on it; `skin` with its shade; `ground`: which hills are behind."""

    head: str
    hair: str
    skin: tuple[str, str]
    clothes: str
    ground: int = 1
    glasses: bool = False
    beard: bool = False

    @property
    def hills(self) -> tuple[str, str, str]:
        """The sky and two hills, as by day."""
        return HILLS[self.ground - 1]


HILLS = (("#e7dfce", "#d9cfb9", "#c6b794"), ("#dfe6e4", "#c9d6d2", "#aabfb9"), ("#efe0d6", "#e2cbbb", "#d0af99"))
FAIR, WARM, TAN = ("#f0c7a3", "#d3af8f"), ("#e3ac82", "#c89772"), ("#c48a5f", "#ac7954")
BROWN, DARK = ("#8d5a3b", "#7c4f34"), ("#6b4430", "#5e3c2a")
BLACK, GREY, CHESTNUT, RED, BLOND = "#33261f", "#c9c4bd", "#6d4527", "#a4512a", "#d7ac62"
GREEN, LEATHER, OCHRE, BLUE, PLUM = "#0b5d4e", "#7a4a28", "#b97b1a", "#2f5a8a", "#7a3d74"
STEEL, SLATE, YELLOW, BRICK = "#6f7479", "#3c4650", "#d6a72c", "#a03a2b"

PARTS = {
    Portrait.BOB: Parts("bob", BLACK, WARM, GREEN),
    Portrait.SILVER: Parts("side", GREY, FAIR, LEATHER, ground=2, glasses=True),
    Portrait.CURLS: Parts("curls", BLACK, BROWN, OCHRE, ground=3),
    Portrait.BEARD: Parts("side", CHESTNUT, WARM, BLUE, beard=True),
    Portrait.SCARF: Parts("scarf", BLACK, TAN, PLUM, ground=2),
    Portrait.BUN: Parts("bun", RED, FAIR, STEEL, ground=3),
    Portrait.CROP: Parts("crop", BLACK, DARK, SLATE),
    Portrait.BALD: Parts("bald", GREY, WARM, BLUE, ground=3, glasses=True),
    Portrait.BRAIDS: Parts("braids", BLACK, TAN, YELLOW),
    Portrait.CAP: Parts("cap", CHESTNUT, FAIR, BRICK, ground=2),
    Portrait.WAVES: Parts("waves", BLOND, FAIR, BLUE, ground=2),
    Portrait.TURBAN: Parts("turban", BLACK, TAN, OCHRE, beard=True),
}


@register.inclusion_tag("personas/_portrait.html")
def portrait(persona: Persona) -> dict[str, Any]:
    """Show a persona's drawn portrait, or its letters before hills where none was chosen."""
    return {"persona": persona, "parts": PARTS[Portrait(persona.portrait)] if persona.portrait else None}


@register.inclusion_tag("personas/_portrait.html")
def drawn(key: str, persona: Persona) -> dict[str, Any]:
    """Show the drawing of that name; of the empty one, a persona's letters."""
    return {"persona": persona, "parts": PARTS[Portrait(key)] if key else None}


@register.filter
def fact_word(name: str) -> str:
    """Return what a fact of a persona is called."""
    return Persona.word_for(name)
