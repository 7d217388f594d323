"""Small samples: a score is drawn towards what is usual, the less so the more answers there are (SCORING §2, §4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from math import sqrt

from touchpoints.health.metrics import Metric, Scale

PRIOR_VERSION = "default-1"


@dataclass(frozen=True)
class Prior:
    """What is usual for a metric before anyone answered: category shares that count as much as `mass` answers."""

    mass: float
    shares: tuple[float, ...]  # per value of the scale; sum 1
    mean: float  # utility, 0-100
    square: float  # mean squared utility


@dataclass(frozen=True)
class RateRule:
    """How a rate of bad events becomes a score: 100 at `good` and below, 0 at `limit` and above; and what is usual."""

    good: float
    limit: float
    usual: float
    mass: float

    def score(self, rate: float) -> float:
        """The score of a rate (share of bad events, 0-1): 0 to 100, linear between `limit` and `good`."""
        return 100 * min(1.0, max(0.0, (self.limit - rate) / (self.limit - self.good)))


@dataclass(frozen=True)
class Posterior:
    """A shrunken score (0-100), its standard deviation in points, and the share of it that own data decide (0-1)."""

    score: float
    sd: float
    credibility: float


# Mass and mean where a workspace has too few peers to learn them from: judgement, not science.
_USUAL = {Metric.CSAT: (10, 70), Metric.RATING: (10, 70), Metric.CES: (10, 70), Metric.NPS: (15, 60)}
COMPLAINTS = RateRule(good=0.005, limit=0.05, usual=0.02, mass=200)
DROP_OFF = RateRule(good=0.05, limit=0.50, usual=0.30, mass=50)


def prior_of(scale: Scale, shares: Sequence[Fraction | Decimal | float], mass: float) -> Prior:
    """The prior with these category shares (one per value of the scale, proportions suffice) and this mass (> 0)."""
    exact = [Fraction(share) for share in shares]
    total = sum(exact)
    mean = sum(p * u for p, u in zip(exact, scale.utilities, strict=True)) / total
    square = sum(p * u * u for p, u in zip(exact, scale.utilities, strict=True)) / total
    return Prior(mass, tuple(float(p / total) for p in exact), float(mean), float(square))


@lru_cache
def default_prior(scale: Scale) -> Prior:
    """The prior of a scale in a workspace that is too young to know better.

    Mass 10 and mean 70 for CSAT, ratings and CES, 15 and 60 for NPS; its shares are the uniform ones tilted to that
    mean. Raises ValueError for a metric that has no score.
    """
    if scale.metric not in _USUAL:
        raise ValueError(f"{scale.metric} does not enter a health score.")
    mass, mean = _USUAL[scale.metric]
    return prior_of(scale, tilted(scale, mean), mass)


def tilted(scale: Scale, mean: Fraction | Decimal | float) -> tuple[Decimal, ...]:
    """The shares proportional to exp(theta * utility) whose mean utility is `mean`, 1 to 99.

    Of all shares with this mean they are the closest to uniform. A mean nearer to 0 or 100 is taken as 1 or 99, since
    at the ends nothing but one value would be left. Solved by Newton's method in decimal with 50 digits, so that every
    machine gets the same bits.
    """
    exact = min(Fraction(99), max(Fraction(1), Fraction(mean)))
    with localcontext(prec=50):
        wanted = Decimal(exact.numerator) / exact.denominator / 100
        worths = [Decimal(u.numerator) / u.denominator / 100 for u in scale.utilities]
        theta, step = Decimal(0), Decimal(1)
        while abs(step) > Decimal("1e-40"):
            tilts = [(theta * u).exp() for u in worths]
            shares = tuple(tilt / sum(tilts) for tilt in tilts)
            is_mean = sum(p * u for p, u in zip(shares, worths, strict=True))
            variance = sum(p * (u - is_mean) ** 2 for p, u in zip(shares, worths, strict=True))
            step = max(Decimal(-3), min(Decimal(3), (wanted - is_mean) / variance))
            theta += step
        return shares


def pooled(priors: Sequence[tuple[int, Prior]]) -> Prior:
    """One prior for answers on several scales of a metric, each scale's with the weight (> 0) of its answers.

    The scales share their mass; mean and mean square are averaged, so that a single answer on another scale changes
    little. There are no common categories, hence no shares.
    """
    if len(priors) == 1:
        return priors[0][1]
    total = sum(weight for weight, _ in priors)
    mean = sum(weight * Fraction(prior.mean) for weight, prior in priors) / total
    square = sum(weight * Fraction(prior.square) for weight, prior in priors) / total
    return Prior(priors[0][1].mass, (), float(mean), float(square))


def shrunken(mean: float, square: float, n: float, prior: Prior) -> Posterior:
    """The Dirichlet posterior of a mean utility: data with this mean and mean square, worth `n` answers, and a prior.

    Score (n * mean + m * prior mean) / (n + m); variance (mean square - score^2) / (n + m + 1); credibility
    n / (n + m), as in Bühlmann's credibility [7].
    """
    both = n + prior.mass
    score = (n * mean + prior.mass * prior.mean) / both
    spread = (n * square + prior.mass * prior.square) / both - score * score
    return Posterior(score, sqrt(max(0.0, spread) / (both + 1)), n / both)


def shrunken_rate(share: float, n: float, rule: RateRule) -> tuple[float, Posterior]:
    """The Beta posterior of a rate and its score: a share (0-1) of bad events among cases worth `n`, and the rule.

    Returns the posterior mean of the rate (0-1) and the score with its standard deviation in points, which is that
    of the rate on the score's slope.
    """
    both = n + rule.mass
    rate = (n * share + rule.mass * rule.usual) / both
    deviation = sqrt(rate * (1 - rate) / (both + 1))
    return rate, Posterior(rule.score(rate), 100 * deviation / (rule.limit - rule.good), n / both)
