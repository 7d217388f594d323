"""Whether something has really changed: the one rule for every change on every screen (SCORING §6, §8).

Two flat windows of equal length that do not overlap, with 30 answers in each; the difference of the plain values, not
drawn towards anything; and of all the changes that a table shows, at most one in twenty of those called real is not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from math import erfc, expm1, fsum, hypot, log1p, sqrt

from touchpoints.health.figures import (
    Z95,
    PeriodFigures,
    adjusted_nps,
    promoters_and_detractors,
    sample_variance,
    top_answers,
    wilson,
)
from touchpoints.health.metrics import Metric, Scale

FEWEST_COMPARED = 30
FALSE_SHARE = 0.05  # of the changes called real in one table, at most

_QUANTILES_END = 39.0  # the normal law has nothing beyond that a float could hold


class Verdict(StrEnum):
    """What is said of a change. Up and down are real; whether that is good depends on the figure."""

    UP = "up"
    DOWN = "down"
    NOISE = "within noise"
    FEW = "too few answers"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A figure after less the same before, in its own unit, with its 95 % interval; all None with too few answers.

    `p`: how often chance alone would show as much, 0-1; at most 0.05 exactly where the interval leaves out 0.
    `before`, `after`: answers behind it. `error`: standard error, with so many degrees of `freedom`; None for a share,
    whose interval is not symmetric.
    """

    delta: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    before: int
    after: int
    error: float | None = None
    freedom: float | None = None


@dataclass(frozen=True, kw_only=True)
class Change(Difference):
    """A difference with what is said of it."""

    verdict: Verdict


_FACTS = tuple(fact.name for fact in fields(Difference))


def judged(differences: Sequence[Difference]) -> list[Change]:
    """The changes of one table, as it is shown, in their order."""
    limit = real_up_to(differences)
    return [judged_by(limit, difference) for difference in differences]


def real_up_to(differences: Iterable[Difference]) -> float:
    """The highest p of a real change among those of a table; 0 where none is.

    Real are those that Benjamini and Hochberg's procedure keeps at 5 %: the more rows, the smaller must p be. Rows
    with too few answers take no part.
    """
    chances = sorted(difference.p for difference in differences if difference.p is not None)
    levels = (FALSE_SHARE * rank / len(chances) for rank in range(1, len(chances) + 1))
    return max((p for p, level in zip(chances, levels, strict=True) if p <= level), default=0.0)


def judged_by(limit: float, difference: Difference) -> Change:
    """What is said of a difference where p up to this limit is real."""
    return Change(**{name: getattr(difference, name) for name in _FACTS}, verdict=_verdict(difference, limit))


def judge(difference: Difference) -> Change:
    """A change that is shown alone: real where its 95 % interval leaves out 0."""
    return judged([difference])[0]


def headline_difference(before: PeriodFigures, after: PeriodFigures) -> Difference | None:
    """How the NPS or the mean of two periods differ; None for complaints, which have neither.

    By Welch's test, the spread of equal answers as in the mean's own interval. The NPS's delta is that of the scores,
    but interval and p come from the adjusted estimates [3]; Student's t instead of the normal law, under which 6 %
    instead of 5 % of tables with 30 answers a row were wrong. Raises ValueError for figures on two scales.
    """
    scale, was, now = _shared_scale(before, after), before.headline, after.headline
    if was is None or now is None:
        return None
    n = was.n, now.n
    if was.value is None or now.value is None or min(n) < FEWEST_COMPARED:
        return Difference(before=was.n, after=now.n)
    (was_middle, was_doubt), (now_middle, now_doubt) = _estimate(before, was.value), _estimate(after, now.value)
    reach = 200 if scale.metric is Metric.NPS else scale.high - scale.low
    delta = now.value - was.value
    return difference(now_middle - was_middle, [was_doubt, now_doubt], reach=reach, n=n, delta=delta)


def top_difference(before: PeriodFigures, after: PeriodFigures) -> Difference | None:
    """How the shares (0-1) of top answers of two periods differ; None where the scale has none.

    Raises ValueError for figures on two scales.
    """
    scale = _shared_scale(before, after)
    if not scale.top_values:
        return None
    was, now = ((top_answers(scale, side.counts), sum(side.counts)) for side in (before, after))
    return share_difference(was, now)


def share_difference(before: tuple[int, int], after: tuple[int, int]) -> Difference:
    """How two shares differ, each of (hits, answers); Newcombe's hybrid interval, made of Wilson's [22].

    p belongs to the widest such interval that leaves out 0.
    """
    (hits, n), (new_hits, new_n) = before, after
    if min(n, new_n) < FEWEST_COMPARED:
        return Difference(before=n, after=new_n)
    low, high = _newcombe(before, after, Z95)
    leaves_out, contains = 0.0, _QUANTILES_END
    while contains - leaves_out > 1e-7:
        middle = (leaves_out + contains) / 2
        one, other = _newcombe(before, after, middle)
        leaves_out, contains = (middle, contains) if one > 0 or other < 0 else (leaves_out, middle)
    delta = new_hits / new_n - hits / n
    return Difference(delta=delta, low=low, high=high, p=_two_sided(leaves_out), before=n, after=new_n)


def difference(
    middle: float,
    doubts: Sequence[tuple[float, float]],
    *,
    reach: float,
    n: tuple[int, int],
    delta: float | None = None,
) -> Difference:
    """A difference around `middle`, by Welch's t with Satterthwaite's degrees of freedom, within ± `reach`.

    `doubts`: variance (> 0) and degrees of freedom of each independent part, of which the variances are added.
    `delta`: what is shown, where that is not the middle; the interval reaches as far as to it.
    """
    delta = middle if delta is None else delta
    variance = fsum(part for part, _ in doubts)
    error, freedom = sqrt(variance), variance * variance / fsum(part * part / freedom for part, freedom in doubts)
    margin = _t95(freedom) * error
    return Difference(
        delta=delta,
        low=max(-float(reach), min(delta, middle - margin)),
        high=min(float(reach), max(delta, middle + margin)),
        p=_two_sided(_as_normal(middle / error, freedom)),
        before=n[0],
        after=n[1],
        error=error,
        freedom=freedom,
    )


def _verdict(difference: Difference, limit: float) -> Verdict:
    if difference.p is None or difference.delta is None:
        return Verdict.FEW
    if difference.p > limit:
        return Verdict.NOISE
    return Verdict.UP if difference.delta > 0 else Verdict.DOWN


def _shared_scale(before: PeriodFigures, after: PeriodFigures) -> Scale:
    if before.scale != after.scale:
        raise ValueError(f"{before.scale.key} and {after.scale.key} cannot be compared.")
    return before.scale


def _estimate(figures: PeriodFigures, value: float) -> tuple[float, tuple[float, float]]:
    # From where the headline's interval goes out; its variance and degrees of freedom
    n = sum(figures.counts)
    if figures.scale.metric is Metric.NPS:
        middle, variance = adjusted_nps(*promoters_and_detractors(figures.counts), n)
        return 100 * middle, (10_000 * variance, n - 1)
    return value, (sample_variance(figures.scale, figures.counts) / n, n - 1)


def _newcombe(before: tuple[int, int], after: tuple[int, int], quantile: float) -> tuple[float, float]:
    was, now = before[0] / before[1], after[0] / after[1]
    (was_low, was_high), (now_low, now_high) = wilson(*before, quantile), wilson(*after, quantile)
    return now - was - hypot(now - now_low, was_high - was), now - was + hypot(now_high - now, was - was_low)


# Wallace's approximation of Student's t by the normal law, and back; right to 0.0001 from 29 degrees of freedom on.
def _as_normal(t: float, freedom: float) -> float:
    return (8 * freedom + 1) / (8 * freedom + 3) * sqrt(freedom * log1p(t * t / freedom))


def _t95(freedom: float) -> float:
    wide = Z95 * (8 * freedom + 3) / (8 * freedom + 1)
    return sqrt(freedom * expm1(wide * wide / freedom))


def _two_sided(quantile: float) -> float:
    return erfc(abs(quantile) / sqrt(2))
