"""Journeys below journeys: what a sub-journey says for the touchpoint or phase that opens it.

A touchpoint keeps its own health. Where it has none, the health of the journey that it opens stands for it, once at
least half of that journey's weight is known; docs/health-model.md says why. No touchpoint counts twice: one that stands
on the map above, too, counts there, and is left out of what a sub-journey says for it.
"""

import datetime
from collections.abc import Iterable, Sequence
from math import fsum
from typing import Any, NamedTuple

from journeys.models import Phase
from touchpoints.health.bands import Band, Borders, Evidence, band_of, shown_number, standing
from touchpoints.health.rollup import RollUp, placement_weight, roll_up

KNOWN = (Evidence.MEASURED, Evidence.INDICATIVE)
SURE = 0.5  # of a journey's weight that is measured: what makes its health measured


class Above(NamedTuple):
    """A journey above another one, and what opens the one below: a placement or a phase, by id and name."""

    journey: int
    name: str
    placement: int | None
    phase: int | None
    label: str
    kind: str

    @property
    def via(self) -> str:
        """What the touchpoint or phase is called, in the reader's language where it has no name of its own."""
        return str(Phase(kind=self.kind, label=self.label)) if self.phase else self.label


class StandsFor(NamedTuple):
    """The health (0-100 exact, and as shown) that stands for a touchpoint without one of its own.

    `without`: how many touchpoints of the sub-journey are left out, because they stand above themselves.
    """

    score: float
    number: int
    band: Band | None
    evidence: Evidence
    without: int


class Opened(NamedTuple):
    """The journey that a touchpoint or phase opens, with the health of its own map, and what that stands for.

    `on`: as it stood when that day ended, None: as it stands.
    """

    journey: int
    name: str
    number: int | None
    band: Band | None
    evidence: Evidence
    partial: bool
    stands: StandsFor | None = None
    on: datetime.date | None = None


class Held(NamedTuple):
    """A touchpoint on a sub-journey, as it is weighed: `score` only where one is shown."""

    placement: int
    touchpoint: int
    weight: float
    score: float | None
    evidence: Evidence


class Below(NamedTuple):
    """A sub-journey: the journey above it, the placement or phase that opens it, and what stands on it."""

    journey: int
    name: str
    parent: int
    placement: int | None
    phase: int | None
    held: tuple[Held, ...]


class Tree:
    """The sub-journeys below some journeys, whatever their levels: as they stand, or stood when the day `on` ended."""

    def __init__(self, below: Iterable[Below], borders: Borders, on: datetime.date | None = None) -> None:
        found = list(below)
        self.borders, self.on = borders, on
        self.at_placement = {one.placement: one for one in found if one.placement}
        self.at_phase = {one.phase: one for one in found if one.phase}

    @property
    def named(self) -> str:
        """They and what stands on them, as a page's `data-below` names what else it hears news of."""
        found = [*self.at_placement.values(), *self.at_phase.values()]
        touchpoints = {held.touchpoint for below in found for held in below.held}
        journeys = sorted(f"journey-{below.journey}" for below in found)
        return " ".join([*journeys, *(f"touchpoint-{touchpoint}" for touchpoint in sorted(touchpoints))])

    def opened_at(self, placement: int, above: frozenset[int]) -> Opened | None:
        """What a placement opens. `above`: the touchpoints on its map."""
        below = self.at_placement.get(placement)
        return None if below is None else self._opened(below)._replace(stands=self._stands(below, above))

    def opened_by(self, phase: int) -> Opened | None:
        """What a phase opens. Its health stands beside the phase's, and for nothing."""
        below = self.at_phase.get(phase)
        return None if below is None else self._opened(below)

    def _opened(self, below: Below) -> Opened:
        rolled, evidence = self._rolled(below, frozenset())
        number = None if rolled.score is None else shown_number(rolled.score)
        partial = rolled.partial and number is not None
        band = band_of(number, self.borders)
        return Opened(below.journey, below.name, number, band, evidence, partial, on=self.on)

    def _stands(self, below: Below, above: frozenset[int]) -> StandsFor | None:
        rolled, evidence = self._rolled(below, above)
        if rolled.score is None or rolled.partial:
            return None
        number = shown_number(rolled.score)
        without = sum(one.touchpoint in above for one in below.held)
        return StandsFor(rolled.score, number, band_of(number, self.borders), evidence, without)

    def _rolled(self, below: Below, above: frozenset[int]) -> tuple[RollUp, Evidence]:
        here = above | {one.touchpoint for one in below.held}
        weighed: list[Held] = []
        for one in below.held:
            if one.touchpoint in above:
                continue
            deeper = self.at_placement.get(one.placement) if one.score is None else None
            stands = self._stands(deeper, here) if deeper else None
            weighed.append(one._replace(score=stands.score, evidence=stands.evidence) if stands else one)
        rolled = roll_up((one.weight, one.score) for one in weighed)
        return rolled, evidence_of((one.weight, one.evidence) for one in weighed)


def evidence_of(weighed: Iterable[tuple[float, Evidence]]) -> Evidence:
    """How sure a rolled-up health is, from weight and evidence of all touchpoints.

    Measured, where those that are measured hold at least half of the weight; indicative, where any is known.
    """
    of_all = list(weighed)
    known = [(weight, evidence) for weight, evidence in of_all if evidence in KNOWN and weight]
    if not known:
        return Evidence.UNKNOWN
    measured = fsum(weight for weight, evidence in known if evidence is Evidence.MEASURED)
    return Evidence.MEASURED if measured >= SURE * fsum(weight for weight, _ in of_all) else Evidence.INDICATIVE


def _held(row: Sequence[Any]) -> Held:
    placement, touchpoint, importance, moment_of_truth, share, score, sd, observations, known, assumed = row
    shown = standing(score, sd, observations or 0, known=bool(known), assumed=assumed)
    weight = placement_weight(importance, moment_of_truth=moment_of_truth, reach=share / 100)
    return Held(placement, touchpoint, weight, None if shown.number is None else score, shown.evidence)


def below_of(row: Sequence[Any]) -> Below:
    """A sub-journey as the statements of the tree tell of it."""
    journey, name, parent, placement, phase, held = row
    return Below(journey, name, parent, placement, phase, tuple(map(_held, held)))
