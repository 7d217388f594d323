"""Which drivers were answered together often enough to be looked at together, and by whom (SCORING §7).

Whoever left one question out is no complete row. A question that few answered would so cost most of the rows; it is
left out instead.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchpoints.health.drivers import FEWEST_DRIVERS, ROWS_BESIDE, Array

KEPT = 0.5  # share of the rows of the most answered driver that must stay complete


@dataclass(frozen=True)
class Complete:
    """The `columns` that are looked at together, most answered first, and the `rows` that have all of them.

    `counts`: by column, how many rows have it, of those that have at least two.
    """

    columns: tuple[int, ...]
    rows: NDArray[np.bool_]
    counts: tuple[int, ...]


def complete_rows(answers: Array) -> Complete:
    """Choose among columns in which NaN stands where nobody answered.

    Only rows with at least two answers take part. Columns join in the order of their counts, the earlier one first in a
    tie, while at least half of the rows of the first stay complete, and enough for so many drivers (104 and one a
    driver) where there ever were enough.
    """
    given = ~np.isnan(answers)
    given &= given.sum(axis=1, keepdims=True) >= FEWEST_DRIVERS
    counts = tuple(int(count) for count in given.sum(axis=0))
    rows = np.ones(len(answers), dtype=bool)
    columns: list[int] = []
    fewest, enough = 1.0, False
    for column in sorted(range(len(counts)), key=lambda column: -counts[column]):
        joined = rows & given[:, column]
        left = int(joined.sum())
        if left < fewest or (enough and left < ROWS_BESIDE + len(columns) + 1):
            continue
        if not columns:
            fewest, enough = max(1.0, KEPT * left), left >= ROWS_BESIDE + FEWEST_DRIVERS
        columns.append(column)
        rows = joined
    return Complete(tuple(columns), rows if columns else np.zeros(len(answers), dtype=bool), counts)
