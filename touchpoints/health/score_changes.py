"""Whether the health of a touchpoint, a phase or a journey has really changed (SCORING §6, by the rule in changes.py).

Compared are plain component scores with the same weights before and after, so that neither what is usual nor another
mix of answers can pass for a change.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import fsum, sqrt
from typing import NamedTuple

from touchpoints.health.changes import FEWEST_COMPARED, Difference, difference
from touchpoints.health.combine import DEFAULT_MODEL, HealthModel
from touchpoints.health.decay import Tally
from touchpoints.health.estimate import Exposure, exposures_of
from touchpoints.health.metrics import Metric, Scale, squared_worth, worth
from touchpoints.health.shrink import RateRule
from touchpoints.health.usual import Component

Tallies = Mapping[Scale, Tally]


class Plain(NamedTuple):
    """A score of own data only, 0-100, its variance, and of how many answers or cases."""

    score: float
    variance: float
    n: int


def health_difference(before: Tallies, after: Tallies, model: HealthModel = DEFAULT_MODEL) -> Difference:
    """How the plain health of one subject differs between two flat windows of equal length, in points.

    Each window is given by its tallies, one per scale, as for a score. Compared are the components that have a weight
    and 30 answers (or cases, of a rate) in both; each weighs w / sum of w on either side. The variance of a side is
    (1 - r) * sum of (share * sd)^2 + r * (sum of share * sd)^2 with the model's correlation r, as that of a score, and
    has the degrees of freedom of its smallest component. Raises ValueError for counts that are weighted or below zero.
    """
    was, now = _plain(before, model), _plain(after, model)
    enough = [
        component
        for component in Component
        if model.weights.get(component, 0) > 0
        and min(side[component].n if component in side else 0 for side in (was, now)) >= FEWEST_COMPARED
    ]
    if not enough:
        return Difference(before=_answers(was, was), after=_answers(now, now))
    full = fsum(model.weights[component] for component in enough)
    shares = {component: model.weights[component] / full for component in enough}
    return difference(
        fsum(share * (now[component].score - was[component].score) for component, share in shares.items()),
        [_doubt(was, shares, model), _doubt(now, shares, model)],
        reach=100,
        n=(_answers(was, shares), _answers(now, shares)),
    )


def rolled_up(weighed: Iterable[tuple[float, Difference]]) -> Difference:
    """How the health of a phase or journey differs: the weighted mean of its touchpoints' differences.

    (weight, difference) of each touchpoint, known or not, each once, weights as in `roll_up`. Those with too few
    answers are left out on both sides; where they carry more than half of the weight, there are too few answers in
    all, since the rest would speak for a part only. The touchpoints are taken as independent.
    """
    everything = list(weighed)
    full = fsum(weight for weight, _ in everything)
    counted = [(weight, one) for weight, one in everything if weight and one.delta is not None]
    weight = fsum(weight for weight, _ in counted)
    enough = bool(counted) and weight >= full / 2
    n = _summed([one for _, one in (counted if enough else everything)])
    if not enough:
        return Difference(before=n[0], after=n[1])
    parts = [
        (of_one / weight, one.delta, one.error, one.freedom)
        for of_one, one in counted
        if one.delta is not None and one.error is not None and one.freedom is not None
    ]
    return difference(
        fsum(share * delta for share, delta, _, _ in parts),
        [((share * error) ** 2, freedom) for share, _, error, freedom in parts],
        reach=100,
        n=n,
    )


def _summed(differences: Sequence[Difference]) -> tuple[int, int]:
    return sum(one.before for one in differences), sum(one.after for one in differences)


def _plain(tallies: Tallies, model: HealthModel) -> dict[Component, Plain]:
    """Each component that lies in the window by itself."""
    for scale, tally in tallies.items():
        if min(tally.sums) < 0 or not sum(tally.sums) == tally.squares == tally.answers:
            raise ValueError(f"What is tallied on {scale.key} are not plain counts.")
    asked = (
        (Component.CSAT, model.satisfaction),
        (Component.CES, (Metric.CES,)),
        (Component.NPS, (Metric.NPS,)),
    )
    found = {}
    for component, metrics in asked:
        series = {scale: tally for scale, tally in tallies.items() if scale.metric in metrics and tally.answers}
        if series:
            found[component] = plain_answers(series)
    exposures = exposures_of(tallies)
    for component, rule in ((Component.COMPLAINTS, model.complaints), (Component.COMPLETION, model.drop_off)):
        exposure = exposures.get(component)
        if exposure and exposure.cases:
            found[component] = _plain_rate(exposure, rule)
    return found


def plain_answers(series: Tallies) -> Plain:
    """Mean utility and its variance; where all are equal, as if one more answer were spread evenly over the scales."""
    n = sum(tally.answers for tally in series.values())
    total = sum((worth(scale, tally.sums) for scale, tally in series.items()), Fraction())
    square = sum((squared_worth(scale, tally.sums) for scale, tally in series.items()), Fraction())
    mean, variance = float(total / n), (square - total * total / n) / max(1, n - 1)
    if not variance:
        evenly = [utility for scale in series for utility in scale.utilities]
        total += sum(evenly, Fraction()) / len(evenly)
        square += sum((utility * utility for utility in evenly), Fraction()) / len(evenly)
        variance = square / (n + 1) - (total / (n + 1)) ** 2
    return Plain(mean, float(variance / n), n)


def _plain_rate(exposure: Exposure, rule: RateRule) -> Plain:
    """The score of the plain rate and its variance; where it is 0 or 1, as if half of one more case were bad."""
    n, share = exposure.cases, min(1.0, exposure.bad / exposure.cases)
    near, freedom = (share, n - 1) if 0 < share < 1 else ((share * n + 0.5) / (n + 1), n)
    slope = 100 / (rule.limit - rule.good)
    return Plain(rule.score(share), slope * slope * near * (1 - near) / freedom, n)


def _doubt(
    side: Mapping[Component, Plain], shares: Mapping[Component, float], model: HealthModel
) -> tuple[float, float]:
    # variance and degrees of freedom of the sum of the components
    apart = fsum(share * share * side[component].variance for component, share in shares.items())
    together = fsum(share * sqrt(side[component].variance) for component, share in shares.items()) ** 2
    variance = (1 - model.correlation) * apart + model.correlation * together
    return variance, min(side[component].n for component in shares) - 1


def _answers(side: Mapping[Component, Plain], components: Iterable[Component]) -> int:
    return sum(side[component].n for component in components)
