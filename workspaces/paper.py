"""What goes on paper: drawings in `templates/paper`, set by typst from plain data, as PDF or as an image.

Fonts are our own, the same faces that the pages use (`static/fonts`), as TrueType because typst reads no WOFF2. What
they have no letters for is set in those that come with typst, and where even these fail, in the machine's.
"""

import json
from typing import Any

import typst
from django.conf import settings

DRAWINGS = settings.BASE_DIR / "templates" / "paper"


def pdf_of(drawing: str, told: dict[str, Any]) -> bytes:
    """The sheets as PDF/UA: tagged, so that it can be read aloud. `told`: what the drawing of that name says."""
    return _set(drawing, told, format="pdf", pdf_standards="ua-1")


def png_of(drawing: str, told: dict[str, Any], *, fine: float) -> bytes:
    """The first sheet as an image, with so many pixels to an inch."""
    return _set(drawing, told, format="png", ppi=fine)


def _set(drawing: str, told: dict[str, Any], **how: Any) -> bytes:
    given: dict[str, Any] = {
        "root": str(DRAWINGS),
        "font_paths": [str(DRAWINGS / "fonts")],
        "sys_inputs": {"told": json.dumps(told, ensure_ascii=False)},
    }
    path = str(DRAWINGS / f"{drawing}.typ")
    try:
        drawn = typst.compile(path, ignore_system_fonts=True, **given, **how)
    except typst.TypstError as fault:
        if "could not be displayed" not in str(fault):
            raise
        # Signs that none of our fonts has, such as emoji, cannot be read aloud and so are no PDF/UA: without the claim.
        how.pop("pdf_standards", None)
        drawn = typst.compile(path, **given, **how)
    assert isinstance(drawn, bytes)
    return drawn
