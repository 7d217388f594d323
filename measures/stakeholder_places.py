"""Where stakeholders and their names stand on the drawing. Arithmetic only: places are percent, widths are pixels.

Names are placed for the smallest drawing on which they are written. On any larger one everything stands further apart,
so what does not overlap there overlaps nowhere.
"""

import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

WIDE, HIGH = 620, 520  # pixels of that smallest drawing
INSET = 4.0  # percent that stay free at each edge
DOT, GAP = 26, 8  # pixels: a dot, and what is between it and its name
BOLD, PLAIN, LINE = 7.2, 6.6, 22  # pixels: a letter of a name, one of a role, the height of both
LONGEST_NAME, LONGEST_ROLE = 34, 26  # letters that are written
CORNER = (200, 56)  # pixels that a quadrant's name and strategy take in its corner
WIDE_LETTERS = ("W", "F")
JOINED = ("\N{ZERO WIDTH JOINER}", "\N{VARIATION SELECTOR-16}", "\N{ZERO WIDTH NON-JOINER}")


class Standing(NamedTuple):
    """Somebody, and where they stand: influence and support from 0 to 100."""

    key: int
    name: str
    role: str
    influence: int
    support: int


@dataclass(frozen=True)
class Spot:
    """Where a stakeholder is drawn, and what is written beside.

    `across`, `down`: percent of the drawing, with `dx`, `dy` pixels from there: not 0 where another stands in the same
    place. `side`: where the words stand: right, left, above, below, or hidden where there is no room for them.
    """

    key: int
    across: float
    down: float
    dx: int
    dy: int
    side: str
    name: str
    role: str
    width: int

    @property
    def x(self) -> str:
        """`across` as SVG reads it, whatever the language."""
        return f"{self.across:.2f}%"

    @property
    def y(self) -> str:
        """`down` as SVG reads it."""
        return f"{self.down:.2f}%"


class Box(NamedTuple):
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether both have more than an edge in common."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


EDGE = Box(0, 0, WIDE, HIGH)
CORNERS = (
    Box(0, 0, *CORNER),
    Box(WIDE - CORNER[0], 0, WIDE, CORNER[1]),
    Box(0, HIGH - CORNER[1], CORNER[0], HIGH),
    Box(WIDE - CORNER[0], HIGH - CORNER[1], WIDE, HIGH),
)


def across_of(support: float) -> float:
    """Percent from the left."""
    return INSET + support * (100 - 2 * INSET) / 100


def down_of(influence: float) -> float:
    """Percent from above: whoever has most influence stands highest."""
    return 100 - INSET - influence * (100 - 2 * INSET) / 100


def spots_of(people: Iterable[Standing], goal: tuple[int, int] | None = None) -> dict[int, Spot]:
    """A spot for each, by key: dots that hide no other, names that lie on nothing, as far as there is room.

    `goal`: influence and support of a place that is drawn, too, and that no name is to hide.
    """
    order = sorted(people, key=lambda one: (-one.influence, one.support, one.key))
    dots: list[tuple[Standing, float, float, int, int]] = []
    taken: list[tuple[float, float]] = []
    for one in order:
        x, y = across_of(one.support) * WIDE / 100, down_of(one.influence) * HIGH / 100
        dx, dy = next((step for step in _around() if _is_free(x + step[0], y + step[1], taken)), (0, 0))
        taken.append((x + dx, y + dy))
        dots.append((one, x + dx, y + dy, dx, dy))
    lying = [_square(x, y) for x, y in taken]
    if goal:
        lying.append(_square(across_of(goal[1]) * WIDE / 100, down_of(goal[0]) * HIGH / 100))
    spots = {}
    for one, x, y, dx, dy in dots:
        side, name, role, box = _written(one, x, y, lying)
        if box:
            lying.append(box)
        spots[one.key] = Spot(
            one.key, across_of(one.support), down_of(one.influence), dx, dy, side, name, role, width_of(name, role)
        )
    return spots


def width_of(name: str, role: str) -> int:
    """About how many pixels both take side by side."""
    return math.ceil(BOLD * _letters(name) + (PLAIN * (_letters(role) + 1) if role else 0))


def shortened(text: str, longest: int) -> str:
    """The text, or its beginning with an ellipsis; what belongs to one letter stays together."""
    if len(text) <= longest:
        return text
    end = longest - 1
    while end > 0 and (_belongs(text[end]) or text[end - 1] == JOINED[0]):
        end -= 1
    return text[:end].rstrip() + "…"


def _letters(text: str) -> int:
    """How wide it is, in letters: an emoji or a Chinese one is two wide, an accent none."""
    return sum(
        0 if _belongs(letter) else 2 if unicodedata.east_asian_width(letter) in WIDE_LETTERS else 1 for letter in text
    )


def _belongs(letter: str) -> bool:
    return bool(unicodedata.combining(letter)) or letter in JOINED or unicodedata.category(letter) == "Sk"


def _around() -> Iterator[tuple[int, int]]:
    """Steps from a place, the place itself first, then rings around it."""
    yield 0, 0
    for ring in range(1, 60):
        for part in range(6 * ring):
            turn = 2 * math.pi * part / (6 * ring)
            yield round(ring * (DOT + 2) * math.cos(turn)), round(ring * (DOT + 2) * math.sin(turn))


def _is_free(x: float, y: float, taken: Sequence[tuple[float, float]]) -> bool:
    inside = DOT / 2 <= x <= WIDE - DOT / 2 and DOT / 2 <= y <= HIGH - DOT / 2
    return inside and all(math.hypot(x - other[0], y - other[1]) >= DOT for other in taken)


def _square(x: float, y: float) -> Box:
    return Box(x - DOT / 2, y - DOT / 2, x + DOT / 2, y + DOT / 2)


def _written(one: Standing, x: float, y: float, lying: Sequence[Box]) -> tuple[str, str, str, Box | None]:
    """On which side what is written, and the box that it takes.

    Where that leaves no room the role is left out, and then the name may lie on what a corner says.
    """
    name, full = shortened(one.name, LONGEST_NAME), shortened(one.role, LONGEST_ROLE)
    sides = ("right", "left") if one.support < 75 else ("left", "right")
    for role, others in ((full, (*CORNERS, *lying)), ("", (*CORNERS, *lying)), ("", lying)):
        for side in (*sides, "below", "above"):
            box = _box(side, x, y, width_of(name, role))
            if _fits(box) and not any(box.meets(other) for other in others):
                return side, name, role, box
    return "hidden", name, full, None


def _box(side: str, x: float, y: float, width: float) -> Box:
    half, out = LINE / 2, DOT / 2 + GAP
    if side == "right":
        return Box(x + out, y - half, x + out + width, y + half)
    if side == "left":
        return Box(x - out - width, y - half, x - out, y + half)
    top = y + DOT / 2 if side == "below" else y - DOT / 2 - LINE
    return Box(x - width / 2, top, x + width / 2, top + LINE)


def _fits(box: Box) -> bool:
    return box.left >= EDGE.left and box.right <= EDGE.right and box.top >= EDGE.top and box.bottom <= EDGE.bottom
