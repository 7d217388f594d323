"""The moments of a journey worth telling in a room: its highs and lows, and its moments of truth."""

from collections.abc import Sequence
from typing import NamedTuple

from journeys.board import Heard, JourneyMap, MapPhase
from journeys.emotion import EmotionLane, Station, emotion_lane

SHOWN = 7  # moments, unless more are moments of truth


class Moment(NamedTuple):
    """One page of the presentation: a station, its phase, and what customers told of it most."""

    station: Station
    phase: MapPhase
    cause: Heard | None


class Presentation(NamedTuple):
    """The moments in the order of the journey, over the whole line."""

    moments: Sequence[Moment]
    line: EmotionLane


def presentation(seen: JourneyMap) -> Presentation:
    """What is presented of a map: its moments of truth, then whatever lies farthest from neutral."""
    line = emotion_lane(seen.phases, 1, quotes=False)
    telling = sorted(line.stations, key=lambda station: -_weight(station))
    count = max(SHOWN, sum(station.touchpoint.moment_of_truth for station in telling))
    chosen = sorted(telling[:count], key=lambda station: station.number)
    phases = {phase.id: phase for phase in seen.phases}
    return Presentation([_moment(station, phases[station.touchpoint.phase]) for station in chosen], line)


def _weight(station: Station) -> float:
    touchpoint = station.touchpoint
    return abs(touchpoint.perceived or 0) + 4 * touchpoint.moment_of_truth


def _moment(station: Station, phase: MapPhase) -> Moment:
    told = [heard for heard in phase.heard if heard.placement == station.touchpoint.placement and heard.kind == "pain"]
    return Moment(station, phase, told[0] if told else None)
