"""The quality gate: which moments of truth are below their targets by more than chance explains."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from journeys.board import JourneyMap
from journeys.models import Journey, Standing
from journeys.overview import maps_of
from journeys.placed import MapTouchpoint
from touchpoints.health.bands import interval, shown_number
from touchpoints.health.gate import Judgement, judge
from workspaces.models import Workspace


@dataclass(frozen=True)
class Moment:
    """A moment of truth by its number on a map, with its 95 % interval as shown, None while its health is unknown."""

    journey: Journey
    station: int
    at: MapTouchpoint
    low: int | None
    high: int | None
    judgement: Judgement


@dataclass(frozen=True)
class Gate:
    """All moments of truth that were looked at: those that fail first, then as they stand on their maps."""

    moments: Sequence[Moment]

    @property
    def failed(self) -> list[Moment]:
        """Those below their targets for sure."""
        return [one for one in self.moments if one.judgement is Judgement.BELOW]

    @property
    def passed(self) -> bool:
        """Whether none is."""
        return not self.failed

    @property
    def counts(self) -> dict[Judgement, int]:
        """How many there are of each judgement."""
        counted = Counter(one.judgement for one in self.moments)
        return {judgement: counted[judgement] for judgement in Judgement}


def gate_of(workspace: Workspace, journey: Journey | None = None) -> Gate:
    """The gate of one journey, or of all that show today: three statements, however many touchpoints there are."""
    found = Journey.objects.of(workspace).kept().by_name().prefetch_related("phases")
    found = found.filter(pk=journey.pk) if journey else found.filter(standing=Standing.AS_IS)
    return gate_on(maps_of(workspace, list(found)).values())


def gate_on(maps: Iterable[JourneyMap]) -> Gate:
    """The gate of these maps. What is archived, or no customer passes, takes no part."""
    moments = [
        _moment(seen.journey, station, one)
        for seen in maps
        for phase in seen.phases
        for station, one in enumerate(phase.touchpoints, start=phase.start)
        if one.moment_of_truth and one.share and one.archived_at is None
    ]
    return Gate(sorted(moments, key=lambda one: one.judgement is not Judgement.BELOW))


def told(gate: Gate) -> dict[str, Any]:
    """The gate as programs read it."""
    return {
        "passed": gate.passed,
        "checked": len(gate.moments),
        "failed": len(gate.failed),
        "results": [
            {
                "journey": one.journey.pk,
                "journey_name": one.journey.name,
                "station": one.station,
                "touchpoint": one.at.touchpoint,
                "name": one.at.name,
                "score": one.at.number,
                "low": one.low,
                "high": one.high,
                "target": one.at.target,
                "answers": one.at.answers or 0,
                "state": one.at.evidence.value,
                "verdict": one.judgement.value,
            }
            for one in gate.moments
        ],
    }


def _moment(journey: Journey, station: int, one: MapTouchpoint) -> Moment:
    low = high = None
    if one.number is not None and one.score is not None and one.sd is not None:
        low, high = (shown_number(end) for end in interval(one.score, one.sd))
    return Moment(journey, station, one, low, high, judge(one.number, high, one.target, one.evidence))
