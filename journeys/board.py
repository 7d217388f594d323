"""Reads a whole map, in the same few statements however long the journey is, as the things a person sees on it.

Roll-ups are arithmetic over the scores as stored, so they are never stale.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from journeys.models import OWN, Journey, LaneKind, Phase
from journeys.placed import MapTouchpoint, seen_as
from journeys.statements import GLANCE, LANES, STANDING, SUFFERED
from touchpoints.borders import borders_of
from touchpoints.health.bands import Band, Borders, band_of, shown_number
from touchpoints.health.rollup import priority, roll_up

FIRST = 2  # how many touchpoints "Act here first" names


class Heard(NamedTuple):
    """A pain point or wish of customers at a touchpoint of this map, its number there and how often it was named."""

    placement: int
    station: int
    kind: str
    text: str
    mentions: int


class Need(NamedTuple):
    """A need of one of the journey's personas that a touchpoint is there for, in her words, and how well it is met."""

    persona: int
    name: str
    need: str
    how_well: str


class MapLane(NamedTuple):
    """A lane of the map, shown or hidden. `told`: what a team's own lane tells of placements, by their ids."""

    id: int
    kind: LaneKind
    name: str
    shown: bool
    told: dict[int, str | Decimal]

    @property
    def label(self) -> str:
        """What it is called, in the reader's language unless the team gave it its name."""
        return self.name or str(self.kind.label)

    @property
    def is_own(self) -> bool:
        """Whether the team has added it."""
        return self.kind in OWN


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
    """A phase with its touchpoints in order, numbered from `start` along the journey, and what customers told of them.

    `heard`: most named first. `drawn` is the touchpoints' HTML and `lanes` the lanes with theirs, once a view has drawn
    them. `out`: placements that a view leaves out, because they are not wanted or lie beyond its window.
    """

    id: int
    kind: str
    label: str
    version: int
    touchpoints: list[MapTouchpoint]
    health: Shown
    start: int
    heard: list[Heard]
    drawn: str = ""
    lanes: list[Any] = field(default_factory=list)
    out: frozenset[int] = frozenset()

    @property
    def stations(self) -> list[tuple[int, MapTouchpoint]]:
        """The touchpoints that are not out, each with its number along the journey."""
        numbered = enumerate(self.touchpoints, start=self.start)
        return [(number, one) for number, one in numbered if one.placement not in self.out]


@dataclass(slots=True)
class JourneyMap:
    """A whole map: phases in order, the journey's health, and what to act on first, each with its number on the map.

    `lanes`: from above, hidden ones too. `needs`: by placement, those that it is there for.
    """

    journey: Journey
    phases: list[MapPhase]
    health: Shown
    first: list[tuple[int, MapTouchpoint]] = field(default_factory=list)
    lanes: list[MapLane] = field(default_factory=list)
    needs: dict[int, tuple[Need, ...]] = field(default_factory=dict)

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
    """What a page knows of a map before it reads it, and a text that changes with what it shows.

    `personas`: ids and names. `views`: the workspace's saved ones, each with id, name and the end of an address.
    """

    personas: list[tuple[int, str]]
    views: list[tuple[int, str, str]]
    digest: str

    @property
    def names(self) -> list[str]:
        """Those of the personas."""
        return [name for _persona, name in self.personas]


def glance(journey: Journey, *, persona: int | None = None) -> Glance:
    """Look at a map without reading it: one statement. The journey's own row is not part of the digest."""
    asked = {"journey": journey.pk, "workspace": journey.workspace_id, "persona": persona}
    personas, views, digest = rows(GLANCE[persona is not None], **asked)[0]
    return Glance([tuple(one) for one in personas], [tuple(one) for one in views], digest)


def read_map(journey: Journey, phases: list[Phase], *, persona: int | None = None) -> JourneyMap:
    """The journey's map as it stands, given its phases: what stands, what was heard, lanes and needs: three statements.

    With a `persona` the health is theirs.
    """
    borders = borders_of(journey.workspace)
    found = rows(STANDING[persona is not None], journey=journey.pk, persona=persona)
    standing = [seen_as(row, borders) for row in found]
    seen = map_of(journey, phases, standing)
    _hear(seen.phases, rows(SUFFERED, journey=journey.pk))
    seen.first = _act_first([touchpoint for phase in seen.phases for touchpoint in phase.touchpoints])
    seen.lanes, seen.needs = read_lanes(journey)
    return seen


def read_lanes(journey: Journey) -> tuple[list[MapLane], dict[int, tuple[Need, ...]]]:
    """The journey's lanes, and by placement the needs that it is there for: one statement."""
    lanes, met = rows(LANES, journey=journey.pk)[0]
    needs: dict[int, tuple[Need, ...]] = {}
    for placement, *need in met:
        needs[placement] = (*needs.get(placement, ()), Need(*need))
    return [_lane(*lane) for lane in lanes], needs


def map_of(journey: Journey, phases: Sequence[Phase], standing: Iterable[MapTouchpoint]) -> JourneyMap:
    """The map of everything that stands in these phases, each in its order, with the roll-ups."""
    borders = borders_of(journey.workspace)
    standing_in: dict[int, list[MapTouchpoint]] = {phase.pk: [] for phase in phases}
    for touchpoint in standing:
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


def _phase(phase: Phase, touchpoints: list[MapTouchpoint], borders: Borders, *, start: int) -> MapPhase:
    health = _shown(touchpoints, borders)
    return MapPhase(phase.pk, phase.kind, str(phase), phase.version, touchpoints, health, start, [])


def _lane(lane: int, kind: str, name: str, shown: bool, told: dict[str, str]) -> MapLane:
    read = Decimal if kind == LaneKind.NUMBER else str
    return MapLane(lane, LaneKind(kind), name, shown, {int(one): read(text) for one, text in told.items()})


def _hear(phases: Iterable[MapPhase], told: Iterable[tuple[int, str, str, int]]) -> None:
    places = {
        touchpoint.touchpoint: (phase, touchpoint.placement, station)
        for phase in phases
        for station, touchpoint in enumerate(phase.touchpoints, start=phase.start)
    }
    for touchpoint, kind, text, mentions in told:
        if touchpoint in places:  # else placed by someone since the statement before
            phase, placement, station = places[touchpoint]
            phase.heard.append(Heard(placement, station, kind, text, mentions))


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
