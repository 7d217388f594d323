"""Opportunities as a drawing: importance against performance. Places are percent of the drawing, from above."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from scorecards.opportunities import MIDDLE, Seen

# What the edges stand for; the left has room for the marks of importance, every edge for a spot upon it.
LEFT, RIGHT = -8.0, 103.0
TOP, BOTTOM = 5.35, 0.65
NEAR = (5.0, 6.0)  # spots that are closer than this would hide each other
NAMED = 3  # numbers that a spot names
DIGIT, ROUND, INSIDE = 7, 20, 12  # pixels: a sign of a number, a spot with one of them, what is beside several


@dataclass
class Spot:
    """One or several opportunities that lie there, by their numbers in the list.

    Its drawing is `width` pixels wide, `left` of the place, its words in the middle, `middle` from the place.
    """

    across: float
    down: float
    seen: list[Seen] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Its numbers, as far as there is room."""
        named = ", ".join(str(one.place) for one in self.seen[:NAMED])
        more = len(self.seen) - NAMED
        return f"{named} +{more}" if more > 0 else named

    @property
    def is_pressing(self) -> bool:
        """Whether any of them is important and weak."""
        return any(one.is_important and one.is_weak for one in self.seen)

    @property
    def width(self) -> int:
        """As wide as its words need."""
        return max(ROUND, INSIDE + DIGIT * len(self.words))

    @property
    def left(self) -> int:
        """Where it begins; near an edge it grows inwards."""
        if self.across > 85:
            return ROUND // 2 - self.width
        return -ROUND // 2 if self.across < 20 else -self.width // 2

    @property
    def middle(self) -> float:
        """Where its words stand."""
        return self.left + self.width / 2


class Mark(NamedTuple):
    """A value of a scale, and its place."""

    value: int
    at: float


@dataclass(frozen=True)
class Matrix:
    """`told`: the opportunities that have a place, `untold` those without, for no health is known.

    The crosshair stands where health becomes good, and in the middle of importance.
    """

    told: Sequence[Seen]
    untold: Sequence[Seen]
    spots: Sequence[Spot]
    good: Mark
    important: Mark
    levels: Sequence[Mark]
    ends: tuple[Mark, Mark]

    @property
    def pressing(self) -> list[Seen]:
        """Those that are important and weak."""
        return [one for one in self.told if one.is_important and one.is_weak]


def matrix_of(opportunities: Iterable[Seen], good_from: int) -> Matrix:
    """The drawing of these opportunities, which have their places in the list. `good_from`: health that is good."""
    every = list(opportunities)
    told = [one for one in every if one.health is not None]
    return Matrix(
        told=told,
        untold=[one for one in every if one.health is None],
        spots=_spots(told),
        good=Mark(good_from, _across(good_from)),
        important=Mark(MIDDLE, _down(MIDDLE)),
        levels=[Mark(level, _down(level)) for level in range(1, 6)],
        ends=(Mark(0, _across(0)), Mark(100, _across(100))),
    )


def _spots(told: Sequence[Seen]) -> list[Spot]:
    spots: list[Spot] = []
    for one in told:
        across, down = _across(one.health or 0), _down(one.importance or 0)
        spot = next((spot for spot in spots if _is_near(spot, across, down)), None)
        if spot is None:
            spot = Spot(across, down)
            spots.append(spot)
        spot.seen.append(one)
    return spots


def _is_near(spot: Spot, across: float, down: float) -> bool:
    return abs(spot.across - across) < NEAR[0] and abs(spot.down - down) < NEAR[1]


def _across(health: float) -> float:
    return round(100 * (health - LEFT) / (RIGHT - LEFT), 2)


def _down(importance: float) -> float:
    return round(100 * (TOP - importance) / (TOP - BOTTOM), 2)
