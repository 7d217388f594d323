"""What the columns of a file hold: enough to guess their parts and to show them without the file."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from feedback.files import Table, as_text, shown
from feedback.masking import masked

MOST_VALUES = 200  # more different values than that, and a column is text or numbers
SAMPLES = 8


@dataclass(frozen=True)
class Profile:
    """A column: how many cells are filled, and its values with how often they occur, the most frequent first.

    `values` is complete unless `many`; then it is a few samples. `wording`: what was asked, where the file says so.
    """

    name: str
    filled: int
    many: bool
    values: tuple[tuple[str, int], ...]
    wording: str = ""

    def as_json(self) -> dict[str, Any]:
        """For a job's payload."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """From a job's payload."""
        return cls(**{**stored, "values": tuple((value, times) for value, times in stored["values"])})

    @property
    def samples(self) -> tuple[tuple[str, int], ...]:
        """The most frequent values, masked as comments are."""
        return tuple((masked(value), times) for value, times in self.values[:SAMPLES])

    def whole_numbers(self) -> dict[int, int]:
        """The values that are whole numbers, with how often they occur."""
        return {int(value): times for value, times in self.values if value.lstrip("-").isdecimal() and len(value) < 9}


def profile(table: Table) -> list[Profile]:
    """Every column of a table, in order."""
    return [_profile(name, index, table) for index, name in enumerate(table.columns)]


def _profile(name: str, index: int, table: Table) -> Profile:
    counts: Counter[str] = Counter()
    filled = 0
    many = False
    for row in table.rows:
        cell = row.cells[index] if index < len(row.cells) else ""
        if cell == "":
            continue
        filled += 1
        if not many:
            counts[cell if isinstance(cell, str) else as_text(cell)] += 1
            many = len(counts) > MOST_VALUES
    common = counts.most_common(SAMPLES if many else MOST_VALUES)
    # Of few values each may be given a meaning, by what it is; samples are only looked at.
    written = masked if many else str
    wording = table.wording[index] if index < len(table.wording) else ""
    return Profile(name, filled, many, tuple((shown(written(value)), times) for value, times in common), wording)
