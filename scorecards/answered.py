"""What was answered in a period, as drawings: how many gave which answer, and what was expected and perceived."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from personas.models import Persona
from scorecards.about import Stand
from touchpoints.figures import Figures
from touchpoints.health.bands import Band, Borders, band_of, rounded, shown_number, shown_parts
from touchpoints.health.feelings import gap_of
from touchpoints.health.figures import FEWEST_SHOWN
from touchpoints.health.metrics import Metric, Scale
from touchpoints.models import HealthScore

# Public ratings are nothing that we asked: they stand by themselves.
DRAWN = (Metric.CSAT, Metric.NPS, Metric.CES, Metric.EMOTION)
FEELINGS = (-2, 2)  # the scale on which customers feel and expect


class Bar(NamedTuple):
    """Who gave one value, or one of a few side by side: from `start`, in whole percent that add up to 100."""

    values: tuple[int, ...]
    start: Decimal
    share: Decimal
    answers: int
    band: Band | None


@dataclass(frozen=True)
class Distribution:
    """The answers on one scale, the best first; no bars below five answers. Those of the NPS stand in one line."""

    scale: Scale
    n: int
    bars: Sequence[Bar]

    @property
    def longest(self) -> Decimal:
        """The largest share."""
        return max((bar.share for bar in self.bars), default=Decimal())


class Felt(NamedTuple):
    """What was expected and perceived, -2 to +2, by everybody, a persona, or on a journey; `gap`: the difference.

    `is_assumed`: either was set by hand on that journey.
    """

    name: str
    expected: float | None
    perceived: float | None
    is_assumed: bool = False

    @property
    def gap(self) -> float | None:
        """Perceived less expected; below 0 where more was hoped for."""
        return gap_of(self.perceived, self.expected)


def distributions(figures: Figures, borders: Borders, *, metrics: Sequence[Metric] = DRAWN) -> list[Distribution]:
    """The answers of a period by metric and scale, of what customers were asked and answered."""
    return [_distribution(one.scale, one.counts, borders) for metric in metrics for one in figures.get(metric, ())]


def _distribution(scale: Scale, counts: Sequence[int], borders: Borders) -> Distribution:
    n = sum(counts)
    if n < FEWEST_SHOWN:
        return Distribution(scale, n, ())
    best_first = sorted(zip(scale.values, counts, scale.utilities, strict=True), key=lambda one: (-one[2], one[0]))
    groups: list[tuple[tuple[int, ...], int, Fraction]] = [
        ((value,), count, worth) for value, count, worth in best_first
    ]
    if scale.metric is Metric.NPS:
        parts = {worth: [one for one in best_first if one[2] == worth] for worth in sorted(set(scale.utilities))}
        groups = [
            (tuple(value for value, *_ in one), sum(count for _, count, _ in one), worth)
            for worth, one in parts.items()
        ]
    shares = shown_parts([100 * count / n for _values, count, _worth in groups])
    bars, start = [], Decimal()
    for (values, count, worth), share in zip(groups, shares, strict=True):
        bars.append(Bar(values, start, share, count, band_of(shown_number(float(worth)), borders)))
        start += share
    return Distribution(scale, n, bars)


def felt_by(scores: Sequence[HealthScore], personas: Sequence[Persona], stands: Sequence[Stand]) -> list[Felt]:
    """What is known of expectations and perceptions: of everybody, of personas, and by hand on the journeys.

    As maps tell it: what customers said comes before what was set by hand. Only rows that know both, or everybody's.
    """
    total = next((score for score in scores if score.persona_id is None), HealthScore())
    found = [Felt("", total.expectation, total.perception)]
    by_persona = {score.persona_id: score for score in scores}
    heard = [(persona, by_persona[persona.pk]) for persona in personas if persona.pk in by_persona]
    found += [Felt(str(persona), score.expectation, score.perception) for persona, score in heard]
    for stand in stands:
        expected = stand.expectation if total.expectation is None else total.expectation
        perceived = stand.assumed_emotion if total.perception is None else total.perception
        if (expected, perceived) != (total.expectation, total.perception):
            found.append(Felt(stand.journey, expected, perceived, is_assumed=True))
    return [one for one in found if one.gap is not None]


def across(value: float, low: float, high: float) -> float:
    """Where a value lies between two ends, in percent."""
    return float(rounded(100 * (value - low) / (high - low), 2))
