"""What an outcome goes together with: how much of its differences each of several drivers explains (SCORING §7).

Of respondents who answered everything. It says what is associated, never what causes what.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import factorial, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from touchpoints.health.figures import Z95

Array = NDArray[np.float64]

FEWEST_DRIVERS = 2
ROWS_BESIDE = 104  # respondents needed beside one for each driver
ALIKE = 0.9  # drivers that correlate more than this are told as one
INFLATED = 5.0  # variance inflation from which on a driver can hardly be told from the others
FEW_ENOUGH = 10  # drivers up to which the average over all orders is computed, too
DRAWS, SEED = 500, 7  # of the bootstrap: the same answers always give the same interval
AT_ONCE = 50  # draws of which the counts are held in memory
NOTHING = 1e-10  # a variance or eigenvalue below this, of standardised answers, is rounding


class Reason(StrEnum):
    """Why no drivers are told."""

    FEW_DRIVERS = "few drivers"
    FEW_ROWS = "few rows"
    CONSTANT = "constant outcome"


@dataclass(frozen=True)
class Refusal:
    """No drivers: of `n` respondents with answers to everything, about `k` drivers."""

    reason: Reason
    n: int
    k: int

    @property
    def needed(self) -> int:
        """So many respondents are needed for so many drivers, at least two."""
        return ROWS_BESIDE + max(FEWEST_DRIVERS, self.k)


class Ranged(NamedTuple):
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float

    def clears(self, line: float) -> bool:
        """Whether the interval lies on one side of a line."""
        return self.low > line or self.high < line


class Quadrant(StrEnum):
    """Where a driver surely stands among the others: by importance, then by performance."""

    ACT = "act"  # more important than the mean driver, and worse
    KEEP = "keep"  # more important, and better
    LATER = "later"  # less important, and worse
    ENOUGH = "enough"  # less important, and better


@dataclass(frozen=True)
class Driver:
    """A driver, or several that are alike, by their `columns`.

    `weight`: Johnson's, its part of R²; `share`: of R², 0-1. `lmg`: its part of R² averaged over all orders in which
    drivers could join, None for more than 10 drivers. `r`: correlation with the outcome. `beta`: standardised
    coefficient. `vif`: variance inflation, infinite where the others say all of it. `performance`: mean answer in the
    unit of the answers, 95 % interval from its standard error.
    """

    columns: tuple[int, ...]
    weight: Ranged
    share: Ranged
    lmg: float | None
    r: float
    beta: float
    vif: float
    performance: Ranged

    @property
    def inflated(self) -> bool:
        """Whether it can hardly be told from the others."""
        return self.vif > INFLATED

    @property
    def turned(self) -> bool:
        """Whether beside the others it points the other way than alone."""
        return self.beta * self.r < 0


@dataclass(frozen=True)
class Drivers:
    """Most important first, with `r_squared` (0-1) of the outcome's variance that all explain, of `n` respondents.

    `constant`: columns in which everybody answered the same, and which therefore explain nothing.
    """

    n: int
    r_squared: Ranged
    drivers: tuple[Driver, ...]
    constant: tuple[int, ...]

    @property
    def importance(self) -> float:
        """The share of the mean driver, where importance is divided into more and less."""
        return 1 / len(self.drivers)

    @property
    def performance(self) -> float:
        """The performance of the mean driver."""
        return sum(driver.performance.value for driver in self.drivers) / len(self.drivers)

    def quadrant(self, driver: Driver) -> Quadrant | None:
        """Where it stands, if both of its intervals leave out the means; else nothing is claimed."""
        if not (driver.share.clears(self.importance) and driver.performance.clears(self.performance)):
            return None
        if driver.share.value > self.importance:
            return Quadrant.ACT if driver.performance.value < self.performance else Quadrant.KEEP
        return Quadrant.LATER if driver.performance.value < self.performance else Quadrant.ENOUGH


def key_drivers(answers: Array, outcome: Array, *, draws: int = DRAWS) -> Drivers | Refusal:
    """The drivers of an outcome, or why none are told.

    `answers`: a row a respondent, a column a driver, none missing; `outcome`: a number a respondent. Refused below two
    drivers and below 104 respondents plus one a driver (recalled rule). Columns that never vary are left out, and such
    as correlate by more than .9 are averaged into one, the closest pair first.
    """
    n, k = answers.shape
    if k < FEWEST_DRIVERS:
        return Refusal(Reason.FEW_DRIVERS, n, k)
    if n < ROWS_BESIDE + k:
        return Refusal(Reason.FEW_ROWS, n, k)
    if np.ptp(outcome) == 0:
        return Refusal(Reason.CONSTANT, n, k)
    varied = np.ptp(answers, axis=0) > 0
    groups = _alike(answers, [int(column) for column in np.flatnonzero(varied)])
    if len(groups) < FEWEST_DRIVERS:
        return Refusal(Reason.FEW_DRIVERS, n, len(groups))
    table = np.column_stack([*(_together(answers, group) for group in groups), _standard(outcome)])
    constant = tuple(int(column) for column in np.flatnonzero(~varied))
    return _told(answers, table, groups, constant, draws)


def johnson_weights(correlations: Array, with_outcome: Array) -> Array:
    """Each driver's part of R²: Λ = R^½, β = Λ⁻¹ r_y, weights Λ² β² (squares of the elements) [20].

    `correlations`: k × k among the drivers; `with_outcome`: k. Both may be stacks of many, of equal length.
    """
    values, vectors = np.linalg.eigh(correlations)
    known = values > NOTHING
    roots = np.sqrt(np.where(known, values, 0.0))
    turned = np.swapaxes(vectors, -1, -2)
    half = (vectors * roots[..., None, :]) @ turned
    back = (vectors * np.where(known, 1 / np.where(known, roots, 1.0), 0.0)[..., None, :]) @ turned
    beta = back @ with_outcome[..., None]
    weights: Array = (half**2 @ beta**2)[..., 0]
    return weights


def lmg_weights(correlations: Array, with_outcome: Array) -> Array:
    """Each driver's part of R², averaged over all orders in which the drivers could join: their Shapley values [21].

    Cost doubles with each driver.
    """
    k = len(with_outcome)
    explained = np.zeros(2**k)
    for size in range(1, k + 1):
        chosen = np.array(list(combinations(range(k), size)))
        within = correlations[chosen[:, :, None], chosen[:, None, :]]
        to_outcome = with_outcome[chosen][..., None]
        r_squared = np.swapaxes(to_outcome, 1, 2) @ np.linalg.pinv(within, NOTHING, hermitian=True) @ to_outcome
        explained[(1 << chosen).sum(axis=1)] = r_squared[:, 0, 0]
    sets = np.arange(2**k)
    sizes = ((sets[:, None] >> np.arange(k)) & 1).sum(axis=1)
    orders = np.array([factorial(size) * factorial(k - size - 1) / factorial(k) for size in range(k)])
    weights = np.zeros(k)
    for place in range(k):
        without = sets[(sets >> place) & 1 == 0]
        weights[place] = orders[sizes[without]] @ (explained[without | 1 << place] - explained[without])
    return weights


def _told(
    answers: Array, table: Array, groups: Sequence[tuple[int, ...]], constant: tuple[int, ...], draws: int
) -> Drivers:
    correlations = _correlations(_products(table).mean(axis=0)[None], len(groups) + 1)[0]
    among, with_outcome = correlations[:-1, :-1], correlations[:-1, -1]
    weights, drawn = johnson_weights(among, with_outcome), _drawn(table, draws)
    inverse = np.linalg.pinv(among, NOTHING, hermitian=True)
    full = bool(np.linalg.eigvalsh(among)[0] > NOTHING)
    lmg = lmg_weights(among, with_outcome) if len(groups) <= FEW_ENOUGH else None
    totals = drawn.sum(axis=1, keepdims=True)
    shares, total = drawn / np.where(totals > 0, totals, 1.0), float(weights.sum())
    told = [
        Driver(
            columns=group,
            weight=_ranged(float(weights[place]), drawn[:, place]),
            share=_ranged(float(weights[place]) / total if total else 0.0, shares[:, place]),
            lmg=None if lmg is None else float(lmg[place]),
            r=float(with_outcome[place]),
            beta=float((inverse @ with_outcome)[place]),
            vif=float(inverse[place, place]) if full else float("inf"),
            performance=_mean(answers[:, group].mean(axis=1)),
        )
        for place, group in enumerate(groups)
    ]
    told.sort(key=lambda driver: -driver.weight.value)
    return Drivers(len(table), _ranged(total, totals[:, 0]), tuple(told), constant)


def _alike(answers: Array, columns: Sequence[int]) -> list[tuple[int, ...]]:
    # The closest pair is joined until no two are too close
    groups: list[tuple[int, ...]] = [(column,) for column in columns]
    while len(groups) > 1:
        standing = np.column_stack([_together(answers, group) for group in groups])
        closeness = np.triu(np.abs(standing.T @ standing) / len(standing), 1)
        one, other = np.unravel_index(int(closeness.argmax()), closeness.shape)
        if closeness[one, other] <= ALIKE:
            break
        groups[one] = tuple(sorted(groups[one] + groups.pop(int(other))))
    return groups


def _together(answers: Array, group: Sequence[int]) -> Array:
    # One standardised column; what runs the other way than the first is turned around
    columns = [_standard(answers[:, column]) for column in group]
    return _standard(np.sum([column * (1.0 if column @ columns[0] >= 0 else -1.0) for column in columns], axis=0))


def _standard(column: Array) -> Array:
    standard: Array = (column - column.mean()) / column.std()
    return standard


def _products(table: Array) -> Array:
    # By row: each column, then the products of each pair. Their means are all that correlations need.
    rows, columns = np.triu_indices(table.shape[1])
    return np.column_stack([table, table[:, rows] * table[:, columns]])


def _correlations(means: Array, width: int) -> Array:
    # Of stacked means of _products. A column that does not vary goes together with nothing.
    rows, columns = np.triu_indices(width)
    first, second = means[:, :width], means[:, width:]
    covariance = np.zeros((len(means), width, width))
    covariance[:, rows, columns] = second - first[:, rows] * first[:, columns]
    covariance[:, columns, rows] = covariance[:, rows, columns]
    variance = np.diagonal(covariance, axis1=1, axis2=2)
    scale = np.where(variance > NOTHING, 1 / np.sqrt(np.where(variance > NOTHING, variance, 1.0)), 0.0)
    correlations = covariance * scale[:, :, None] * scale[:, None, :]
    correlations[:, range(width), range(width)] = 1.0
    return correlations


def _drawn(table: Array, draws: int) -> Array:
    # Weights by draw: respondents are drawn with putting back, as many as there are
    chance, products, n = np.random.default_rng(SEED), _products(table), len(table)
    found = []
    for start in range(0, draws, AT_ONCE):
        picked = chance.integers(n, size=(min(AT_ONCE, draws - start), n))
        counts = np.stack([np.bincount(draw, minlength=n) for draw in picked]).astype(float)
        correlations = _correlations(counts @ products / n, table.shape[1])
        found.append(johnson_weights(correlations[:, :-1, :-1], correlations[:, :-1, -1]))
    return np.concatenate(found)


def _ranged(value: float, drawn: Array) -> Ranged:
    # The middle 95 % of the draws, as far as to the value itself
    low, high = (float(end) for end in np.quantile(drawn, [0.025, 0.975]))
    return Ranged(value, min(low, value), max(high, value))


def _mean(column: Array) -> Ranged:
    mean, margin = float(column.mean()), Z95 * float(column.std(ddof=1)) / sqrt(len(column))
    return Ranged(mean, mean - margin, mean + margin)
