"""Figures for a chosen period: plain counts, never weighted, each with its 95 % interval (SCORING §1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from touchpoints.health.metrics import COUNTED, Metric, Scale

ASKED = (Metric.NPS, Metric.CSAT, Metric.CES)  # the metrics of which screens tell the figures of a period
FEWEST_SHOWN = 5  # nothing about fewer respondents is shown as a number
Z95 = 1.959963984540054  # the normal quantile of a two-sided 95 % interval

# Student's t quantiles of a two-sided 95 % interval for 1 to 28 degrees of freedom
_T95 = (
    12.706204736174694, 4.302652729749462, 3.1824463052837078, 2.7764451051977934, 2.5705818356363146,
    2.4469118511449786, 2.364624251592784, 2.306004135204166, 2.262157162798205, 2.228138851986274,
    2.200985160091639, 2.1788128296672284, 2.1603686564627913, 2.144786687917804, 2.131449545559776,
    2.1199052992212546, 2.1098155778333156, 2.1009220402410382, 2.0930240544083087, 2.085963447265864,
    2.0796138447276795, 2.0738730679040254, 2.0686576104190486, 2.0638985616280245, 2.0595385527532972,
    2.0555294386428735, 2.0518305164802846, 2.0484071417952454,
)  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A value with its 95 % interval and the number of answers behind it; no value without answers."""

    value: float | None
    low: float | None
    high: float | None
    n: int

    @property
    def shown(self) -> bool:
        """Whether enough people answered for it to be shown as a number."""
        return self.n >= FEWEST_SHOWN


@dataclass(frozen=True)
class PeriodFigures:
    """What a period says on one scale: counts per value, the headline (NPS or mean) and the share of top answers.

    NPS is in -100..100, a mean on the scale itself (of a reversed one as answered: high is bad), a share in 0-1.
    What is counted (complaints, contacts, visits) has counts only.
    """

    scale: Scale
    counts: tuple[int, ...]
    headline: Figure | None
    top: Figure | None


def period_figures(scale: Scale, counts: Sequence[int]) -> PeriodFigures:
    """The figures of one scale from plain counts per value, for instance the sums of a period's daily cells."""
    headline = None
    if scale.metric is Metric.NPS:
        headline = nps(*promoters_and_detractors(counts), sum(counts))
    elif scale.metric not in COUNTED:
        headline = mean(scale, counts)
    top = None
    if scale.top_values:
        top = proportion(top_answers(scale, counts), sum(counts))
    return PeriodFigures(scale, tuple(counts), headline, top)


def promoters_and_detractors(counts: Sequence[int]) -> tuple[int, int]:
    """How many of the counted answers, one count for each of 0-10, are 9 or 10, and how many 0 to 6."""
    return sum(counts[9:]), sum(counts[:7])


def top_answers(scale: Scale, counts: Sequence[int]) -> int:
    """How many of the counted answers are among the scale's top values."""
    return sum(counts[scale.index(value)] for value in scale.top_values)


def nps(promoters: int, detractors: int, n: int) -> Figure:
    """The Net Promoter Score, -100..100, with its adjusted Wald interval [3]."""
    if not n:
        return Figure(None, None, None, 0)
    middle, variance = adjusted_nps(promoters, detractors, n)
    margin = Z95 * sqrt(variance)
    value = 100 * (promoters - detractors) / n
    return Figure(value, max(-100.0, 100 * (middle - margin)), min(100.0, 100 * (middle + margin)), n)


def adjusted_nps(promoters: int, detractors: int, n: int) -> tuple[float, float]:
    """The estimate, -1..1, from which the NPS's interval goes out, and its variance [3].

    Three answers are added, 3/4 to promoters and detractors each and the rest to passives, so that the interval
    neither vanishes when all agree nor is too narrow in small samples.
    """
    more = n + 3
    p, d = (promoters + 0.75) / more, (detractors + 0.75) / more
    return p - d, (p + d - (p - d) ** 2) / more


def proportion(hits: int, n: int) -> Figure:
    """The share of hits among n, 0-1, with its Wilson score interval [4][5]."""
    if not n:
        return Figure(None, None, None, 0)
    return Figure(hits / n, *wilson(hits, n, Z95), n)


def wilson(hits: int, n: int, quantile: float) -> tuple[float, float]:
    """Wilson's score interval of a share, within 0 and 1, at this quantile (>= 0) of the normal law; n > 0 [4][5]."""
    share, square = hits / n, quantile * quantile
    middle = (share + square / (2 * n)) / (1 + square / n)
    margin = quantile * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, min(share, middle - margin)), min(1.0, max(share, middle + margin))


def mean(scale: Scale, counts: Sequence[int]) -> Figure:
    """The mean answer on the scale with its interval: mean ± quantile * s / sqrt(n), Student's t below 30 answers.

    Clipped to the scale. Equal answers do not make it certain: their spread is taken as if one more answer had been
    spread evenly over the scale. A single answer says nothing about the spread: the interval is the whole scale.
    """
    n = sum(counts)
    if not n:
        return Figure(None, None, None, 0)
    value = _total(scale, counts, 1) / n
    if n == 1:
        return Figure(value, scale.low, scale.high, n)
    quantile = _T95[n - 2] if n < 30 else Z95
    margin = quantile * sqrt(sample_variance(scale, counts) / n)
    return Figure(value, max(float(scale.low), value - margin), min(float(scale.high), value + margin), n)


def sample_variance(scale: Scale, counts: Sequence[int]) -> float:
    """The sample variance; where all answers are equal, that of the answers and one spread evenly over the scale."""
    n, size = sum(counts), len(counts)
    deviation = n * _total(scale, counts, 2) - _total(scale, counts, 1) ** 2
    if deviation:
        return deviation / (n * (n - 1))
    smooth = [size * count + 1 for count in counts]
    more = sum(smooth)
    return (more * _total(scale, smooth, 2) - _total(scale, smooth, 1) ** 2) / (more * more)


def needed_n(margin: float, variance: float = 1.0) -> int:
    """How many answers bring the NPS's 95 % interval to ± `margin` points (> 0) [6]; at least 1.

    `variance`: of one answer's +1, 0 or -1; 1 is the worst case, p + d - (p - d)^2 the known one.
    """
    return max(1, ceil(Z95 * Z95 * variance / (margin / 100) ** 2 - 3))


def _total(scale: Scale, counts: Sequence[int], power: int) -> int:
    return sum(count * value**power for value, count in zip(scale.values, counts, strict=True))
