"""A map on paper and as an image: one drawing (`drawn/map.typ`), set by typst from plain data.

Fonts are our own, the same faces that the pages use (`static/fonts`), as TrueType because typst reads no WOFF2. What
they have no letters for is set in those that come with typst, and where even these fail, in the machine's.
"""

import json
from pathlib import Path
from typing import Any

import typst

DRAWING = Path(__file__).parent / "drawn" / "map.typ"
FINE, WIDEST = 144, 8_000  # pixels to an inch of the image, and its width in pixels at most
INCH = 72  # typographic points
COLUMN, BESIDE = 150, 138  # points: a column of the image, and what stands beside the columns


def pdf_of(told: dict[str, Any]) -> bytes:
    """The sheets as PDF/UA: tagged, so that it can be read aloud. `told`: what `journeys.paper` says of a map."""
    return _set(told, format="pdf", pdf_standards="ua-1")


def png_of(told: dict[str, Any]) -> bytes:
    """The first sheet as an image, less fine the wider it is."""
    width = BESIDE + told["sheets"][0]["columns"] * COLUMN
    return _set(told, format="png", ppi=min(FINE, WIDEST * INCH / width))


def _set(told: dict[str, Any], **how: Any) -> bytes:
    given: dict[str, Any] = {
        "root": str(DRAWING.parent),
        "font_paths": [str(DRAWING.parent)],
        "sys_inputs": {"map": json.dumps(told, ensure_ascii=False)},
    }
    try:
        drawn = typst.compile(str(DRAWING), ignore_system_fonts=True, **given, **how)
    except typst.TypstError as fault:
        if "could not be displayed" not in str(fault):
            raise
        # Signs that none of our fonts has, such as emoji, cannot be read aloud and so are no PDF/UA: without the claim.
        how.pop("pdf_standards", None)
        drawn = typst.compile(str(DRAWING), **given, **how)
    assert isinstance(drawn, bytes)
    return drawn
