"""A map as it stood when a local day ended: where everything stood, and scores as they were known then.

Names and whatever else the history does not keep are today's. What has been purged since is left out.
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import Min

from journeys.board import JourneyMap, MapLane, map_of, read_beside, rows
from journeys.models import Change, Journey, LaneKind, Phase, Placement
from journeys.past import Done, Layout, walk_back
from journeys.placed import ASKED, MapTouchpoint, seen_as
from journeys.statements_in_full import LAYOUT_SINCE, LEARNED_BEFORE, STOOD_IN_FULL
from touchpoints.borders import borders_of
from touchpoints.felt import Felt, felt_on

DAY = datetime.timedelta(days=1)
HEARD = ("pain", "wish")
PLACE = {name: index for index, name in enumerate(MapTouchpoint._fields)}
# Lanes of which the history keeps what they said, or of which the past is known otherwise
KEPT_LANES = (
    LaneKind.ACTION,
    LaneKind.TOUCHPOINTS,
    LaneKind.EMOTION,
    LaneKind.QUOTE,
    LaneKind.HEARD,
    LaneKind.BACKSTAGE,
)


class Stood(NamedTuple):
    """What stood on a map as a day ended: rows of STOOD_IN_FULL phase by phase in order, as they were.

    `placements`: all that stood there, what is purged by now as well.
    """

    revision: int
    phases: list[Phase]
    rows: list[list[Any]]
    placements: list[int]


def stood_on(journey: Journey, phases: Sequence[Phase], *, day: datetime.date, persona: int | None) -> Stood:
    """What stood on the map when that local day ended, given its phases of today: two statements.

    Scores and feelings are those that were known then, of everybody or one persona (by id). Feelings of which no close
    tells are counted from the answers of then that are here now, in two statements more.
    """
    revision, layout = _layout_before(journey, ended(journey, day))
    placements = [one for line in layout.phases.values() for one in line]
    asked: dict[str, Any] = {"journey": journey.pk, "placements": placements, "day": day, "persona": persona}
    found = {row[0]: row for row in rows(STOOD_IN_FULL[persona is not None], **asked)}
    felt_of = _felt_before_it_was_kept(journey, found.values(), day, persona)
    standing = [
        _as_it_was(_as_felt(found[placement], felt_of.get(found[placement][PLACE["touchpoint"]])), phase, layout)
        for phase, line in layout.phases.items()
        for placement in line
        if placement in found
    ]
    return Stood(revision, [_as_called(phase, layout) for phase in phases], standing, placements)


def ended(journey: Journey, day: datetime.date) -> datetime.datetime:
    """The moment at which a local day was over."""
    return datetime.datetime.combine(day + DAY, datetime.time(), tzinfo=journey.workspace.zone)


def born_on(journey: Journey) -> datetime.date:
    """The local day of the first change of a map, before which nothing stood on it: one statement."""
    first: datetime.datetime | None = Change.objects.filter(journey=journey).aggregate(first=Min("at"))["first"]
    return (first or journey.created_at).astimezone(journey.workspace.zone).date()


def insights_before(stood: Stood, journey: Journey, day: datetime.date) -> list[tuple[Any, ...]]:
    """What had been heard by then of all that stood there, in today's words: one statement."""
    return rows(LEARNED_BEFORE, placements=stood.placements, until=ended(journey, day))


def insights_on(seen: JourneyMap, day: datetime.date) -> list[tuple[int, str, str, int]]:
    """The pain points and wishes that had been heard by then of what stands on the map: one statement."""
    placements = [touchpoint.placement for phase in seen.phases for touchpoint in phase.touchpoints]
    found = rows(LEARNED_BEFORE, placements=placements, until=ended(seen.journey, day))
    return [(touchpoint, kind, text, named) for touchpoint, _id, kind, text, named, _version in found if kind in HEARD]


def map_on(
    journey: Journey,
    phases: Sequence[Phase],
    *,
    day: datetime.date,
    persona: int | None = None,
) -> JourneyMap:
    """The map as it stood when that local day ended, without what stood beside it: as many statements."""
    stood, borders = stood_on(journey, phases, day=day, persona=persona), borders_of(journey.workspace)
    standing = [seen_as(tuple(row[:ASKED]), borders)._replace(comments=None) for row in stood.rows]
    return map_of(journey, stood.phases, standing)


def lanes_of_then(journey: Journey) -> list[MapLane]:
    """Those lanes of today that can tell of the past: one statement."""
    return [lane for lane in read_beside(journey).lanes if lane.kind in KEPT_LANES]


def _layout_before(journey: Journey, until: datetime.datetime) -> tuple[int, Layout]:
    (revision, standing, changes), *_ = rows(LAYOUT_SINCE, journey=journey.pk, until=until)
    layout = Layout({})
    for phase, placement in standing:
        layout.phases.setdefault(phase, []).append(placement)
    return revision - len(changes), walk_back(layout, [Done(*change) for change in changes])


def _as_called(phase: Phase, layout: Layout) -> Phase:
    return Phase(
        pk=phase.pk,
        kind=phase.kind,
        position=phase.position,
        label=layout.labels.get(phase.pk, phase.label),
        version=phase.version - layout.since["phase", phase.pk],
    )


def _felt_before_it_was_kept(
    journey: Journey, standing: Iterable[Sequence[Any]], day: datetime.date, persona: int | None
) -> dict[int, Felt]:
    untold = [row[PLACE["touchpoint"]] for row in standing if row[PLACE["felt_by"]] is None]
    return felt_on(journey.workspace_id, untold, day, persona=persona) if untold else {}


def _as_felt(row: Sequence[Any], felt: Felt | None) -> list[Any]:
    told = list(row)
    if felt is None:
        return told
    feelings = felt.feelings
    told[PLACE["felt"]], told[PLACE["felt_by"]] = feelings.perception, feelings.source and feelings.source.value
    told[PLACE["hoped"]], told[PLACE["ease"]] = feelings.expectation, felt.ease
    return told


def _as_it_was(row: Sequence[Any], phase: int, layout: Layout) -> list[Any]:
    known = dict(zip(MapTouchpoint._fields[:ASKED], row[:ASKED], strict=True))
    placement = known["placement"]
    facts = {
        name: Placement._meta.get_field(name).to_python(value)  # type: ignore[union-attr]
        for name, value in layout.facts.get(placement, {}).items()
    }
    version = known["version"] - layout.since["placement", placement]
    return [*(known | facts | {"phase": phase, "version": version}).values(), *row[ASKED:]]
