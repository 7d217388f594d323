"""The health of a touchpoint, journey or workspace: its components weighed by importance and evidence (SCORING §4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum, sqrt

from touchpoints.health.decay import Tally
from touchpoints.health.estimate import Estimate, estimate_answers, estimate_rate, exposures_of
from touchpoints.health.figures import Z95
from touchpoints.health.metrics import Metric, Scale
from touchpoints.health.shrink import COMPLAINTS, DROP_OFF, PRIOR_VERSION, RateRule
from touchpoints.health.usual import DEFAULT_PRIORS, Component, Priors


def _usual_weights() -> dict[Component, float]:
    return {
        Component.CSAT: 0.35,
        Component.CES: 0.20,
        Component.NPS: 0.15,
        Component.COMPLAINTS: 0.15,
        Component.COMPLETION: 0.15,
    }


@dataclass(frozen=True)
class HealthModel:
    """A workspace's choices; the defaults are judgement. `version` names them on every stored score.

    `weights`: importance of each component (0 leaves it out). `correlation` (0-1): how far the errors of components
    go together. `ratings_count`: public ratings are pooled with CSAT. `decay`: answers lose weight as they age instead
    of falling out of a window. `complaints` and `drop_off`: how their rates become scores.
    """

    version: str = "health-1"
    weights: Mapping[Component, float] = field(default_factory=_usual_weights)
    correlation: float = 0.5
    ratings_count: bool = False
    decay: bool = False
    complaints: RateRule = COMPLAINTS
    drop_off: RateRule = DROP_OFF

    @property
    def satisfaction(self) -> tuple[Metric, ...]:
        """The metrics that are pooled as CSAT."""
        return (Metric.CSAT, Metric.RATING) if self.ratings_count else (Metric.CSAT,)

    @property
    def asked(self) -> dict[Component, tuple[Metric, ...]]:
        """The metrics of each component that customers are asked about."""
        return {Component.CSAT: self.satisfaction, Component.CES: (Metric.CES,), Component.NPS: (Metric.NPS,)}

    @property
    def rates(self) -> dict[Component, RateRule]:
        """The rule of each component that is a rate of what was counted."""
        return {Component.COMPLAINTS: self.complaints, Component.COMPLETION: self.drop_off}


DEFAULT_MODEL = HealthModel()


@dataclass(frozen=True, kw_only=True)
class Part(Estimate):
    """One component's place in the score: interval `low`-`high` (95 %), importance `weight`, final `share` (sum 1).

    `contribution` = share * score, in points; the contributions sum to the health.
    """

    low: float
    high: float
    weight: float
    share: float
    contribution: float


@dataclass(frozen=True, kw_only=True)
class Health:
    """A health score, 0 (worst) to 100, with standard deviation and 95 % interval, and the parts it is the sum of.

    `evidence`: share of the applicable weight that own data decide, 0-1. `answers`: plain number of what was answered;
    `observations`: of that and of what was counted (contacts, closed visits).
    """

    score: float
    sd: float
    low: float
    high: float
    evidence: float
    answers: int
    observations: int
    parts: tuple[Part, ...]
    model_version: str
    prior_version: str


def score_health(
    tallies: Mapping[Scale, Tally], model: HealthModel = DEFAULT_MODEL, priors: Priors = DEFAULT_PRIORS
) -> Health | None:
    """The health of one subject, for all its customers or one persona, from its tallies, one per scale.

    A component applies when something lies in its window; None where none applies: the state is unknown. Complaints
    apply among contacts, completion among closed visits; expectation and emotion may be among the tallies and change
    nothing. The order of the mapping is of no account, to the last bit. Raises ValueError for counts below zero.
    """
    found = [estimate_answers(component, metrics, tallies, priors) for component, metrics in model.asked.items()]
    exposures = exposures_of(tallies)
    for component, rule in model.rates.items():
        if component in exposures:
            found.append(estimate_rate(component, exposures[component], rule, priors))
    return weigh([estimate for estimate in found if estimate is not None], model, prior_version=priors.version)


def weigh(
    estimates: Sequence[Estimate], model: HealthModel = DEFAULT_MODEL, *, prior_version: str = PRIOR_VERSION
) -> Health | None:
    """Estimates of distinct components as one score; None without any that has a weight.

    share = weight * credibility / their sum; score = sum of share * score; evidence = sum of weight * credibility /
    sum of weights. A component with few answers has little credibility, so its coming and going moves the score
    little. sd^2 = (1 - r) * sum of (share * sd)^2 + r * (sum of share * sd)^2 with the model's correlation r.
    """
    weighed = [(model.weights[estimate.component], estimate) for estimate in estimates]
    weighed = [(weight, estimate) for weight, estimate in weighed if weight > 0]
    if not weighed:
        return None
    full = fsum(weight for weight, _ in weighed)
    own = fsum(weight * estimate.credibility for weight, estimate in weighed)
    parts = tuple(_part(estimate, weight, weight * estimate.credibility / own) for weight, estimate in weighed)
    score = min(100.0, fsum(part.contribution for part in parts))
    apart = fsum((part.share * part.sd) ** 2 for part in parts)
    together = fsum(part.share * part.sd for part in parts) ** 2
    sd = sqrt((1 - model.correlation) * apart + model.correlation * together)
    return Health(
        score=score,
        sd=sd,
        low=max(0.0, score - Z95 * sd),
        high=min(100.0, score + Z95 * sd),
        evidence=own / full,
        answers=sum(part.answers for part in parts if part.rate is None),
        observations=sum(part.answers for part in parts),
        parts=parts,
        model_version=model.version,
        prior_version=prior_version,
    )


def _part(estimate: Estimate, weight: float, share: float) -> Part:
    return Part(
        **vars(estimate),
        low=max(0.0, estimate.score - Z95 * estimate.sd),
        high=min(100.0, estimate.score + Z95 * estimate.sd),
        weight=weight,
        share=share,
        contribution=share * estimate.score,
    )
