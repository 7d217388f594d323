"""How things look: icons, the words and bars of health, shares as SVG."""

import functools
import re
import zlib
from collections.abc import Mapping
from typing import Any

from django import template
from django.template.defaultfilters import floatformat
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from lucide import IconDoesNotExist
from lucide.templatetags.lucide import lucide

from workspaces.strokes import joined

register = template.Library()

BANDS: dict[str, Promise] = {
    "critical": pgettext_lazy("band", "Critical"),
    "weak": pgettext_lazy("band", "Weak"),
    "good": pgettext_lazy("band", "Good"),
    "strong": pgettext_lazy("band", "Strong"),
    "unknown": gettext_lazy("No data"),
}
EVIDENCE: dict[str, Promise] = {
    "measured": gettext_lazy("measured"),
    "indicative": gettext_lazy("indicative"),
    "assumption": gettext_lazy("assumption"),
    "unknown": gettext_lazy("unknown"),
}
SVG = re.compile(r"</?svg[^>]*>")
NARROW = "\N{NARROW NO-BREAK SPACE}"
HUES = 8  # colours of a person's letters, as many as content.css knows


@functools.lru_cache(maxsize=256)
def _svg(name: str, css_class: str) -> SafeString:
    svg = lucide(name, size=16, **{"class": f"icon {css_class}".rstrip(), "aria-hidden": "true"})
    return mark_safe(joined(svg))  # noqa: S308 - drawn by the library from its own files


@register.simple_tag
def icon(name: str, css_class: str = "", fallback: str = "") -> SafeString:
    """Return the Lucide icon `name` as inline SVG, hidden from screen readers: its button or link carries the name.

    `fallback` is drawn where the name comes from people's data and no such icon exists; without one that is an error.
    """
    try:
        return _svg(str(name), css_class)
    except IconDoesNotExist:
        if not fallback:
            raise
        return _svg(fallback, css_class)


@register.simple_tag
@functools.cache
def symbols(names: tuple[str, ...]) -> SafeString:
    """Return these icons as symbols, drawn nowhere by themselves: once in a page that shows them many times.

    They have no looks of their own, only those of the class `icon`, for a page's styles do not reach into a symbol.
    """
    lines = ((name, mark_safe(SVG.sub("", joined(lucide(name))))) for name in names)  # noqa: S308 - as above
    drawn = format_html_join("", '<symbol id="icon-{}" viewBox="0 0 24 24">{}</symbol>', lines)
    return format_html("<svg hidden>{}</svg>", drawn)


@register.simple_tag
def symbol(name: str, css_class: str = "") -> SafeString:
    """Return one of the page's `symbols`, as `icon` would draw it: a fifth of the length."""
    css_class = f"icon {css_class}".rstrip()
    return format_html('<svg class="{}" aria-hidden="true"><use href="#icon-{}"/></svg>', css_class, name)


@register.filter
def band_word(band: str) -> Promise:
    """Return the word of a band: Critical, Weak, Good, Strong, or No data."""
    return BANDS[band or "unknown"]


@register.filter
def evidence_word(evidence: str) -> Promise:
    """Return the word of evidence: measured, indicative, assumption or unknown."""
    return EVIDENCE[evidence or "unknown"]


def decimals(value: float, places: int = 0) -> str:
    """A number to so many decimals, halves away from zero, as people of this language write it: as floatformat does."""
    return str(floatformat(value, places))


@register.filter
def signed(value: float, places: int = 0) -> str:
    """Return a number with its sign, as people of this language write it; what shows as nothing has none."""
    shown = decimals(abs(value), places)
    sign = "" if shown == decimals(0, places) else "+" if value > 0 else "−"
    return f"{sign}{shown}"


@register.filter
def moved(delta: float, places: int = 0) -> str:
    """Return by how much something has changed, with its sign: ±0 where it shows as nothing."""
    shown = signed(delta, places)
    return shown if shown.startswith(("+", "−")) else f"±{shown}"


@register.filter
def percent(share: float, places: int = 0) -> str:
    """A share between 0 and 1 in percent: German sets a space before the sign, English does not."""
    return in_percent(decimals(100 * share, places))


def in_percent(number: str) -> str:
    """A written number with the sign of percent."""
    return f"{number}{NARROW if (get_language() or '').startswith('de') else ''}%"


@register.filter
def hue(person: object) -> int:
    """Return which of the fixed colours a person's or team's letters take: the same everywhere, by name."""
    return zlib.crc32(str(person).encode()) % HUES


@register.filter
def initials(name: object) -> str:
    """Return one or two letters for a person or team."""
    words = str(name).partition("@")[0].replace(".", " ").split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.simple_tag
def distribution(bands: Mapping[str, int]) -> SafeString:
    """Return a bar that shares its width among bands by their counts, in the order of `BANDS`; empty for no touchpoint.

    Widths are SVG attributes, for the content security policy admits no inline style.
    """
    total = sum(bands.values())
    parts: list[tuple[Any, ...]] = []
    start = 0.0
    for band in BANDS:
        if count := bands.get(band, 0):
            width = 100 * count / total
            parts.append((band, round(start, 2), round(width, 2)))
            start += width
    described = ", ".join(f"{bands[band]} {BANDS[band]}" for band, *_ in parts)
    known = [part for part in parts if part[0] != "unknown"]
    marks = format_html_join("", '<rect data-band="{}" x="{}%" width="{}%" y="-1" height="7"/>', known)
    if bands.get("unknown"):
        marks += format_html('<line x1="{}%" x2="100%" y1="2.5" y2="2.5"/>', parts[-1][1])
    return format_html('<svg class="distribution" role="img" aria-label="{}">{}</svg>', described, marks)
