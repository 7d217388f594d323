"""Reads a whole map, in the same few statements however long the journey is, as the things a person sees on it.

Roll-ups are arithmetic over the scores as stored, so they are never stale.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from journeys.models import OWN, Journey, LaneKind, Phase
from journeys.nps import Nps, asked_for, nps_from
from journeys.placed import MapTouchpoint, opening, seen_as
from journeys.rolled import RolledUp, Shown, difference_of, health_of, rolled_up
from journeys.statements import BESIDE, GLANCE, STANDING, SUFFERED, WAITING_HERE
from journeys.tree import Above, Opened, Tree, below_of
from measures.models import Status
from touchpoints.borders import borders_of
from touchpoints.changes import Changes, changes_in
from touchpoints.health.bands import Borders
from touchpoints.health.changes import judged
from touchpoints.periods import USUAL, last_days
from touchpoints.recomputing import overdue
from workspaces import clock

NO_CHANGES = Changes(0.0, {})


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


class Undertaken(NamedTuple):
    """A measure (with its status) or an opportunity at a touchpoint."""

    kind: str
    id: int
    title: str
    status: str

    @property
    def status_word(self) -> str:
        """How far a measure is, in the reader's language."""
        return str(Status(self.status).label) if self.status else ""


class Beside(NamedTuple):
    """What a map shows beside what stands on it.

    Its lanes; by placement the needs and what is undertaken; and the journeys below it.
    """

    lanes: list["MapLane"]
    needs: dict[int, tuple[Need, ...]]
    undertaken: dict[int, tuple[Undertaken, ...]]
    below: Tree


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
class MapPhase:
    """A phase with its touchpoints in order, numbered from `start` along the journey, and what customers told of them.

    `heard`: most named first. `drawn` is the touchpoints' HTML and `lanes` the lanes with theirs, once a view has drawn
    them. `out`: placements that a view leaves out, because they are not wanted or lie beyond its window. `opens`: the
    journey that tells the phase in more detail.
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
    opens: Opened | None = None

    @property
    def stations(self) -> list[tuple[int, MapTouchpoint]]:
        """The touchpoints that are not out, each with its number along the journey."""
        numbered = enumerate(self.touchpoints, start=self.start)
        return [(number, one) for number, one in numbered if one.placement not in self.out]


@dataclass(slots=True)
class JourneyMap:
    """A whole map: phases in order, the journey's health, and what stands beside it.

    `lanes`: from above, hidden ones too. By placement, `needs`: those that it is there for; `undertaken`: the measures
    and opportunities there. `below`: what lies below it, by `Tree.named`.
    """

    journey: Journey
    phases: list[MapPhase]
    health: Shown
    rolled: RolledUp
    lanes: list[MapLane] = field(default_factory=list)
    needs: dict[int, tuple[Need, ...]] = field(default_factory=dict)
    undertaken: dict[int, tuple[Undertaken, ...]] = field(default_factory=dict)
    below: str = ""

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
    """What a page knows of a map before it reads it, and a text that changes with what the map itself shows.

    `personas`: ids and names. `above`: the journeys above it, the uppermost first. `views`: the workspace's saved
    ones, each with id, name and the end of an address.
    `recomputing`: since when scores shown here wait for what was answered; None if for no longer than a minute.
    """

    personas: list[tuple[int, str]]
    views: list[tuple[int, str, str]]
    digest: str
    nps: Nps
    changes: Changes
    recomputing: datetime.datetime | None
    above: tuple[Above, ...] = ()

    @property
    def names(self) -> list[str]:
        """Those of the personas."""
        return [name for _persona, name in self.personas]


def glance(journey: Journey, *, persona: int | None = None, day: datetime.date | None = None) -> Glance:
    """Look at a map without reading it: one statement, and one more while answers wait too long to be folded.

    And one when anything in the workspace has changed since this process was last asked for changes. The journey's own
    row is not part of the digest. NPS and changes are of the usual period up to today; as of a `day` that is over, NPS
    is, and changes are not told.
    """
    period = last_days(USUAL, day or clock.today(journey.workspace.zone))
    asked = asked_for(journey, period=period, persona=persona) | {"journey": journey.pk, "overdue": overdue()}
    personas, above, views, digest, counted, stamp, is_overdue = rows(GLANCE[persona is not None], **asked)[0]
    changes = NO_CHANGES if day else changes_in(journey.workspace, period, persona=persona, stamp=stamp)
    since = rows(WAITING_HERE, **asked)[0][0] if is_overdue else None
    whose, saved = [tuple(one) for one in personas], [tuple(one) for one in views]
    ways_up = tuple(Above(*one) for one in above)
    return Glance(whose, saved, digest, nps_from(counted, journey), changes, since, ways_up)


def read_map(
    journey: Journey, phases: list[Phase], *, persona: int | None = None, changes: Changes | None = None
) -> JourneyMap:
    """The journey's map as it stands, given its phases: what stands, what was heard, lanes and needs: three statements.

    However many journeys lie below it, and however deep. With a `persona` the health is theirs. `changes`: of health,
    told only where they are given.
    """
    borders = borders_of(journey.workspace)
    found = rows(STANDING[persona is not None], journey=journey.pk, persona=persona)
    standing = changed([seen_as(row, borders) for row in found], changes)
    beside = read_beside(journey, persona=persona)
    seen = map_of(journey, phases, standing, beside.below)
    hear(seen.phases, rows(SUFFERED, journey=journey.pk))
    seen.lanes, seen.needs, seen.undertaken = beside.lanes, beside.needs, beside.undertaken
    seen.below = beside.below.named
    return seen


def read_beside(journey: Journey, *, persona: int | None = None) -> Beside:
    """The journey's lanes, what its touchpoints are there for, what is done there and what lies below: one statement.

    With a `persona` the health of what lies below is theirs.
    """
    lanes, met, done, below = rows(BESIDE[persona is not None], journey=journey.pk, persona=persona)[0]
    needs: dict[int, tuple[Need, ...]] = {}
    for placement, *need in met:
        needs[placement] = (*needs.get(placement, ()), Need(*need))
    undertaken: dict[int, tuple[Undertaken, ...]] = {}
    for placement, *what in done:
        undertaken[placement] = (*undertaken.get(placement, ()), Undertaken(*what))
    return Beside(
        [_lane(*lane) for lane in lanes], needs, undertaken, Tree(map(below_of, below), borders_of(journey.workspace))
    )


def changed(standing: list[MapTouchpoint], changes: Changes | None) -> list[MapTouchpoint]:
    """The same with their changes, if there are any to be told."""
    return [one._replace(change=changes.of(one.touchpoint)) for one in standing] if changes else standing


def map_of(
    journey: Journey, phases: Sequence[Phase], standing: Iterable[MapTouchpoint], below: Tree | None = None
) -> JourneyMap:
    """The map of everything that stands in these phases, each in its order, with the roll-ups.

    `below`: the journeys that lie below it, of which it shows what they say for what opens them. The changes of
    the journey and its phases, shown together, are judged among each other.
    """
    borders = borders_of(journey.workspace)
    standing_in: dict[int, list[MapTouchpoint]] = {phase.pk: [] for phase in phases}
    for touchpoint in opening(list(standing), below) if below else standing:
        standing_in[touchpoint.phase].append(touchpoint)
    seen: list[MapPhase] = []
    everything: list[MapTouchpoint] = []
    for phase in phases:
        touchpoints = standing_in[phase.pk]
        opens = below.opened_by(phase.pk) if below else None
        seen.append(_phase(phase, touchpoints, borders, start=len(everything) + 1, opens=opens))
        everything += touchpoints
    health = health_of(everything, borders)
    if any(one.change for one in everything):
        rolled = [(health, everything), *((phase.health, phase.touchpoints) for phase in seen)]
        for (shown, _), change in zip(rolled, judged([difference_of(of) for _, of in rolled]), strict=True):
            shown.change = change
    return JourneyMap(journey, seen, health, rolled_up(everything, borders))


def hear(phases: Iterable[MapPhase], told: Iterable[tuple[int, str, str, int]]) -> None:
    """Put what was heard of touchpoints (id, kind, text, mentions; most named first) into the phases they stand in."""
    places = {
        touchpoint.touchpoint: (phase, touchpoint.placement, station)
        for phase in phases
        for station, touchpoint in enumerate(phase.touchpoints, start=phase.start)
    }
    for touchpoint, kind, text, mentions in told:
        if touchpoint in places:  # else placed by someone since the statement before
            phase, placement, station = places[touchpoint]
            phase.heard.append(Heard(placement, station, kind, text, mentions))


def rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """What the database answers to one of the statements."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _phase(
    phase: Phase, touchpoints: list[MapTouchpoint], borders: Borders, *, start: int, opens: Opened | None
) -> MapPhase:
    health = health_of(touchpoints, borders)
    return MapPhase(phase.pk, phase.kind, str(phase), phase.version, touchpoints, health, start, [], opens=opens)


def _lane(lane: int, kind: str, name: str, shown: bool, told: dict[str, str]) -> MapLane:
    read = Decimal if kind == LaneKind.NUMBER else str
    return MapLane(lane, LaneKind(kind), name, shown, {int(one): read(text) for one, text in told.items()})
