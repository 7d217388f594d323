"""Phases and journeys: the mean of what is known, and beside it memory, weakest link and completion (SCORING §5).

Scores (0-100) and steps come in the order of the journey, None where they are unknown; a place counts from 0 in it.
"""

from collections.abc import Hashable, Iterable, Sequence
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


@dataclass(frozen=True)
class Memory:
    """What is likely to be remembered: (peak + end) / 2, 0-100, and the places of the two, which may be the same."""

    score: float
    peak: int
    end: int


def memory(scores: Sequence[float | None]) -> Memory | None:
    """The peak is the score farthest from 50, of several the last; the end is the last that is known [14][15].

    None where nothing is known.
    """
    known = [(place, score) for place, score in enumerate(scores) if score is not None]
    if not known:
        return None
    end, last = known[-1]
    peak, farthest = max(known, key=lambda one: (abs(one[1] - 50), one[0]))
    return Memory((farthest + last) / 2, peak, end)


def weakest_link(scores: Sequence[float | None]) -> int | None:
    """The place of the lowest score, of several the first; None where nothing is known."""
    known = [(score, place) for place, score in enumerate(scores) if score is not None]
    return min(known)[1] if known else None


def one_path(alternatives: Iterable[tuple[Hashable, float]]) -> list[int]:
    """The places along one way through the journey, given (group, reach) of each touchpoint, no group: None.

    Of those of one group that follow each other customers take one: the path has the one that most take, of several
    the first. They share their customers, so that the reaches of the others say who goes another way.
    """
    path: list[int] = []
    before, best = None, 0.0
    for place, (group, reach) in enumerate(alternatives):
        if group is None or group != before:
            path.append(place)
            best = reach
        elif reach > best:
            path[-1], best = place, reach
        before = group
    return path


@dataclass(frozen=True)
class Funnel:
    """What becomes of those who set out on one path: `completion` (0-1) of them pass every step that is known.

    `known` of `steps` steps are. `weakest`: the step at which most of those who set out are lost, by its place in the
    path, of several the first; `lost`: their share of all who set out, 0-1. None where no step is known.
    """

    completion: float | None
    known: int
    steps: int
    weakest: int | None
    lost: float | None


def funnel(steps: Sequence[float | None]) -> Funnel:
    """The serial funnel: the product of the shares (0-1) that complete each step of one path."""
    known = [(place, step) for place, step in enumerate(steps) if step is not None]
    if not known:
        return Funnel(None, 0, len(steps), None, None)
    lost: list[tuple[float, int]] = []
    arriving = 1.0
    for place, step in known:
        lost.append((arriving * (1 - step), -place))
        arriving *= step
    most, place = max(lost)
    return Funnel(arriving, len(known), len(steps), -place, most)
