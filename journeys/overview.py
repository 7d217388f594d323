"""What a list tells of journeys: each one's health, weakest link and NPS, its small curve, who changed it last."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, OuterRef, Subquery, When
from django.db.models.functions import Coalesce, Greatest

from journeys.board import JourneyMap, changed, map_of, rows
from journeys.models import Change, Journey
from journeys.nps import nps_of
from journeys.placed import MapTouchpoint, seen_as
from journeys.rolled import Pointed, Shown
from journeys.sketch import Felt, Sketch, sketch_of
from journeys.statements_of_list import BELOW_BY_PERSONA, BELOW_MANY, STANDING_BY_PERSONA, STANDING_ON_MANY
from journeys.tree import Tree, below_of
from touchpoints.borders import borders_of
from touchpoints.changes import Changes, changes_in
from touchpoints.health.changes import judged
from touchpoints.health.figures import Figure
from touchpoints.periods import USUAL, last_days
from workspaces import clock
from workspaces.models import Actor, Workspace, WorkspaceQuerySet


@dataclass(frozen=True)
class Glimpse:
    """A journey at a glance. `count`: its touchpoints. `by`: who changed the map last, if that was the last change.

    `nps`: of the journey as a whole, None below 5 answers. `best` and `worst`: the names of the touchpoints that are
    felt so, empty where no feeling is known.
    """

    health: Shown
    weakest: Pointed | None
    nps: Figure | None
    sketch: Sketch
    count: int
    changed_at: datetime
    by: Actor | None
    best: str
    worst: str


def glimpses(workspace: Workspace, journeys: Sequence[Journey]) -> dict[int, Glimpse]:
    """The journeys at a glance, by id: five statements, when their phases are there already.

    Changes of health are judged among these journeys.
    """
    day = clock.today(workspace.zone)
    changes = changes_in(workspace, last_days(USUAL, day))
    maps, latest = maps_of(workspace, journeys, changes), _latest(workspace, journeys)
    told = [seen.health for seen in maps.values() if seen.health.change]
    for health, change in zip(told, judged([health.change for health in told if health.change]), strict=True):
        health.change = change
    asked = nps_of(journeys, day=day)
    return {pk: _glimpse(seen, asked[pk], latest.get(pk)) for pk, seen in maps.items()}


def maps_of(workspace: Workspace, journeys: Sequence[Journey], changes: Changes | None = None) -> dict[int, JourneyMap]:
    """The maps of these journeys, by id: two statements, when their phases are there already."""
    phase_of = {phase.pk: journey.pk for journey in journeys for phase in journey.phases.all()}
    borders = borders_of(workspace)
    standing: defaultdict[int, list[MapTouchpoint]] = defaultdict(list)
    ids = [journey.pk for journey in journeys]
    below = Tree(map(below_of, rows(BELOW_MANY, journeys=ids)[0][0]), borders)
    for row in rows(STANDING_ON_MANY, journeys=ids):
        touchpoint = seen_as(row, borders)
        if touchpoint.phase in phase_of:
            standing[phase_of[touchpoint.phase]].append(touchpoint)
    for journey in journeys:
        journey.workspace = workspace
    return {
        journey.pk: map_of(journey, list(journey.phases.all()), changed(standing[journey.pk], changes), below)
        for journey in journeys
    }


def standing_for(
    workspace: Workspace, journeys: Collection[int], personas: Iterable[int]
) -> dict[int, list[MapTouchpoint]]:
    """What stands on those of these journeys that each persona takes, by her id, with her own scores: one statement."""
    borders = borders_of(workspace)
    found: dict[int, list[MapTouchpoint]] = {persona: [] for persona in personas}
    for persona, *seen in rows(STANDING_BY_PERSONA, journeys=list(journeys)):
        if persona in found:
            found[persona].append(seen_as(tuple(seen), borders))
    return found


def maps_for(
    workspace: Workspace, journeys: Sequence[Journey], personas: Collection[int]
) -> dict[tuple[int, int], JourneyMap]:
    """Those of these journeys that each persona takes, by her id and the journey's, with her own scores.

    Two statements, when phases and personas of the journeys are there already.
    """
    borders, ids = borders_of(workspace), [journey.pk for journey in journeys]
    of_whom = {"journeys": ids, "personas": list(personas)}
    below = {persona: Tree(map(below_of, found), borders) for persona, found in rows(BELOW_BY_PERSONA, **of_whom)}
    theirs = standing_for(workspace, ids, personas)
    maps: dict[tuple[int, int], JourneyMap] = {}
    for journey in journeys:
        journey.workspace, phases = workspace, list(journey.phases.all())
        here = {phase.pk for phase in phases}
        for persona in {persona.pk for persona in journey.personas.all()} & below.keys():
            standing = [one for one in theirs[persona] if one.phase in here]
            maps[persona, journey.pk] = map_of(journey, phases, standing, below[persona])
    return maps


def _glimpse(seen: JourneyMap, nps: Figure | None, change: Change | None) -> Glimpse:
    journey = seen.journey
    known = [
        (touchpoint.perceived, touchpoint.name)
        for phase in seen.phases
        for touchpoint in phase.touchpoints
        if touchpoint.perceived is not None
    ]
    newest = change if change and change.at >= journey.updated_at else None
    return Glimpse(
        health=seen.health,
        weakest=seen.rolled.weakest,
        nps=nps,
        sketch=sketch_of([[felt_at(touchpoint) for touchpoint in phase.touchpoints] for phase in seen.phases]),
        count=seen.count,
        changed_at=newest.at if newest else journey.updated_at,
        by=newest.author if newest else None,
        best=max(known)[1] if known else "",
        worst=min(known)[1] if known else "",
    )


def felt_at(touchpoint: MapTouchpoint) -> Felt:
    """A touchpoint as a small line shows it, with the band of what stands there."""
    return Felt(touchpoint.perceived, touchpoint.source, touchpoint.expected, touchpoint.seen.band)


def _latest(workspace: Workspace, journeys: Sequence[Any]) -> dict[int, Change]:
    changes = Change.objects.of(workspace).filter(journey__in=journeys).select_related("by", "token")
    newest = changes.order_by("journey_id", "-revision").distinct("journey_id")
    return {change.journey_id: change for change in newest}


def in_order(workspace: Workspace, journeys: WorkspaceQuerySet, sort: str) -> WorkspaceQuerySet:
    """The journeys in one of the orders of a list: `recent`, `name` or `health`, of which the last reads all maps."""
    if sort == "name":
        return journeys.by_name()
    if sort == "health":
        seen = maps_of(workspace, list(journeys.kept()))
        known = sorted((one.health.number, pk) for pk, one in seen.items() if one.health.number is not None)
        places = [When(pk=pk, then=place) for place, (_number, pk) in enumerate(known)]
        return journeys.order_by(Case(*places, default=len(places)), "name", "pk")
    changed = Change.objects.filter(journey=OuterRef("pk")).order_by("-revision").values("at")[:1]
    dated: WorkspaceQuerySet = journeys.annotate(
        changed=Greatest("updated_at", Coalesce(Subquery(changed), "updated_at"))
    )
    return dated.order_by("-changed", "-pk")
