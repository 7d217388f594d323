"""How much an answer of a given age counts, in whole numbers, so that any order of changes ends alike (SCORING §3).

Everything is a sum of integers: an answer that comes, goes, changes or moves to another day adds and subtracts the same
numbers that a count from scratch would add. Floats appear only when a score is made of the sums.
"""

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal, localcontext
from functools import lru_cache
from typing import Self, TypeVar

LONG_TABLE, SHORT_TABLE = "flat-365", "flat-90"
LONG_DECAY, SHORT_DECAY = "half-90", "half-30"
_UNIT = 2**32  # the weight of an answer of today under decay
_HALF_LIVES_KEPT = 10

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Tally:
    """A series over its window: weighted counts per value of its scale, the sum of squared weights, plain answers."""

    sums: tuple[int, ...]
    squares: int
    answers: int

    def __add__(self, other: Self) -> "Tally":
        """Two series on the same scale as one: the total over personas is the sum of theirs."""
        sums = tuple(a + b for a, b in zip(self.sums, other.sums, strict=True))
        return Tally(sums, self.squares + other.squares, self.answers + other.answers)


def summed(series: Iterable[tuple[Kind, Tally]]) -> dict[Kind, Tally]:
    """Tallies of the same kind, such as a scale, as one."""
    whole: dict[Kind, Tally] = {}
    for kind, tally in series:
        whole[kind] = whole[kind] + tally if kind in whole else tally
    return whole


@lru_cache
def weights(table: str) -> tuple[int, ...]:
    """The whole-numbered weight of an answer by its age in days, from 0 on; older ones weigh nothing.

    "flat-90": 1 for 90 days. "half-30": decay with a half-life of 30 days, floor(2^32 * 2^(-age/30) + 1/2) for 300
    days, reckoned in decimal with 60 digits so that every machine gets the same integers. The name is the version:
    another table is another name and a rebuild. Raises ValueError for any other name.
    """
    match = re.fullmatch(r"(flat|half)-([1-9][0-9]{0,2})", table)
    if match is None:
        raise ValueError(f"No table of weights is called {table!r}.")
    days = int(match[2])
    if match[1] == "flat":
        return (1,) * days
    with localcontext(prec=60):
        return tuple(
            int((_UNIT * Decimal(2) ** (Decimal(-age) / days) + Decimal("0.5")).to_integral_value(ROUND_FLOOR))
            for age in range(_HALF_LIVES_KEPT * days)
        )


def usual_table(*, decay: bool) -> str:
    """The table of a series of which nothing is known yet: the one that looks back farther."""
    return LONG_DECAY if decay else LONG_TABLE


def fitting_table(answers: int, days: int, *, decay: bool = False) -> str:
    """The table that suits a series with so many answers in so many days: the longer one below 0.3 answers a day.

    90 or 365 days, or with `decay` a half-life of 30 or 90 days.
    """
    if 10 * answers < 3 * days:
        return usual_table(decay=decay)
    return SHORT_DECAY if decay else SHORT_TABLE


def changed(tally: Tally, table: str, age: int, delta: Sequence[int]) -> Tally:
    """The tally after the counts of the day `age` days ago changed by `delta`, one whole number per value.

    An answer that came is +1 at its value, one that went -1, an edited one both. An age below 0 (a future day) or
    beyond the table weighs nothing: such a change touches the day's cell only.
    """
    weight = _weight(table, age)
    if not weight:
        return tally
    sums = tuple(c + weight * d for c, d in zip(tally.sums, delta, strict=True))
    total = sum(delta)
    return Tally(sums, tally.squares + weight * weight * total, tally.answers + total)


def tally_of(size: int, table: str, cells: Iterable[tuple[int, Sequence[int]]]) -> Tally:
    """The tally counted from scratch: of (age in days, counts per value) for each day with answers.

    `size` is the number of values on the scale. Equals any series of `changed` that led to the same cells.
    """
    weighed = [(_weight(table, age), counts) for age, counts in cells]
    inside = [(weight, counts) for weight, counts in weighed if weight]
    sums = tuple(sum(weight * counts[place] for weight, counts in inside) for place in range(size))
    squares = sum(weight * weight * sum(counts) for weight, counts in inside)
    return Tally(sums, squares, sum(sum(counts) for _, counts in inside))


def tallies_on(
    size: int, table: str, counted: Mapping[datetime.date, Sequence[int]], days: Iterable[datetime.date]
) -> list[Tally]:
    """The tally as of each of these days, of counts per value by day, as `tally_of` has it for one.

    A flat window is the difference of two running totals, so that a year of days costs little more than one.
    """
    if not table.startswith("flat"):
        return [tally_of(size, table, [((day - at).days, counts) for at, counts in counted.items()]) for day in days]
    reach = datetime.timedelta(days=len(weights(table)))
    dates = sorted(counted)
    totals = [(0,) * size]
    for at in dates:
        totals.append(tuple(a + b for a, b in zip(totals[-1], counted[at], strict=True)))
    found = []
    for day in days:
        upto, before = totals[bisect_right(dates, day)], totals[bisect_right(dates, day - reach)]
        sums = tuple(a - b for a, b in zip(upto, before, strict=True))
        found.append(Tally(sums, sum(sums), sum(sums)))
    return found


def effective_n(total: int, squares: int) -> float:
    """How many equally weighted answers tell as much: Kish's (sum of weights)^2 / sum of squared weights [8].

    With a flat window it is the number of answers; 0 without any.
    """
    return total * total / squares if squares else 0.0


def _weight(table: str, age: int) -> int:
    by_age = weights(table)
    return by_age[age] if 0 <= age < len(by_age) else 0
