"""When those who speak regularly have fallen silent, a touchpoint's customers or a source of answers."""

import datetime
from collections.abc import Sequence
from itertools import pairwise
from statistics import median_low

DAYS_LOOKED_AT = 31  # with answers: thirty pauses
FEWEST_PAUSES = 5  # with fewer nothing is usual yet
SHORTEST_SILENCE = 7  # days that are never worth a word
RHYTHMS = 5  # so many usual pauses make a silence


def rhythm_of(days: Sequence[datetime.date]) -> int | None:
    """The median pause in days between these days; None with fewer than five pauses: nothing is usual yet."""
    pauses = [(after - before).days for before, after in pairwise(sorted(days))]
    return median_low(pauses) if len(pauses) >= FEWEST_PAUSES else None


def has_stopped(silent: int, rhythm: int | None) -> bool:
    """Whether so many days of silence are more than a week and than five usual pauses."""
    return rhythm is not None and silent > max(SHORTEST_SILENCE, RHYTHMS * rhythm)
