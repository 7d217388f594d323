"""What single cells say. A cell that cannot be read raises `Unread` with the reason; nothing is guessed or cut off."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from feedback.columns.guess import key_of
from feedback.files import as_text
from journeys.exchange.words import CONTACTS, DEGREES, DEVICES, FACES, FEELINGS, NO, YES, Meaning
from journeys.models import LaneCell, Placement
from touchpoints.models import Touchpoint

# How feelings are written down, by the lowest and the highest number
SCALES: dict[str, tuple[Decimal, Decimal]] = {
    "-2..2": (Decimal(-2), Decimal(2)),
    "1..5": (Decimal(1), Decimal(5)),
    "-5..5": (Decimal(-5), Decimal(5)),
    "0..10": (Decimal(0), Decimal(10)),
}
OURS = "-2..2"
BULLET = re.compile(r"^\s*(?:[-–—•·*▪◦]|\d{1,2}[.)])\s+")
LONGEST = {
    Meaning.TOUCHPOINT: Touchpoint._meta.get_field("name").max_length,
    Meaning.CHANNEL: 200,
    Meaning.NOTE: Touchpoint._meta.get_field("note").max_length,
    Meaning.ACTION: Placement._meta.get_field("customer_action").max_length,
    Meaning.QUOTE: Placement._meta.get_field("quote").max_length,
    Meaning.BACKSTAGE: Placement._meta.get_field("backstage").max_length,
    Meaning.ALTERNATIVES: Placement._meta.get_field("alternative_group").max_length,
    Meaning.PAINS: 500,
    Meaning.LANE: LaneCell._meta.get_field("text").max_length,
}


class Unread(Exception):
    """Why a cell cannot be read, in the language that is active now."""


def words_of(cell: object) -> str:
    """A cell's text without signs that cannot be stored, and without the ' by which tables keep a text a text."""
    text = as_text(cell)
    if not text.isprintable():
        text = "".join(sign for sign in text if sign in "\n\t\u00ad" or sign.isprintable()).strip()
    return text[1:] if text[:1] == "'" and text[1:2] in "=+-@" else text


def lines_of(cell: object) -> list[str]:
    """A cell's lines, each without its bullet or number; blank ones are kept, for they may stand for nothing said."""
    return [BULLET.sub("", line).strip() for line in words_of(cell).split("\n")]


def scale_of(cells: list[object]) -> str:
    """On which of SCALES the numbers among these cells seem to lie: the narrowest that holds them all."""
    numbers = [number for cell in cells if (number := _number(words_of(cell))) is not None]
    for name, (low, high) in SCALES.items():
        if all(low <= number <= high for number in numbers):
            return name
    return OURS


def read(meaning: Meaning, cell: object, *, scale: str, owners: Mapping[str, Any]) -> Any:
    """What a cell says of its touchpoint. Raises `Unread`. `owners`: teams and members by their names, casefolded."""
    text = words_of(cell)
    if meaning in {Meaning.EMOTION, Meaning.EXPECTATION}:
        return _feeling(text, scale)
    if meaning is Meaning.OWNER:
        if text.casefold() not in owners:
            raise Unread(_("There is no team or member “%(name)s”.") % {"name": _short(text)})
        return owners[text.casefold()]
    if reader := READERS.get(meaning):
        return reader(text)
    if meaning is Meaning.PAINS:
        return tuple(_fitting(line, meaning) for line in lines_of(cell) if line)
    return _fitting(" ".join(text.split()) if meaning is not Meaning.NOTE else text, meaning)


def _fitting(text: str, meaning: Meaning) -> str:
    longest = LONGEST[meaning]
    if longest and len(text) > longest:
        raise Unread(
            _("%(long)d characters are too many; at most %(most)d fit.") % {"long": len(text), "most": longest}
        )
    return text


def _feeling(text: str, scale: str) -> Decimal:
    """A feeling from −2 to +2, in tenths, from a number of the scale, a face or a word."""
    low, high = SCALES[scale]
    number = _number(text)
    if number is None:
        word = FACES.get(text.replace("\ufe0f", "")) or FEELINGS.get(key_of(text))
        if word is None:
            raise Unread(_("“%(text)s” is no feeling.") % {"text": _short(text)})
        return Decimal(word)
    if not low <= number <= high:
        raise Unread(
            _("%(number)s does not lie between %(low)s and %(high)s.") % {"number": text[:20], "low": low, "high": high}
        )
    return round((number - low) / (high - low) * 4 - 2, 1)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace("−", "-").replace(",", ".").removeprefix("+"))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _moment(text: str) -> bool:
    word = text.casefold()
    if word in YES | NO:
        return word in YES
    raise Unread(_("“%(text)s” is neither yes nor no.") % {"text": _short(text)})


def _importance(text: str) -> int:
    number = _number(text)
    degree = DEGREES.get(key_of(text)) if number is None else int(number)
    if degree is None or not 1 <= degree <= 5 or (number is not None and number != degree):
        raise Unread(_("“%(text)s” is no importance from 1 to 5.") % {"text": _short(text)})
    return degree


def _share(text: str) -> int:
    number = _number(text.removesuffix("%").strip())
    if number is not None and 0 < number < 1 and "%" not in text:
        number *= 100  # how tables keep percentages
    if number is None or not 0 <= number <= 100:
        raise Unread(_("“%(text)s” is no share from 0 to 100.") % {"text": _short(text)})
    return round(number)


def _word(words: Mapping[str, str]) -> Callable[[str], str]:
    def chosen(text: str) -> str:
        if (word := words.get(key_of(text))) is None:
            raise Unread(_("“%(text)s” is none of the choices.") % {"text": _short(text)})
        return word

    return chosen


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


READERS: dict[Meaning, Callable[[str], Any]] = {
    Meaning.MOMENT: _moment,
    Meaning.IMPORTANCE: _importance,
    Meaning.SHARE: _share,
    Meaning.CONTACT: _word(CONTACTS),
    Meaning.DEVICE: _word(DEVICES),
}
