"""How each component of a touchpoint changed from one time to another, in points of health: without a database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import NamedTuple

from touchpoints.health.changes import FEWEST_COMPARED
from touchpoints.health.combine import HealthModel
from touchpoints.health.decay import Tally
from touchpoints.health.estimate import Exposure, estimate_answers, estimate_rate, exposures_of, pool_answers
from touchpoints.health.figures import FEWEST_SHOWN
from touchpoints.health.metrics import Metric, Scale
from touchpoints.health.shrink import RateRule, shrunken
from touchpoints.health.usual import DEFAULT_PRIORS, Component, Priors


@dataclass(frozen=True)
class Watched:
    """A touchpoint, with what was said of it before and since, in equally long times, and what is usual there."""

    touchpoint: int
    before: Mapping[Scale, Tally]
    since: Mapping[Scale, Tally]
    priors: Priors


class Cell(NamedTuple):
    """One component at one touchpoint in one time: points (0-100), the square of their standard error, and answers."""

    points: float
    variance: float
    answers: int


@dataclass(frozen=True)
class Moved:
    """How one component of one touchpoint changed. `before`: drawn towards the usual; `asked`: the same as answered."""

    touchpoint: int
    asked: Cell
    before: Cell
    since: Cell

    @property
    def change(self) -> float:
        """In points."""
        return self.since.points - self.before.points

    @property
    def variance(self) -> float:
        """Of the change, by which answers alone let it differ."""
        return self.since.variance + self.before.variance


def points_of(tallies: Mapping[Scale, Tally], shares: Mapping[Component, float], model: HealthModel) -> float | None:
    """Points as answered, of components with these shares of the effect; None with fewer than 5 answers to any."""
    watched = Watched(0, tallies, {}, DEFAULT_PRIORS)
    asked = {component: _answered(component, metrics, tallies, watched) for component, metrics in model.asked.items()}
    asked |= {one: _counted(exposure, model.rates[one]) for one, exposure in exposures_of(tallies).items()}
    known = [
        (shares[component], cell.points)
        for component, cell in asked.items()
        if cell and component in shares and cell.answers >= FEWEST_SHOWN
    ]
    return fsum(share * points for share, points in known) / fsum(share for share, _ in known) if known else None


def moved(watched: Watched, model: HealthModel, *, drawn: bool) -> dict[Component, Moved]:
    """How each component changed that has a weight and 30 answers before and since."""
    found: dict[Component, Moved] = {}
    for component, metrics in model.asked.items():
        asked, since = (_answered(component, metrics, side, watched) for side in (watched.before, watched.since))
        if asked and since and min(asked.answers, since.answers) >= FEWEST_COMPARED:
            estimate = estimate_answers(component, metrics, watched.before, watched.priors)
            before = Cell(estimate.score, estimate.sd**2, asked.answers) if drawn and estimate else asked
            found[component] = Moved(watched.touchpoint, asked, before, since)
    exposures = [exposures_of(side) for side in (watched.before, watched.since)]
    for component, rule in model.rates.items():
        was, now = (side.get(component) for side in exposures)
        if was and now and min(was.plain_cases, now.plain_cases) >= FEWEST_COMPARED:
            asked, since = _counted(was, rule), _counted(now, rule)
            estimate = estimate_rate(component, was, rule, watched.priors)
            before = Cell(estimate.score, estimate.sd**2, asked.answers) if drawn and estimate else asked
            found[component] = Moved(watched.touchpoint, asked, before, since)
    return {component: one for component, one in found.items() if model.weights[component] > 0}


def _answered(
    component: Component, metrics: Sequence[Metric], tallies: Mapping[Scale, Tally], watched: Watched
) -> Cell | None:
    """As answered. Where all answers are equal, their spread is what is usual's with them."""
    pool = pool_answers(component, metrics, tallies, watched.priors)
    if pool is None:
        return None
    n = sum(tally.answers for _, tally in pool.series)
    spread = pool.square - pool.mean * pool.mean
    if n < 2 or spread <= 0:
        return Cell(pool.mean, shrunken(pool.mean, pool.square, pool.n_eff, pool.prior).sd ** 2, n)
    return Cell(pool.mean, spread / (n - 1), n)


def _counted(exposure: Exposure, rule: RateRule) -> Cell:
    """A rate's score, as counted; its spread as if one bad and one good case had been added (never none)."""
    n = exposure.plain_cases
    share = min(1.0, exposure.bad / exposure.cases) if exposure.cases else 0.0
    smooth = (share * n + 1) / (n + 2)
    slope = 100 / (rule.limit - rule.good)
    return Cell(rule.score(share), slope * slope * smooth * (1 - smooth) / max(1, n), n)
