"""What customers felt and expected, on one scale from -2 (frustrated) to +2 (delighted) (SCORING §5).

Feelings are not health: they are shown beside it and never enter it. A mean is plain, not drawn towards what is usual.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from touchpoints.health.bands import rounded
from touchpoints.health.decay import Tally
from touchpoints.health.figures import FEWEST_SHOWN
from touchpoints.health.metrics import Metric, Scale, worth


class Source(StrEnum):
    """From which question it is known what customers felt."""

    EMOTION = "emotion"
    SATISFACTION = "satisfaction"


@dataclass(frozen=True)
class Feelings:
    """What was perceived and what was expected, each -2 to +2, None where too few said so.

    `source`: from which question the perception is known, None while it is not.
    """

    perception: float | None = None
    source: Source | None = None
    expectation: float | None = None


def feelings_of(tallies: Mapping[Scale, Tally]) -> Feelings:
    """The feelings of one subject, for all its customers or one persona, from its tallies, one per scale.

    Perception is the mean of the emotion question; with fewer than five answers, the mean satisfaction u (0-100,
    all scales pooled through it) as (u - 50) / 25. Expectation is the mean of its own question.
    """
    expectation = _felt(tallies, Metric.EXPECTATION)
    for metric, source in ((Metric.EMOTION, Source.EMOTION), (Metric.CSAT, Source.SATISFACTION)):
        perception = _felt(tallies, metric)
        if perception is not None:
            return Feelings(perception, source, expectation)
    return Feelings(expectation=expectation)


def gap_of(perceived: float | None, expected: float | None) -> float | None:
    """Perceived less expected, in tenths: below 0 where customers hoped for more; None where either is unknown."""
    if perceived is None or expected is None:
        return None
    return float(rounded(perceived - expected, 1)) + 0.0  # no "-0.0"


def _felt(tallies: Mapping[Scale, Tally], metric: Metric) -> float | None:
    # Exact until the one division at the end, so that any order of answers gives the same bits.
    asked = {scale: tally for scale, tally in tallies.items() if scale.metric is metric}
    weight = sum(sum(tally.sums) for tally in asked.values())
    if sum(tally.answers for tally in asked.values()) < FEWEST_SHOWN or not weight:
        return None
    utility = sum((worth(scale, tally.sums) for scale, tally in asked.items()), Fraction())
    return float((utility / weight - 50) / 25)
