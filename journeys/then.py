"""A map as it stood when a local day ended: where everything stood, and scores as they were known then.

Names and whatever else the history does not keep are today's. What has been purged since is left out.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Min

from journeys.board import JourneyMap, MapLane, map_of, read_beside, rows
from journeys.models import Change, Journey, LaneKind, Phase, Placement
from journeys.past import PHASE, PLACEMENT, Done, Layout, walk_back
from journeys.placed import ASKED, MapTouchpoint, seen_as
from journeys.statements_in_full import LEARNED_BEFORE, STOOD_IN_FULL
from journeys.statements_of_tree import LAYOUTS_SINCE
from journeys.tree import Below, Held, Tree
from touchpoints.borders import borders_of
from touchpoints.felt import Felt, felt_on
from touchpoints.health.bands import Borders

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

    `placements`: all that stood there, what is purged by now as well. `below`: the journeys that lay below it.
    """

    revision: int
    phases: list[Phase]
    rows: list[list[Any]]
    placements: list[int]
    below: Tree


class Before(NamedTuple):
    """A journey as a day ended: its name of today, its revision, and where everything stood."""

    name: str
    revision: int
    layout: Layout


def stood_on(journey: Journey, phases: Sequence[Phase], *, day: datetime.date, persona: int | None) -> Stood:
    """What stood on the map when that local day ended, given its phases of today: two statements.

    However many journeys lay below it then. Scores and feelings are those that were known then, of everybody or one
    persona (by id). Feelings of which no close tells are counted from the answers of then that are here now, in two
    statements more.
    """
    before = _layouts_before(journey, ended(journey, day))
    _name, revision, layout = before[journey.pk]
    asked = {"placements": [one for each in before.values() for one in each.layout.placements], "persona": persona}
    stood = rows(STOOD_IN_FULL[persona is not None], journeys=list(before), day=day, **asked)
    found = {row[0]: row for row in stood}
    told = _with_feelings(_in_place(layout, found), journey, day, persona)
    borders = borders_of(journey.workspace)
    below = Tree(_below(journey.pk, before, found, borders), borders, on=day)
    return Stood(revision, [_as_called(phase, layout) for phase in phases], told, layout.placements, below)


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
    alone: bool = False,
) -> JourneyMap:
    """The map as it stood when that local day ended, without what stood beside it: as many statements.

    `alone`: without the journeys that lay below it, too.
    """
    stood, borders = stood_on(journey, phases, day=day, persona=persona), borders_of(journey.workspace)
    standing = [seen_as(tuple(row[:ASKED]), borders)._replace(comments=None) for row in stood.rows]
    return map_of(journey, stood.phases, standing, None if alone else stood.below)


def lanes_of_then(journey: Journey) -> list[MapLane]:
    """Those lanes of today that can tell of the past: one statement."""
    return [lane for lane in read_beside(journey).lanes if lane.kind in KEPT_LANES]


def _layouts_before(journey: Journey, until: datetime.datetime) -> dict[int, Before]:
    """The journey as it was before that moment, and all of which one may have lain below it then, by id."""
    before: dict[int, Before] = {}
    for pk, name, revision, standing, opened, changes in rows(LAYOUTS_SINCE, journey=journey.pk, until=until):
        layout = Layout({}, {(kind, place): sub for kind, place, sub in opened})
        for phase, placement in standing:
            layout.phases.setdefault(phase, []).append(placement)
        was = walk_back(layout, [Done(*change) for change in changes])
        before[pk] = Before(name, revision - len(changes), was)
    return before


def _in_place(layout: Layout, found: Mapping[int, Sequence[Any]]) -> list[list[Any]]:
    """What stood there, phase by phase in order, as it was."""
    return [
        _as_it_was(found[placement], phase, layout)
        for phase, line in layout.phases.items()
        for placement in line
        if placement in found
    ]


def _below(
    top: int, before: Mapping[int, Before], found: Mapping[int, Sequence[Any]], borders: Borders
) -> Iterator[Below]:
    """The journeys that lay below this one, whatever their levels. What has been purged since is left out."""
    above, seen = [top], {top}
    while above:
        parent = above.pop()
        layout = before[parent].layout
        stood = set(layout.placements)
        for (kind, place), sub in layout.opens.items():
            if sub is None or sub not in before or sub in seen or (kind == PLACEMENT and place not in stood):
                continue
            above.append(sub)
            seen.add(sub)
            held = tuple(_held(seen_as(tuple(row[:ASKED]), borders)) for row in _in_place(before[sub].layout, found))
            at = {PLACEMENT: None, PHASE: None, kind: place}
            yield Below(sub, before[sub].name, parent, at[PLACEMENT], at[PHASE], held)


def _held(one: MapTouchpoint) -> Held:
    return Held(one.placement, one.touchpoint, one.weight, None if one.number is None else one.score, one.evidence)


def _as_called(phase: Phase, layout: Layout) -> Phase:
    return Phase(
        pk=phase.pk,
        kind=phase.kind,
        position=phase.position,
        label=layout.labels.get(phase.pk, phase.label),
        version=phase.version - layout.since["phase", phase.pk],
    )


def _with_feelings(
    standing: list[list[Any]], journey: Journey, day: datetime.date, persona: int | None
) -> list[list[Any]]:
    """The rows; feelings of which no close tells are counted."""
    untold = [row[PLACE["touchpoint"]] for row in standing if row[PLACE["felt_by"]] is None]
    counted = felt_on(journey.workspace_id, untold, day, persona=persona) if untold else {}
    return [_as_felt(row, counted.get(row[PLACE["touchpoint"]])) for row in standing]


def _as_felt(row: list[Any], felt: Felt | None) -> list[Any]:
    if felt is None:
        return row
    told, feelings = list(row), felt.feelings
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
