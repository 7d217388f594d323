"""Reads a whole map, in the same few statements however long the journey is, as the things a person sees on it.

What is shown of a score follows SCORING.md: the number is rounded once, band and colour follow that number, and one
word says how well it is founded. Roll-ups are arithmetic over the scores as stored, so they are never stale.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import FilteredRelation, Q, QuerySet

from feedback.models import Insight, InsightKind
from journeys.models import Journey, Phase, Placement
from touchpoints.health.bands import Band, Borders, Evidence, band_of, shown_number, standing
from touchpoints.health.rollup import placement_weight, priority, roll_up

FIRST = 2  # how many touchpoints "Act here first" names
PAINS = 4  # how many pain points a phase shows

# Where things stand is the journey's revision; what they show, the versions of all that takes part.
VERSIONS = """
    WITH standing AS (
        SELECT id, version, touchpoint_id FROM journeys_placement
        WHERE journey_id = %(journey)s AND archived_at IS NULL
    )
    SELECT md5(concat_ws(' ',
        (SELECT string_agg(concat(id, '.', version), ',' ORDER BY id) FROM journeys_phase
         WHERE journey_id = %(journey)s),
        (SELECT string_agg(concat(standing.id, '.', standing.version, '.', touchpoint.version, '.', channel.version,
                                  '.', score.version), ',' ORDER BY standing.id)
         FROM standing
         JOIN touchpoints_touchpoint touchpoint ON touchpoint.id = standing.touchpoint_id
         LEFT JOIN touchpoints_channel channel ON channel.id = touchpoint.channel_id
         LEFT JOIN touchpoints_healthscore score
           ON score.subject_id = touchpoint.subject_id AND score.persona_id IS NULL),
        (SELECT string_agg(concat(id, '.', version), ',' ORDER BY id) FROM feedback_insight
         WHERE kind = 'pain' AND archived_at IS NULL AND touchpoint_id IN (SELECT touchpoint_id FROM standing))
    ))"""


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


def standing_on(journey: Journey) -> QuerySet[Any, tuple[Any, ...]]:
    """The query for everything that stands on a map, phase by phase in order: the leading fields of `MapTouchpoint`."""
    scores = "touchpoint__subject__scores"
    rows: QuerySet[Any, tuple[Any, ...]] = (
        Placement.objects.of(journey.workspace)
        .kept()
        .filter(journey=journey)
        .annotate(total=FilteredRelation(scores, condition=Q(**{f"{scores}__persona": None})))
        .order_by("phase_id", "position")
        .values_list(
            "pk", "version", "phase_id", "moment_of_truth", "share", "assumed_emotion", "touchpoint_id",
            "touchpoint__name", "touchpoint__importance", "touchpoint__target", "touchpoint__archived_at",
            "touchpoint__channel__name", "touchpoint__channel__icon",
            "total__score", "total__sd", "total__answers", "total__known",
        )
    )  # fmt: skip
    return rows


def suffered_on(journey: Journey) -> QuerySet[Any, tuple[int, str, int]]:
    """The query for the pain points of all that stands on a map, most named first: touchpoint, text, mentions."""
    standing_there = Placement.objects.kept().filter(journey=journey).values("touchpoint")
    return (
        Insight.objects.of(journey.workspace)
        .kept()
        .filter(kind=InsightKind.PAIN, touchpoint__in=standing_there)
        .order_by("-mentions", "pk")
        .values_list("touchpoint_id", "text", "mentions")
    )


def read_map(journey: Journey, phases: list[Phase]) -> JourneyMap:
    """The journey's map as it stands, given its phases, in two statements: all that stands in them, and pain points."""
    workspace = journey.workspace
    borders = Borders(workspace.weak_from, workspace.good_from, workspace.strong_from)
    standing_in: dict[int, list[MapTouchpoint]] = {}
    for row in standing_on(journey):
        touchpoint = _seen(row, borders)
        standing_in.setdefault(touchpoint.phase, []).append(touchpoint)
    seen: list[MapPhase] = []
    everything: list[MapTouchpoint] = []
    for phase in phases:
        touchpoints = standing_in.get(phase.pk, [])
        seen.append(_phase(phase, touchpoints, borders, start=len(everything) + 1))
        everything += touchpoints
    _hear_pains(seen, suffered_on(journey))
    return JourneyMap(journey, seen, _shown(everything, borders), _act_first(everything))


def digest(journey: Journey) -> str:
    """A short text that changes with anything that `read_map` shows beside the journey's own row: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(VERSIONS, {"journey": journey.pk})
        return str(cursor.fetchone()[0])


def _seen(row: Sequence[Any], borders: Borders) -> MapTouchpoint:
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


def _shown(touchpoints: Iterable[MapTouchpoint], borders: Borders) -> Shown:
    together = list(touchpoints)
    total = roll_up(touchpoint.counted for touchpoint in together)
    number = None if total.score is None else shown_number(total.score)
    bands = {band.value: 0 for band in Band} | {"unknown": 0}
    for touchpoint in together:
        bands[touchpoint.band or "unknown"] += 1
    return Shown(number, band_of(number, borders), total.partial and number is not None, bands)


def _act_first(touchpoints: Sequence[MapTouchpoint]) -> list[tuple[int, MapTouchpoint]]:
    known = roll_up(touchpoint.counted for touchpoint in touchpoints).weight
    gains = [
        (gain, station, touchpoint)
        for station, touchpoint in enumerate(touchpoints, start=1)
        if (gain := priority(*touchpoint.counted, touchpoint.target, known))
    ]
    return [(station, touchpoint) for _, station, touchpoint in sorted(gains, key=lambda gain: -gain[0])[:FIRST]]
