"""On what a score rests: a rule, what was usual that day, and among whom.

All of it has a name and never changes, so a process reads it once.
"""

from functools import lru_cache
from typing import NamedTuple

from touchpoints.health.combine import DEFAULT_MODEL, HealthModel
from touchpoints.health.shrink import COMPLAINTS, DROP_OFF, PRIOR_VERSION, RateRule
from touchpoints.health.usual import DEFAULT_PRIORS, Component, Learned, Priors, Usual
from touchpoints.models import FittedPrior, HealthRule

KEPT = 4096


class Grounds(NamedTuple):
    """The names that are stored with a score. `peer_group`: the phase whose touchpoints are its peers."""

    model_version: str
    prior_version: str
    peer_group: str

    @property
    def fit(self) -> int | None:
        """The id of the fit; None where usual means are the defaults."""
        return None if self.prior_version == PRIOR_VERSION else int(self.prior_version.removeprefix("fit-"))

    @property
    def rule(self) -> int:
        """The number of the workspace's rule; 0 is the default."""
        return number_of(self.model_version)


DEFAULT_GROUNDS = Grounds(DEFAULT_MODEL.version, PRIOR_VERSION, "")


def model_version(number: int | None) -> str:
    """The name of a workspace's rule by its number; the default's without one."""
    return f"{DEFAULT_MODEL.version}.{number}" if number else DEFAULT_MODEL.version


def number_of(version: str) -> int:
    """The number of the rule of that name; 0 of the default."""
    return 0 if version == DEFAULT_MODEL.version else int(version.removeprefix(f"{DEFAULT_MODEL.version}."))


def prior_version(fit: int | None) -> str:
    """The name of a fit by its id; that of the defaults without one."""
    return f"fit-{fit}" if fit else PRIOR_VERSION


@lru_cache(maxsize=KEPT)
def model_named(workspace: int, version: str) -> HealthModel:
    """The rule of that name in a workspace (by id). Raises HealthRule.DoesNotExist for a name that was never given."""
    number = number_of(version)
    return model_of(HealthRule.objects.get(workspace=workspace, number=number)) if number else DEFAULT_MODEL


def newest_model(workspace: int) -> HealthModel:
    """The rule that a workspace (by id) has set last; the default without one."""
    rules = HealthRule.objects.filter(workspace=workspace).order_by("-number")
    return model_named(workspace, model_version(rules.values_list("number", flat=True).first()))


def model_of(rule: HealthRule) -> HealthModel:
    """A rule as the arithmetic takes it."""
    return HealthModel(
        version=model_version(rule.number),
        weights={component: getattr(rule, component.value) / 100 for component in Component},
        ratings_count=rule.ratings_count,
        decay=rule.decay,
        complaints=RateRule(rule.complaints_good, rule.complaints_limit, COMPLAINTS.usual, COMPLAINTS.mass),
        drop_off=RateRule(rule.drop_off_good, rule.drop_off_limit, DROP_OFF.usual, DROP_OFF.mass),
    )


def priors_named(version: str, peer_group: str) -> Priors:
    """What is usual for a touchpoint of that phase (empty: of none) by the fit of that name."""
    return DEFAULT_PRIORS if version == PRIOR_VERSION else _fitted(version, peer_group)


@lru_cache(maxsize=KEPT)
def _fitted(version: str, peer_group: str) -> Priors:
    fitted = FittedPrior.objects.filter(fit=int(version.removeprefix("fit-")), peer_group__in={"", peer_group})
    usual: dict[Component, Usual] = {}
    for prior in fitted.order_by("peer_group"):  # of the phase last: it counts where there is one
        shares = {key: tuple(values) for key, values in prior.shares.items()}
        source = Learned.PHASE if prior.peer_group else Learned.WORKSPACE
        usual[Component(prior.component)] = Usual(source, prior.mass, prior.mean, shares)
    return Priors(version, usual)
