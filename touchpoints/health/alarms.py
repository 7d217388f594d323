"""Whether a series got worse, by a chart with a known rate of false alarms (SCORING §6).

A daily likelihood-ratio CUSUM: each answer speaks for the usual shares of answers, or for shares that are worse by a
named shift. What speaks for the worse adds up, what speaks for the usual takes away, never below zero.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import exp, expm1, fsum, log, sqrt

from touchpoints.health.metrics import Metric, scale_of

SHIFT = 10.0  # points of 0-100: the change of what customers say that a chart is made to find
# Rates: bad events among cases, and the times as many that a chart is made to find.
RATES = {Metric.COMPLAINT: 2.0, Metric.VISIT: 1.5}
WATCHED = (Metric.NPS, Metric.CSAT, Metric.CES, Metric.RATING, Metric.EMOTION, *RATES)
FEWEST = 200  # answers that make a norm
LOWEST_THRESHOLD = 0.1  # where days are so full that any rise at all is news

OVERSHOOT = 1.166  # twice 0.583, by how much a walk jumps over its border (Siegmund 1985)


Worths = Sequence[Fraction]  # what each kind of answer is worth, 0 (worst) to 100 (best); counts are in this order
BAD_AND_GOOD: Worths = (Fraction(0), Fraction(100))  # of a rate: complaints and contacts without, left and completed


@dataclass(frozen=True, kw_only=True)
class Norm:
    """What is usual for a series: shares per kind of answer, their mean and variance in points of 0-100.

    `answers`: how many it rests on. `per_day`: how many come on a day. `dispersion` (>= 1): how much more the means of
    days vary than answers that know nothing of each other would make them.
    """

    shares: tuple[float, ...]
    mean: float
    variance: float
    answers: int
    per_day: float
    dispersion: float

    @property
    def error(self) -> float:
        """The standard error of the mean, in points, the dispersion of days included."""
        return sqrt(self.dispersion * self.variance / self.answers)


@dataclass(frozen=True, kw_only=True)
class Weighing:
    """How answers are weighed: for `usual` shares or for `worse` ones, one share per kind of answer.

    `evidence`: ln(worse / usual) per kind, finite for kinds never seen. `rate`: independent answers a day.
    """

    usual: tuple[float, ...]
    worse: tuple[float, ...]
    evidence: tuple[float, ...]
    rate: float

    @property
    def drift(self) -> float:
        """By how much an answer speaks for the usual on average, if it is usual; above 0."""
        return -fsum(p * e for p, e in zip(self.usual, self.evidence, strict=True))

    @property
    def spread(self) -> float:
        """The standard deviation of what an answer says, if it is usual."""
        drift = self.drift
        return sqrt(fsum(p * (e + drift) ** 2 for p, e in zip(self.usual, self.evidence, strict=True)))


@dataclass(frozen=True, slots=True)
class Point:
    """Where a chart's path stands at the end of a day: its height, and the day since which it has been above zero.

    `since` (the change date, if there was a change) is None at zero. `alarm`: it reached its threshold on this day, for
    the first time since it left zero.
    """

    day: datetime.date
    height: float
    since: datetime.date | None
    alarm: bool


@dataclass(frozen=True, slots=True)
class Rise:
    """A path's way above zero: the days from the first to the last, and the one on which it reached its threshold."""

    since: datetime.date
    until: datetime.date
    alarm: datetime.date | None


def worths_of(metric: str, code: str) -> Worths:
    """The worths of a series: of its scale's values, or of bad and good cases where it is a rate."""
    return BAD_AND_GOOD if metric in RATES else scale_of(metric, code).utilities


def in_own_units(metric: str, code: str, points: float) -> float:
    """A mean of points as people know it: an NPS, a mean answer, or a share (0-1) of complaints or completed visits."""
    share = points / 100
    if metric == Metric.NPS:
        return 2 * points - 100
    if metric in RATES:
        return 1 - share if metric == Metric.COMPLAINT else share
    scale = scale_of(metric, code)
    return scale.low + (1 - share if scale.reversed else share) * (scale.high - scale.low)


def norm_of(worths: Worths, by_day: Iterable[Sequence[int]], days: int) -> Norm | None:
    """The norm from the counts of each day that had answers, in a baseline of so many days.

    None with fewer than 200 answers, or where all are equal: nothing can be said of how they vary. Dispersion is the
    mean over those days of n * (mean of the day - mean)^2 / variance, at least 1.
    """
    with_answers = [counts for counts in by_day if any(counts)]
    totals = [sum(counts) for counts in zip(*with_answers, strict=True)]
    answers = sum(totals)
    if answers < FEWEST:
        return None
    mean, variance = _moments(worths, totals)
    if not variance:
        return None
    apart = fsum(sum(counts) * (_moments(worths, counts)[0] - mean) ** 2 for counts in with_answers)
    return Norm(
        shares=tuple(count / answers for count in totals),
        mean=mean,
        variance=variance,
        answers=answers,
        per_day=answers / days,
        dispersion=max(1.0, apart / variance / len(with_answers)),
    )


def norm_since(worths: Worths, norm: Norm, counts: Sequence[int]) -> Norm | None:
    """The norm after a change for the worse that people know of, from all answers since it (at least one).

    They are too few for shares of their own: old and new answers together are tilted to the mean of the new ones. The
    old norm where these are no worse; None where nothing can be worse than they are.
    """
    answers = sum(counts)
    mean = _moments(worths, counts)[0]
    if mean >= norm.mean:
        return norm
    both = [(norm.answers * p + count) / (norm.answers + answers) for p, count in zip(norm.shares, counts, strict=True)]
    shares = tilted_down(worths, both, _mean(_floats(worths), both) - mean)
    if shares is None:
        return None
    return Norm(
        shares=shares,
        mean=mean,
        variance=fsum(p * (u - mean) ** 2 for p, u in zip(shares, _floats(worths), strict=True)),
        answers=answers,
        per_day=norm.per_day,
        dispersion=norm.dispersion,
    )


def tilted_down(worths: Worths, shares: Sequence[float], by: float) -> tuple[float, ...] | None:
    """The shares proportional to p * exp(-theta * utility) whose mean is lower by so many points (>= 0).

    None where no theta reaches it, since no answer that low is among them.
    """
    floats = _floats(worths)
    theta = _theta(floats, shares, by)
    return None if theta is None else _tilt(floats, shares, theta)


def shift_of(metric: str, norm: Norm) -> float:
    """The change for the worse that a chart of this metric is made to find, in points."""
    return (RATES[Metric(metric)] - 1) * (100 - norm.mean + norm.error) if metric in RATES else SHIFT


def weighing_of(worths: Worths, norm: Norm, shift: float = SHIFT) -> Weighing | None:
    """The weighing that finds a change of the mean by `shift` points. None where the norm has no room below it.

    For safety the norm is first lowered by one standard error: of charts made from a norm that happened to be too good,
    half would cry wolf more often than they were made to.
    """
    floats = _floats(worths)
    usual = tilted_down(worths, norm.shares, norm.error)
    theta = None if usual is None else _theta(floats, usual, shift)
    if usual is None or theta is None:
        return None
    total = fsum(p * exp(-theta * u) for p, u in zip(usual, floats, strict=True))
    evidence = tuple(-theta * u - log(total) for u in floats)
    rate = norm.per_day / norm.dispersion
    return Weighing(usual=usual, worse=_tilt(floats, usual, theta), evidence=evidence, rate=rate)


def days_between_false_alarms(charts: int, a_month: float) -> float:
    """How many days a chart shall be quiet on average, so that so many charts (>= 1) raise so many in 30 days."""
    return 30 * charts / a_month


def threshold(weighing: Weighing, quiet: float) -> float:
    """The height at which a chart raises an alarm, so that it takes `quiet` days on average while nothing changes.

    Siegmund's approximation: quiet = (e^b - 1 - b) / (rate * drift), where b = threshold + 1.166 * spread *
    sqrt(max(rate, 1)); within 1 % of exact values where rate is 1 [18]. Where a day's answers alone go further than
    any threshold, the least one stands, and false alarms are rarer than that.
    """
    aim = quiet * weighing.rate * weighing.drift
    low, high = 0.0, 1.0
    while expm1(high) - high < aim:
        high *= 2
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if expm1(middle) - middle < aim else (low, middle)
    return max(LOWEST_THRESHOLD, high - overshoot(weighing))


def overshoot(weighing: Weighing) -> float:
    """By how much a path that reaches its threshold is higher than it on average, and as it begins below zero."""
    return OVERSHOOT * weighing.spread * sqrt(max(weighing.rate, 1.0))


def step_of(evidence: Sequence[float], dispersion: float, counts: Sequence[int]) -> float:
    """What a day's counts per value add to the height: sum of counts * evidence / dispersion; below 0 they lower it."""
    return fsum(count * e for count, e in zip(counts, evidence, strict=True)) / dispersion


def follow(
    evidence: Sequence[float], dispersion: float, days: Iterable[tuple[datetime.date, Sequence[int], float]]
) -> list[Point]:
    """The path over days in their order: (day, counts per value, the threshold in force on it).

    Height = max(0, height before + step of the day); a day without answers leaves it.
    """
    path: list[Point] = []
    height, since, told = 0.0, None, False
    for day, counts, limit in days:
        height = max(0.0, height + step_of(evidence, dispersion, counts))
        since = (since or day) if height else None
        alarm = height >= limit and not told
        told = height > 0 and (told or alarm)
        path.append(Point(day, height, since, alarm))
    return path


def rises_of(path: Iterable[Point]) -> list[Rise]:
    """Every way above zero of a path, the earliest first."""
    rises: list[Rise] = []
    for since, points in groupby(path, key=lambda point: point.since):
        if since is not None:
            days = list(points)
            alarm = next((point.day for point in days if point.alarm), None)
            rises.append(Rise(since, days[-1].day, alarm))
    return rises


def mean_of(worths: Worths, counts: Sequence[int]) -> float:
    """The mean utility of counted answers (at least one), 0 to 100."""
    return _moments(worths, counts)[0]


def _moments(worths: Worths, counts: Sequence[int]) -> tuple[float, float]:
    """Mean and variance of counted answers, in points: exact until the division."""
    n = sum(counts)
    mean = sum((count * u for count, u in zip(counts, worths, strict=True) if count), Fraction()) / n
    square = sum((count * u * u for count, u in zip(counts, worths, strict=True) if count), Fraction()) / n
    return float(mean), float(square - mean * mean)


def _floats(worths: Worths) -> list[float]:
    return [float(worth) for worth in worths]


def _mean(worths: Sequence[float], shares: Sequence[float]) -> float:
    return fsum(p * u for p, u in zip(shares, worths, strict=True))


def _tilt(worths: Sequence[float], shares: Sequence[float], theta: float) -> tuple[float, ...]:
    lowest = min(u for p, u in zip(shares, worths, strict=True) if p)
    tilts = [p * exp(-theta * (u - lowest)) if p else 0.0 for p, u in zip(shares, worths, strict=True)]
    total = fsum(tilts)
    return tuple(tilt / total for tilt in tilts)


def _theta(worths: Sequence[float], shares: Sequence[float], by: float) -> float | None:
    """The tilt that lowers the mean by so many points, to the last bit that halving finds."""
    aim = _mean(worths, shares) - by
    if aim <= min(u for p, u in zip(shares, worths, strict=True) if p):
        return None
    low, high = 0.0, 0.01
    while _mean(worths, _tilt(worths, shares, high)) > aim:
        high *= 2
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if _mean(worths, _tilt(worths, shares, middle)) > aim else (low, middle)
    return high
