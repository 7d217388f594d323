"""The shapes of an icon as one path: on a page of a hundred icons, two hundred elements less, and the same picture."""

import re
from collections.abc import Mapping

SHAPE = re.compile(r"<(path|line|circle|rect) ([^<>]*?) ?/>")
NUMBER = r"-?(?:\d+\.?\d*|\.\d+)"
BEGINNING = re.compile(rf"m ?({NUMBER})[ ,]?({NUMBER})[ ,]?(?=([-.\d])?)")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


def joined(svg: str) -> str:
    """This drawing with its shapes as one path; those with a look of their own, and rarer ones, stay beside it."""
    strokes: list[str] = []

    def taken(shape: re.Match[str]) -> str:
        attributes = dict(ATTRIBUTE.findall(shape[2]))
        if "fill" in attributes:
            return shape[0]
        strokes.append(_stroke(shape[1], attributes))
        return "" if len(strokes) > 1 else "<>"

    rest = re.sub(r">\s+<", "><", SHAPE.sub(taken, svg))
    return rest.replace("<>", f'<path d="{"".join(strokes)}"/>')


def _stroke(shape: str, attributes: Mapping[str, str]) -> str:
    if shape == "path":
        return BEGINNING.sub(_begun, attributes["d"], count=1) if attributes["d"][0] == "m" else attributes["d"]
    at = {name: float(value) for name, value in attributes.items()}
    if shape == "line":
        return f"M{at['x1']:g} {at['y1']:g}L{at['x2']:g} {at['y2']:g}"
    if shape == "circle":
        return _circle(at["cx"], at["cy"], at["r"])
    return _rectangle(at)


def _begun(first: re.Match[str]) -> str:
    """A first step stands in the open, not where the last shape ended; pairs that follow it stay relative."""
    return f"M{first[1]} {first[2]}{'l' if first[3] else ''}"


def _circle(x: float, y: float, r: float) -> str:
    return f"M{x - r:g} {y:g}a{r:g} {r:g} 0 1 0 {2 * r:g} 0a{r:g} {r:g} 0 1 0 {-2 * r:g} 0z"


def _rectangle(at: Mapping[str, float]) -> str:
    across = at.get("rx", at.get("ry", 0))
    down = at.get("ry", across)
    wide, high = at["width"] - 2 * across, at["height"] - 2 * down
    corner = f"a{across:g} {down:g} 0 0 1"
    sides = (
        f"h{wide:g}{corner} {across:g} {down:g}v{high:g}{corner} {-across:g} {down:g}",
        f"h{-wide:g}{corner} {-across:g} {-down:g}v{-high:g}{corner} {across:g} {-down:g}z",
    )
    return f"M{at['x'] + across:g} {at['y']:g}{''.join(sides)}"
