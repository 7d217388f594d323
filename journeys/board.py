"""Reads a whole map, in the same few statements however long the journey is, as the things a person sees on it.

What is shown of a score follows SCORING.md: the number is rounded once, band and colour follow that number, and one
word says how well it is founded. Roll-ups are arithmetic over the scores as stored, so they are never stale.
"""

import functools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from journeys.models import Journey, Phase
from journeys.statements import GLANCE, STANDING, SUFFERED
from touchpoints.borders import borders_of
from touchpoints.health.bands import Band, Borders, Evidence, band_of, shown_number, standing
from touchpoints.health.rollup import placement_weight, priority, roll_up

FIRST = 2  # how many touchpoints "Act here first" names
PAINS = 4  # how many pain points a phase shows
KEPT = 20_000  # touchpoints that a process remembers as it last saw them


class MapTouchpoint(NamedTuple):
    """A touchpoint where it stands on one map: all that its HTML may show, so that equal ones look the same.

    `version` is the placement's. `score` (0-100), `sd` and `answers` are the total over all personas; `number` is the
    whole number shown, None where none is. `weight`: what it counts in the roll-up.
    """

    placement: int
    version: int
    phase: int
    moment_of_truth: bool
    share: int
    assumed_emotion: Decimal | None
    touchpoint: int
    name: str
    importance: int
    target: int
    archived_at: datetime | None
    touchpoint_version: int
    channel: str | None
    icon: str | None
    score: float | None
    sd: float | None
    answers: int | None
    known: bool | None
    number: int | None
    band: Band | None
    evidence: Evidence
    weight: float

    @property
    def counted(self) -> tuple[float, float | None]:
        """Its weight and exact score as the roll-up takes them: what is not shown as a number is not counted."""
        return self.weight, None if self.number is None else self.score


class PainPoint(NamedTuple):
    """What customers suffer at a touchpoint of this map, and how often it was named. `station`: its number there."""

    placement: int
    station: int
    text: str
    mentions: int


@dataclass(slots=True)
class Shown:
    """The health of a phase or journey as shown: whole number and band, None where nothing is known.

    `partial`: less than half of the weight is known. `bands`: how many touchpoints have each band, "unknown" included.
    """

    number: int | None
    band: Band | None
    partial: bool
    bands: dict[str, int]


@dataclass(slots=True)
class MapPhase:
    """A phase with its touchpoints in order, numbered from `start` along the journey, and its worst pain points.

    `drawn` is the touchpoints' HTML, once a view has drawn it.
    """

    id: int
    kind: str
    label: str
    version: int
    touchpoints: list[MapTouchpoint]
    health: Shown
    start: int
    pains: list[PainPoint]
    drawn: str = ""


@dataclass(slots=True)
class JourneyMap:
    """A whole map: phases in order, the journey's health, and what to act on first, each with its number on the map."""

    journey: Journey
    phases: list[MapPhase]
    health: Shown
    first: list[tuple[int, MapTouchpoint]] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many touchpoints stand on the map."""
        return sum(len(phase.touchpoints) for phase in self.phases)

    def place_of(self, placement_id: int) -> tuple[MapPhase, int] | None:
        """The phase and the position (from 1) at which a placement stands now, None when it has been archived."""
        for phase in self.phases:
            for position, touchpoint in enumerate(phase.touchpoints, start=1):
                if touchpoint.placement == placement_id:
                    return phase, position
        return None


class Glance(NamedTuple):
    """What a page knows of a map before it reads it: for whom it is, and a text that changes with what it shows."""

    personas: list[str]
    digest: str


def glance(journey: Journey) -> Glance:
    """Look at a map without reading it: one statement. The journey's own row is not part of the digest."""
    return Glance(*rows(GLANCE, journey=journey.pk)[0])


def read_map(journey: Journey, phases: list[Phase]) -> JourneyMap:
    """The journey's map as it stands, given its phases, in two statements: all that stands in them, and pain points."""
    seen = map_of(journey, phases, rows(STANDING, journey=journey.pk))
    _hear_pains(seen.phases, rows(SUFFERED, journey=journey.pk))
    seen.first = _act_first([touchpoint for phase in seen.phases for touchpoint in phase.touchpoints])
    return seen


def map_of(journey: Journey, phases: Sequence[Phase], standing: Iterable[tuple[Any, ...]]) -> JourneyMap:
    """What is shown of everything that stands in these phases, given as rows of STANDING, and the roll-ups."""
    borders = borders_of(journey.workspace)
    standing_in: dict[int, list[MapTouchpoint]] = {phase.pk: [] for phase in phases}
    for row in standing:
        touchpoint = _seen(row, borders)
        standing_in[touchpoint.phase].append(touchpoint)
    seen: list[MapPhase] = []
    everything: list[MapTouchpoint] = []
    for phase in phases:
        touchpoints = standing_in[phase.pk]
        seen.append(_phase(phase, touchpoints, borders, start=len(everything) + 1))
        everything += touchpoints
    return JourneyMap(journey, seen, _shown(everything, borders))


def rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """What the database answers to one of the statements."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


@functools.lru_cache(maxsize=KEPT)
def _seen(row: tuple[Any, ...], borders: Borders) -> MapTouchpoint:
    """What a row shows. It depends on nothing else, and most rows are as they were when the map was last read."""
    moment_of_truth, share, assumed_emotion, _, _, importance = row[3:9]
    score, sd, answers, known = row[-4:]
    shown = standing(score, sd, answers or 0, known=bool(known), assumed=assumed_emotion is not None)
    weight = placement_weight(importance, moment_of_truth=moment_of_truth, reach=share / 100)
    return MapTouchpoint._make((*row, shown.number, band_of(shown.number, borders), shown.evidence, weight))


def _phase(phase: Phase, touchpoints: list[MapTouchpoint], borders: Borders, *, start: int) -> MapPhase:
    health = _shown(touchpoints, borders)
    return MapPhase(phase.pk, phase.kind, str(phase), phase.version, touchpoints, health, start, [])


def _hear_pains(phases: Iterable[MapPhase], pains: Iterable[tuple[int, str, int]]) -> None:
    places = {
        touchpoint.touchpoint: (phase, touchpoint.placement, station)
        for phase in phases
        for station, touchpoint in enumerate(phase.touchpoints, start=phase.start)
    }
    for touchpoint, text, mentions in pains:
        if touchpoint not in places:  # placed by someone since the statement before
            continue
        phase, placement, station = places[touchpoint]
        if len(phase.pains) < PAINS:
            phase.pains.append(PainPoint(placement, station, text, mentions))


def _shown(touchpoints: Sequence[MapTouchpoint], borders: Borders) -> Shown:
    total = roll_up([touchpoint.counted for touchpoint in touchpoints])
    number = None if total.score is None else shown_number(total.score)
    counts = Counter([touchpoint.band or "unknown" for touchpoint in touchpoints])
    bands = {band: counts[band] for band in (*Band, "unknown")}
    return Shown(number, band_of(number, borders), total.partial and number is not None, bands)


def _act_first(touchpoints: Sequence[MapTouchpoint]) -> list[tuple[int, MapTouchpoint]]:
    known = roll_up(touchpoint.counted for touchpoint in touchpoints).weight
    gains = [
        (gain, station, touchpoint)
        for station, touchpoint in enumerate(touchpoints, start=1)
        if (gain := priority(*touchpoint.counted, touchpoint.target, known))
    ]
    return [(station, touchpoint) for _, station, touchpoint in sorted(gains, key=lambda gain: -gain[0])[:FIRST]]
