"""Phases and journeys: the weighted mean of the touchpoints that are known, and what is to be gained (SCORING §5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum


@dataclass(frozen=True)
class RollUp:
    """The score of a phase or journey (0-100, None where no touchpoint is known).

    `weight`: of the known touchpoints, the sum behind the mean; by it phases roll up to their journey exactly.
    `coverage`: share (0-1) of the full weight that is known. `partial`: less than half of it is.
    """

    score: float | None
    weight: float
    coverage: float

    @property
    def partial(self) -> bool:
        """Whether less than half of the weight is known, so that the score speaks for a part only."""
        return self.coverage < 0.5


def placement_weight(importance: float, *, moment_of_truth: bool, reach: float, reach_power: float = 0.5) -> float:
    """How much a touchpoint weighs on its journey: importance, twice at a moment of truth, times reach ^ 0.5.

    `importance` >= 0; `reach`: share of the journey's customers who pass, 0-1. The weights are judgement.
    """
    passing: float = reach**reach_power
    return importance * (2 if moment_of_truth else 1) * passing


def roll_up(weighed: Iterable[tuple[float, float | None]]) -> RollUp:
    """(weight, score) of each touchpoint of a phase or journey, score None where unknown, as one score."""
    everything = list(weighed)
    known = [(weight, score) for weight, score in everything if score is not None]
    full, weight = fsum(weight for weight, _ in everything), fsum(weight for weight, _ in known)
    if not weight:
        return RollUp(None, 0.0, 0.0)
    return RollUp(fsum(weight * score for weight, score in known) / weight, weight, weight / full)


def priority(weight: float, score: float | None, target: float, journey_weight: float) -> float | None:
    """Points the journey would gain if this touchpoint met its target (0-100); None where its score is unknown.

    `journey_weight`: the weight of the journey's known touchpoints, `RollUp.weight`. One formula on every screen.
    """
    return None if score is None else weight * max(0.0, target - score) / journey_weight
