"""What is usual for each component of a touchpoint: learned from its peers, else from judgement (SCORING §2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

from touchpoints.health.metrics import Scale
from touchpoints.health.shrink import PRIOR_VERSION, Prior, RateRule, default_prior, prior_of, tilted


class Component(StrEnum):
    """What a health score is made of."""

    CSAT = "csat"
    CES = "ces"
    NPS = "nps"
    COMPLAINTS = "complaints"
    COMPLETION = "completion"


class Learned(StrEnum):
    """From whom it was learned what is usual."""

    PHASE = "phase"
    WORKSPACE = "workspace"
    DEFAULT = "default"


@dataclass(frozen=True)
class Usual:
    """What is usual for a component among `source`: a mean that counts as much as `mass` answers.

    `mean`: a utility (0-100), of a rate the share of bad events (0-1). `shares`: by a scale's key, those of its values.
    """

    source: Learned
    mass: float
    mean: float
    shares: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Priors:
    """What is usual for the components of one touchpoint, by the name of the fit it comes from.

    A component that is not in `usual` has the default.
    """

    version: str = PRIOR_VERSION
    usual: Mapping[Component, Usual] = field(default_factory=dict)

    def of(self, component: Component, scale: Scale) -> Prior:
        """The prior of answers on a scale. Where no peer was asked on it, shares with the mean of those who were."""
        usual = self.usual.get(component)
        if usual is None:
            return default_prior(scale)
        return _learned(scale, usual.shares.get(scale.key, ()), usual.mass, usual.mean)

    def rate(self, component: Component, rule: RateRule) -> RateRule:
        """The rule of a rate with the usual rate and its mass."""
        usual = self.usual.get(component)
        return rule if usual is None else replace(rule, usual=usual.mean, mass=usual.mass)

    def source(self, component: Component) -> Learned:
        """From whom it is learned."""
        usual = self.usual.get(component)
        return usual.source if usual else Learned.DEFAULT


DEFAULT_PRIORS = Priors()


@lru_cache(maxsize=4096)
def _learned(scale: Scale, shares: tuple[float, ...], mass: float, mean: float) -> Prior:
    return prior_of(scale, shares or tilted(scale, mean), mass)
