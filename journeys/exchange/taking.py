"""Draws a journey from its JSON document, in one transaction: all of it or nothing."""

from collections.abc import Mapping
from typing import Any

from django.db.models.functions import Lower

from feedback.actions import create_insights
from feedback.models import Insight, InsightKind
from journeys.actions.drawing import Station, draw_journey
from journeys.actions.locking import changes_map
from journeys.exchange.draft import owners_by_name
from journeys.exchange.understanding import PartOf, Read, Understood
from journeys.models import Journey, Lane, LaneCell, MetNeed, Phase, Placement, Source, usual_lanes
from personas.actions import create_persona
from personas.models import Persona
from workspaces.models import Actor, Job, JobState, User, Workspace

KIND = "journeys.document"


@changes_map
def take_journey(found: Understood, workspace: Workspace, *, name: str, by: Actor) -> Journey:
    """The journey of a document without faults. What the library has by a touchpoint's name stands there as it is.

    Personas that are not known here are begun with their name; owners who are not, are left out. It stands by itself
    where what opened it is not known here, or opens another journey already. Raises what `draw_journey` raises.
    """
    assert not found.faults
    owners, personas = owners_by_name(workspace), _personas(found, workspace, by)
    stations = [_station(one, owners, found.icons) for one in found.touchpoints]
    journey = draw_journey(
        workspace,
        stations,
        source=Source.FILE,
        called=found.facts["name"],
        by=by,
        personas=list(personas.values()),
        labels=found.labels,
        **found.facts | {"name": name},
        **_owned(found.owner, owners),
        **_opened(found.part_of, workspace),
    )
    placements = {
        placement.touchpoint.name.lower(): placement
        for placement in Placement.objects.of(workspace).filter(journey=journey).select_related("touchpoint")
    }
    _tell(found, placements, workspace, by)
    _fill_lanes(found, journey, placements, personas)
    return journey


@changes_map
def take_once(found: Understood, workspace: Workspace, *, key: str, name: str, by: User) -> Journey:
    """The journey of a document, as `take_journey`. `key`: the form's own; sent twice it is one journey.

    A second one that comes meanwhile waits at the key until the first is done. One that has been purged is drawn anew.
    """
    job, _begun = Job.objects.get_or_create(
        workspace=workspace, kind=KIND, key=key, defaults={"state": JobState.DONE, "created_by": by}
    )
    journey: Journey | None = Journey.objects.of(workspace).filter(pk=job.result.get("journey")).first()
    if journey is None:
        journey = take_journey(found, workspace, name=name, by=by)
        job.result = {"journey": journey.pk}
        job.save(update_fields=["result"])
    return journey


def unknown_owners(found: Understood, workspace: Workspace) -> list[str]:
    """The names of owners in a document who are not known here."""
    known = owners_by_name(workspace)
    named = [owner[1] for owner in (found.owner, *(one.owner for one in found.touchpoints)) if owner]
    return sorted({name for name in named if name.casefold() not in known})


def _owned(owner: tuple[str, str] | None, owners: Mapping[str, Any]) -> dict[str, Any]:
    known = owners.get(owner[1].casefold()) if owner else None
    return {"owner": known} if known else {}


def _opened(part_of: PartOf | None, workspace: Workspace) -> dict[str, Any]:
    """The placement or phase that is to open it, as facts: the only one of those names that opens none yet."""
    if part_of is None:
        return {}
    above = {"journey__name": part_of.journey, "journey__archived_at": None}
    taken = Journey.objects.of(workspace).kept()
    if part_of.phase:
        begun = taken.exclude(parent_phase=None).values("parent_phase")
        phases = Phase.objects.of(workspace).filter(kind=part_of.phase, **above).exclude(pk__in=begun)
        return {"parent_phase": phases[0]} if len(phases) == 1 else {}
    opened = taken.exclude(parent_placement=None).values("parent_placement")
    standing = Placement.objects.of(workspace).kept().filter(touchpoint__name=part_of.touchpoint, **above)
    placements = standing.exclude(pk__in=opened)
    return {"parent_placement": placements[0]} if len(placements) == 1 else {}


def _station(one: Read, owners: Mapping[str, Any], icons: Mapping[str, str]) -> Station:
    facts = {name: value for name, value in one.facts.items() if name != "name"}
    return Station(
        name=one.facts["name"],
        phase=one.phase,
        channel=(one.channel,) if one.channel else (),
        icon=icons.get(one.channel.lower(), "circle-dot"),
        facts=facts | _owned(one.owner, owners),
        placed=one.placed,
    )


def _personas(found: Understood, workspace: Workspace, by: Actor) -> dict[str, Persona]:
    names = {name.lower(): name for name in found.personas}
    kept = Persona.objects.of(workspace).kept().annotate(small=Lower("name")).filter(small__in=names)
    known = {persona.small: persona for persona in kept}
    return {name: known.get(small) or create_persona(workspace, by=by, name=name) for small, name in names.items()}


def _tell(found: Understood, placements: Mapping[str, Placement], workspace: Workspace, by: Actor) -> None:
    """Write down what was heard, but nothing that a touchpoint has already."""
    touchpoints = [placement.touchpoint for placement in placements.values()]
    of_them = Insight.objects.of(workspace).kept().filter(touchpoint__in=touchpoints)
    known = set(of_them.values_list("touchpoint_id", "kind", "text"))
    new = [
        {"touchpoint": touchpoint, **insight}
        for one in found.touchpoints
        for insight in one.insights
        if (touchpoint := placements[one.facts["name"].lower()].touchpoint)
        and (touchpoint.pk, insight.get("kind", InsightKind.PAIN), insight["text"]) not in known
    ]
    create_insights(workspace, new, by=by)


def _fill_lanes(
    found: Understood, journey: Journey, placements: Mapping[str, Placement], personas: Mapping[str, Persona]
) -> None:
    """The document's lanes with what stands in them; usual ones that it does not name come last, hidden."""
    here = {"workspace": journey.workspace, "journey": journey}
    if found.lanes:
        named = {lane["kind"] for lane in found.lanes}
        told = found.lanes + [
            {"kind": lane.kind, "shown": lane.kind == "touchpoints"}
            for lane in usual_lanes(journey)
            if lane.kind not in named
        ]
        Lane.objects.of(journey.workspace).filter(journey=journey).delete()
        Lane.objects.bulk_create(Lane(position=place, **lane, **here) for place, lane in enumerate(told))
    lanes = {lane.name: lane for lane in Lane.objects.of(journey.workspace).filter(journey=journey)}
    cells: list[LaneCell] = []
    needs: list[MetNeed] = []
    for one in found.touchpoints:
        placement = placements[one.facts["name"].lower()]
        for name, value in one.cells.items():
            said = {"text": value} if isinstance(value, str) else {"number": value}
            cells.append(LaneCell(lane=lanes[name], placement=placement, **said, **here))
        needs += [
            MetNeed(placement=placement, **need | {"persona": personas[need["persona"]]}, **here) for need in one.needs
        ]
    LaneCell.objects.bulk_create(cells)
    MetNeed.objects.bulk_create(needs)
