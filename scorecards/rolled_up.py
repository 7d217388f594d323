"""Why a journey's score is what it is: what each touchpoint weighs and brings, phase by phase."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from journeys.board import JourneyMap, MapPhase
from journeys.placed import MapTouchpoint
from scorecards.scorecard import PLACES
from touchpoints.health.bands import rounded, shown_parts
from touchpoints.health.rollup import RollUp, roll_up


@dataclass(frozen=True)
class Carried:
    """A touchpoint by its number on the map: its `share` (0-1) of the weight that is known, and its `points`.

    `points` add up, as shown, to the journey's score. `gain`: points of the journey if it met its target. All of them
    None where its health is unknown.
    """

    station: int
    touchpoint: MapTouchpoint
    share: float | None
    points: Decimal | None
    gain: float | None


@dataclass(frozen=True)
class PhaseCarried:
    """A phase with its touchpoints, its own score, and its share (0-1) of the journey's known weight."""

    phase: MapPhase
    rolled: RollUp
    share: float
    touchpoints: Sequence[Carried]

    @property
    def points(self) -> Decimal:
        """What it brings to the journey's score, as shown."""
        return sum((one.points for one in self.touchpoints if one.points is not None), Decimal())


@dataclass(frozen=True)
class JourneyExplained:
    """A journey's score with all that made it. `known`: how many of its touchpoints have a health."""

    map: JourneyMap
    rolled: RollUp
    phases: Sequence[PhaseCarried]
    known: int

    @property
    def total(self) -> Decimal | None:
        """The score to one decimal, which is the sum of the points."""
        return None if self.rolled.score is None else rounded(self.rolled.score, PLACES)


def roll_up_explained(seen: JourneyMap) -> JourneyExplained:
    """What made the score of this map, from the same figures of which the map makes it."""
    everything = [touchpoint for phase in seen.phases for touchpoint in phase.touchpoints]
    rolled = roll_up(one.counted for one in everything)
    known = {one.placement: one.counted for one in everything if one.weight and one.counted[1] is not None}
    shares = {placement: weight / rolled.weight for placement, (weight, _score) in known.items()}
    brought = shown_parts([shares[one] * (score or 0.0) for one, (_weight, score) in known.items()], places=PLACES)
    points = dict(zip(known, brought, strict=True))
    phases = [_phase(phase, rolled, shares, points, seen.rolled.gains) for phase in seen.phases]
    return JourneyExplained(seen, rolled, phases, len(known))


def _phase(
    phase: MapPhase,
    whole: RollUp,
    shares: Mapping[int, float],
    points: Mapping[int, Decimal],
    gains: Mapping[int, float | None],
) -> PhaseCarried:
    rolled = roll_up(one.counted for one in phase.touchpoints)
    carried = [
        Carried(station, one, shares.get(one.placement), points.get(one.placement), gains[one.placement])
        for station, one in enumerate(phase.touchpoints, start=phase.start)
    ]
    return PhaseCarried(phase, rolled, rolled.weight / whole.weight if whole.weight else 0.0, carried)
