"""Where stakeholders and their names stand on the drawing. Arithmetic only: places are percent, widths are pixels.

Names are placed for the smallest drawing on which they are written. On any larger one everything stands further apart,
so what does not overlap there overlaps nowhere.
"""

import functools
import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

WIDE, HIGH = 620, 520  # pixels of that smallest drawing
INSET = 4.0  # percent that stay free at each edge
DOT, GAP, NUDGE = 26, 8, 4  # pixels: a dot, what is between it and its name, and by how much it may give way
BOLD, PLAIN, LINE = 7.2, 6.6, 22  # pixels: a letter of a name, one of a role, the height of both
LONGEST_NAME, LONGEST_ROLE, BRIEF, BRIEFEST = (
    34,
    26,
    18,
    11,
)  # letters: written, and where there is little room
GOAL_WORDS = 120  # pixels that the day of a goal takes
LIFTS = (0, -12, 12, -20, 20)  # pixels by which words beside a dot may stand higher or lower than it
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


class Words(NamedTuple):
    """What is written at a dot, and where: see `Spot`."""

    side: str
    lift: int
    name: str
    role: str


@dataclass(frozen=True)
class Spot:
    """Where a stakeholder is drawn, and what is written beside.

    `across`, `down`: percent of the drawing, with `dx`, `dy` pixels from there: not 0 where another stands in the same
    place. Of its words `side` says where they stand: right, left, above, below, or hidden where there is no room;
    `lift`: how many pixels lower than the dot, where they stand beside it.
    """

    key: int
    across: float
    down: float
    dx: int
    dy: int
    words: "Words"

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
    taken = _Dots()
    for one in order:
        x, y = across_of(one.support) * WIDE / 100, down_of(one.influence) * HIGH / 100
        dx, dy = next((step for step in _around() if taken.leave_free(x + step[0], y + step[1])), (0, 0))
        taken.add(x + dx, y + dy)
        dots.append((one, x + dx, y + dy, dx, dy))
    lying = [_square(x, y) for _one, x, y, _dx, _dy in dots]
    if goal:
        there = across_of(goal[1]) * WIDE / 100, down_of(goal[0]) * HIGH / 100
        lying += [_square(*there), box_of(goal_side(goal[1]), 0, *there, GOAL_WORDS)]
    spots = {}
    for one, x, y, dx, dy in dots:
        words, box = _written(one, x, y, lying)
        if box:
            lying.append(box)
        spots[one.key] = Spot(one.key, across_of(one.support), down_of(one.influence), dx, dy, words)
    return spots


def goal_side(support: float) -> str:
    """On which side of a goal its day is written."""
    return "right" if support <= 82 else "left"


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


@functools.cache
def _around() -> tuple[tuple[int, int], ...]:
    """Steps from a place, the place itself first, then ring by ring: as little as makes room."""
    steps = [(0, 0)]
    for radius in (*range(NUDGE, DOT, NUDGE), *range(DOT + 2, max(WIDE, HIGH), DOT // 2)):
        parts = max(8, round(2 * math.pi * radius / (DOT // 2)))
        turns = (2 * math.pi * part / parts for part in range(parts))
        steps += [(round(radius * math.cos(turn)), round(radius * math.sin(turn))) for turn in turns]
    return tuple(steps)


class _Dots:
    """Dots that have their places, by squares of the drawing, so that only near ones are looked at."""

    def __init__(self) -> None:
        self.squares: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)

    def add(self, x: float, y: float) -> None:
        self.squares[int(x // DOT), int(y // DOT)].append((x, y))

    def leave_free(self, x: float, y: float) -> bool:
        """Whether a dot there would lie inside the drawing, and on no other."""
        if not (DOT / 2 <= x <= WIDE - DOT / 2 and DOT / 2 <= y <= HIGH - DOT / 2):
            return False
        across, down = int(x // DOT), int(y // DOT)
        near = (self.squares.get((across + right, down + below), ()) for right in (-1, 0, 1) for below in (-1, 0, 1))
        return all((x - other[0]) ** 2 + (y - other[1]) ** 2 >= DOT**2 for some in near for other in some)


def _square(x: float, y: float) -> Box:
    return Box(x - DOT / 2, y - DOT / 2, x + DOT / 2, y + DOT / 2)


def _written(one: Standing, x: float, y: float, lying: Sequence[Box]) -> tuple[Words, Box | None]:
    """What is written on which side, and the box that it takes.

    Where that leaves no room the role is left out, then some of the name, and at last it may lie on a corner's words.
    """
    name, role = shortened(one.name, LONGEST_NAME), shortened(one.role, LONGEST_ROLE)
    brief, briefest = shortened(one.name, BRIEF), shortened(one.name, BRIEFEST)
    free = (*CORNERS, *lying)
    beside = ("right", "left") if one.support < 75 else ("left", "right")
    ways = [(beside[0], 0), (beside[1], 0), ("below", 0), ("above", 0)]
    ways += [(side, lift) for side in beside for lift in LIFTS[1:]]
    for said, added, others in (
        (name, role, free),
        (name, "", free),
        (brief, "", free),
        (briefest, "", free),
        (briefest, "", lying),
    ):
        for side, lift in ways:
            box = box_of(side, lift, x, y, width_of(said, added))
            if _fits(box) and not any(box.meets(other) for other in others):
                return Words(side, lift, said, added), box
    return Words("hidden", 0, name, role), None


def box_of(side: str, lift: int, x: float, y: float, width: float) -> Box:
    """The box of words of that width at a dot, in pixels."""
    half, out = LINE / 2, DOT / 2 + GAP
    if side in {"right", "left"}:
        left = x + out if side == "right" else x - out - width
        return Box(left, y + lift - half, left + width, y + lift + half)
    top = y + DOT / 2 if side == "below" else y - DOT / 2 - LINE
    return Box(x - width / 2, top, x + width / 2, top + LINE)


def _fits(box: Box) -> bool:
    return box.left >= EDGE.left and box.right <= EDGE.right and box.top >= EDGE.top and box.bottom <= EDGE.bottom
