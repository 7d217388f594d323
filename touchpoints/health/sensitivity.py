"""How much the order of touchpoints hangs on the weights, which are judgement (SCORING §4 [11])."""

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from math import comb, sqrt
from typing import Any, NamedTuple

from touchpoints.health.combine import DEFAULT_MODEL, HealthModel, weigh
from touchpoints.health.estimate import Estimate, Rate
from touchpoints.health.usual import Component

Weights = Mapping[Component, float]
Stored = Iterable[Mapping[str, Any]]  # the parts of a score, by the names of the fields of Part

EQUAL, WITHOUT, DOUBLE = "equal", "without", "double"


class Variation(NamedTuple):
    """Other weights: equal ones, or the usual ones without a component, or with one of them doubled."""

    kind: str
    component: Component | None
    weights: Weights


class Move(NamedTuple):
    """The rank of a touchpoint (by id), 1 for the lowest score, under the usual weights and under others."""

    touchpoint: int
    before: int
    after: int


@dataclass(frozen=True)
class Reordering:
    """What other weights do to the order of touchpoints, of those that have a score under both.

    `moves`: of those that move, the farthest first. `swapped`: how many of so many `pairs` are turned around.
    `spearman`, `kendall` (tau-b): 1 where the order stays, -1 where it is turned around; None where there is no order,
    of a single touchpoint or equal scores. `lost`: who has no score under the other weights.
    """

    moves: tuple[Move, ...]
    swapped: int
    pairs: int
    spearman: float | None
    kendall: float | None
    lost: tuple[int, ...]


def variations(weights: Weights) -> list[Variation]:
    """The other weights that a page shows beside the usual ones: of the components that have a weight."""
    usual = {component: weight for component, weight in weights.items() if weight > 0}
    found = [Variation(EQUAL, None, dict.fromkeys(usual, 1.0))]
    if len(usual) > 1:
        found += [Variation(WITHOUT, one, {other: usual[other] for other in usual if other != one}) for one in usual]
        found += [Variation(DOUBLE, one, usual | {one: 2 * usual[one]}) for one in usual]
    return found


def reweighed(parts: Stored, weights: Weights, model: HealthModel = DEFAULT_MODEL) -> float | None:
    """The score of stored parts under other weights; a component that is not named weighs nothing.

    None where nothing has a weight. Under the weights by which it was stored it is the stored score, bit by bit.
    """
    return _score(_estimates(parts), weights, model)


def sensitivity(stored: Mapping[int, Stored], model: HealthModel = DEFAULT_MODEL) -> list[tuple[Variation, Reordering]]:
    """What each variation of the model's weights does to the order of these touchpoints, by id."""
    estimates = {touchpoint: _estimates(parts) for touchpoint, parts in stored.items()}

    def scores(weights: Weights) -> dict[int, float]:
        found = {touchpoint: _score(of_one, weights, model) for touchpoint, of_one in estimates.items()}
        return {touchpoint: score for touchpoint, score in found.items() if score is not None}

    usual = scores(model.weights)
    return [(variation, reordered(usual, scores(variation.weights))) for variation in variations(model.weights)]


def ranks(scores: Mapping[int, float]) -> dict[int, int]:
    """The rank of each touchpoint (by id), 1 for the lowest score; equal scores share the better one."""
    return dict(zip(scores, _ranks(list(scores.values())), strict=True))


def reordered(before: Mapping[int, float], after: Mapping[int, float]) -> Reordering:
    """How the order of scores differs, touchpoint by touchpoint (by id)."""
    both = [touchpoint for touchpoint in before if touchpoint in after]
    was, now = [before[touchpoint] for touchpoint in both], [after[touchpoint] for touchpoint in both]
    moves = [Move(*move) for move in zip(both, _ranks(was), _ranks(now), strict=True) if move[1] != move[2]]
    swapped = _swapped(was, now)
    return Reordering(
        moves=tuple(sorted(moves, key=lambda move: (-abs(move.after - move.before), move.before, move.touchpoint))),
        swapped=swapped,
        pairs=comb(len(both), 2),
        spearman=_spearman(was, now),
        kendall=_kendall(was, now, swapped),
        lost=tuple(touchpoint for touchpoint in before if touchpoint not in after),
    )


def _estimates(parts: Stored) -> list[Estimate]:
    names = {field.name for field in fields(Estimate)}
    found = []
    for part in parts:
        rate = Rate(**part["rate"]) if part["rate"] else None
        known = {name: value for name, value in part.items() if name in names}
        found.append(Estimate(**known | {"component": Component(part["component"]), "rate": rate}))
    return found


def _score(estimates: Sequence[Estimate], weights: Weights, model: HealthModel) -> float | None:
    every = {component: weights.get(component, 0.0) for component in Component}
    health = weigh(estimates, replace(model, weights=every))
    return health.score if health else None


def _ranks(scores: Sequence[float]) -> list[int]:
    ordered = sorted(scores)
    return [bisect_left(ordered, score) + 1 for score in scores]


def _middle_ranks(scores: Sequence[float]) -> list[int]:
    # Twice the mean rank of those with equal scores, which is whole
    ordered = sorted(scores)
    return [bisect_left(ordered, score) + bisect_right(ordered, score) + 1 for score in scores]


def _spearman(was: Sequence[float], now: Sequence[float]) -> float | None:
    """The correlation of the ranks."""
    mean = len(was) + 1  # of twice the ranks
    one, other = ([rank - mean for rank in _middle_ranks(scores)] for scores in (was, now))
    spreads = sum(rank * rank for rank in one) * sum(rank * rank for rank in other)
    return sum(a * b for a, b in zip(one, other, strict=True)) / sqrt(spreads) if spreads else None


def _swapped(was: Sequence[float], now: Sequence[float]) -> int:
    """How many pairs are in the one order before and in the other after; equal scores are in none."""
    swapped, seen = 0, list[float]()
    for _, score in sorted(zip(was, now, strict=True)):
        swapped += len(seen) - bisect_right(seen, score)
        insort(seen, score)
    return swapped


def _kendall(was: Sequence[float], now: Sequence[float], swapped: int) -> float | None:
    """Kendall's tau-b: pairs that stay less pairs that are swapped, among those that are ordered."""
    pairs = comb(len(was), 2)
    equal_was, equal_now, equal_both = (
        sum(comb(times, 2) for times in Counter(values).values()) for values in (was, now, zip(was, now, strict=True))
    )
    ordered = (pairs - equal_was) * (pairs - equal_now)
    kept = pairs - equal_was - equal_now + equal_both - swapped
    return (kept - swapped) / sqrt(ordered) if ordered else None
