"""What one component of a health score says by itself, made of whole numbers (SCORING §2, §4).

Here integers become floats: one division per figure, and then a fixed order of operations, so that the same answers
give the same bits, whatever way they came.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from touchpoints.health.decay import Tally, effective_n
from touchpoints.health.metrics import Metric, Scale, squared_worth, worth
from touchpoints.health.shrink import Posterior, Prior, RateRule, pooled, shrunken, shrunken_rate
from touchpoints.health.usual import DEFAULT_PRIORS, Component, Learned, Priors


@dataclass(frozen=True)
class Exposure:
    """Bad events among cases in a window: weighted sums, the cases' sum of squared weights, and the plain cases.

    Complaints among contacts, or unfinished among closed visits.
    """

    bad: int
    cases: int
    squares: int
    plain_cases: int


@dataclass(frozen=True)
class Rate:
    """How a component that is a rate came to its score: shares of bad events (0-1) and the rule.

    `suspect`: there were more bad events than cases, so not all cases were counted.
    """

    observed: float
    expected: float
    usual: float
    good: float
    limit: float
    suspect: bool


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What one component says by itself. Scores, `sd` and means are in points of 0-100.

    `answers`: plain number (of cases, for a rate). `raw`: own data only. `score`: drawn towards `prior_mean`, which
    counts as much as `prior_mass` answers and was learned from `prior_source`. `credibility`: share of the score that
    own data decide, 0-1.
    """

    component: Component
    answers: int
    n_eff: float
    raw: float
    score: float
    sd: float
    credibility: float
    prior_mean: float
    prior_mass: float
    prior_source: str = Learned.DEFAULT
    rate: Rate | None = None


class Pool(NamedTuple):
    """Answers to the metrics of a component, one series per scale, pooled through their utilities only [1].

    `total`: sum of their weights; `mean` and `square`: of their utilities and squared utilities; `prior`: what is usual
    for such answers.
    """

    series: tuple[tuple[Scale, Tally], ...]
    total: int
    n_eff: float
    mean: float
    square: float
    prior: Prior


def estimate_answers(
    component: Component,
    metrics: Sequence[Metric],
    tallies: Mapping[Scale, Tally],
    priors: Priors = DEFAULT_PRIORS,
) -> Estimate | None:
    """The estimate from the tallies of these metrics; None where nothing lies in their window.

    Raises ValueError for counts below zero, which no true sequence of changes can leave.
    """
    pool = pool_answers(component, metrics, tallies, priors)
    if pool is None:
        return None
    found = shrunken(pool.mean, pool.square, pool.n_eff, pool.prior)
    return Estimate(
        component=component,
        answers=sum(tally.answers for _, tally in pool.series),
        n_eff=pool.n_eff,
        raw=pool.mean,
        score=found.score,
        sd=found.sd,
        credibility=found.credibility,
        prior_mean=pool.prior.mean,
        prior_mass=pool.prior.mass,
        prior_source=priors.source(component),
    )


def pool_answers(
    component: Component, metrics: Sequence[Metric], tallies: Mapping[Scale, Tally], priors: Priors = DEFAULT_PRIORS
) -> Pool | None:
    """What the estimate is made of; None where nothing lies in the window. Raises ValueError for counts below zero."""
    series = [(scale, tally) for scale, tally in tallies.items() if scale.metric in metrics and any(tally.sums)]
    if not series:
        return None
    if any(count < 0 for _, tally in series for count in tally.sums):
        raise ValueError(f"Some counts of {component} are below zero.")
    series.sort(key=lambda pair: pair[0].key)
    totals = [sum(tally.sums) for _, tally in series]
    total = sum(totals)
    n_eff = effective_n(total, sum(tally.squares for _, tally in series))
    mean = float(sum((worth(scale, tally.sums) for scale, tally in series), Fraction()) / total)
    square = float(sum((squared_worth(scale, tally.sums) for scale, tally in series), Fraction()) / total)
    prior = pooled([(weight, priors.of(component, scale)) for weight, (scale, _) in zip(totals, series, strict=True)])
    return Pool(tuple(series), total, n_eff, mean, square, prior)


def exposures_of(tallies: Mapping[Scale, Tally]) -> dict[Component, Exposure]:
    """The rates that tallies of what was counted make up: complaints among contacts, unfinished among closed visits."""
    complaints, contacts, visits = (
        next((tally for scale, tally in tallies.items() if scale.metric is metric), None)
        for metric in (Metric.COMPLAINT, Metric.CONTACT, Metric.VISIT)
    )
    found = {}
    if contacts is not None:
        bad = sum(complaints.sums) if complaints else 0
        found[Component.COMPLAINTS] = Exposure(bad, sum(contacts.sums), contacts.squares, contacts.answers)
    if visits is not None:
        left, _completed = visits.sums
        found[Component.COMPLETION] = Exposure(left, sum(visits.sums), visits.squares, visits.answers)
    return found


def estimate_rate(
    component: Component, exposure: Exposure, rule: RateRule, priors: Priors = DEFAULT_PRIORS
) -> Estimate | None:
    """The estimate from a rate of bad events; None without cases: not applicable is neither 0 nor 100.

    More bad events than cases score 0 and are marked as suspect. Raises ValueError for counts below zero.
    """
    if min(exposure.bad, exposure.cases) < 0:
        raise ValueError(f"Some counts of {component} are below zero.")
    if not exposure.cases:
        return None
    rule = priors.rate(component, rule)
    suspect = exposure.bad > exposure.cases
    observed = exposure.bad / exposure.cases
    n_eff = effective_n(exposure.cases, exposure.squares)
    expected, found = shrunken_rate(min(1.0, observed), n_eff, rule)
    if suspect:
        found = Posterior(0.0, found.sd, found.credibility)
    return Estimate(
        component=component,
        answers=exposure.plain_cases,
        n_eff=n_eff,
        raw=rule.score(observed),
        score=found.score,
        sd=found.sd,
        credibility=found.credibility,
        prior_mean=rule.score(rule.usual),
        prior_mass=rule.mass,
        prior_source=priors.source(component),
        rate=Rate(observed, expected, rule.usual, rule.good, rule.limit, suspect),
    )
