"""A whole map at once, from a template, a spreadsheet or another journey: in as many statements however long it is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from feedback.actions import create_insights
from feedback.models import Insight, InsightKind
from journeys.actions.history import record_change
from journeys.actions.journeys import create_journey
from journeys.actions.lanes import copy_lanes, tell_lanes
from journeys.actions.locking import changes_map, lock
from journeys.actions.refusals import MovedOn
from journeys.actions.steps import Step, kept, remember_peer_group
from journeys.models import Journey, Placement, Source, Verb
from touchpoints.actions import create_channels, create_touchpoints
from touchpoints.models import Channel, Touchpoint
from workspaces.models import Actor, Workspace

# What a copy does not have from the placement that it was made of
OWN = ("id", "workspace", "journey", "phase", "touchpoint", "version", "created_at", "updated_at")
COPIED = [fact.name for fact in Placement._meta.concrete_fields if fact.name not in OWN]


@dataclass(frozen=True)
class Station:
    """A touchpoint as a template or a spreadsheet tells of it.

    `phase`: its kind. `channel`: the names it may have, of which a new channel takes the first, with `icon`. `facts`:
    for the library, where it is new; `placed`: what is particular to it on this journey; `pains`: its pain points;
    `lanes`: what lanes of the team's own tell, by their names.
    """

    name: str
    phase: str
    channel: tuple[str, ...] = ()
    icon: str = "circle-dot"
    facts: Mapping[str, Any] = field(default_factory=dict)
    placed: Mapping[str, Any] = field(default_factory=dict)
    pains: tuple[str, ...] = ()
    lanes: Mapping[str, str] = field(default_factory=dict)


@changes_map
def draw_journey(
    workspace: Workspace, stations: Sequence[Station], *, source: Source, called: str, by: Actor, **facts: Any
) -> Journey:
    """A new journey with these touchpoints in their phases, each in the order given. `called`: the source's name.

    What the library has by a touchpoint's name stands there as it is; `facts` are those of `create_journey`. Raises
    `MovedOn` when somebody has just given one of the names to something else.
    """
    journey = create_journey(workspace, by=by, **facts)
    try:
        touchpoints = _touchpoints(workspace, stations, by)
    except IntegrityError as taken:
        raise MovedOn(_("Somebody has just added one of these touchpoints to the library. Try again.")) from taken
    phases = {phase.kind: phase for phase in journey.phases.all()}
    ahead: defaultdict[str, int] = defaultdict(int)
    placements = []
    for station, touchpoint in zip(stations, touchpoints, strict=True):
        place = {"phase": phases[station.phase], "touchpoint": touchpoint, "position": ahead[station.phase]}
        placements.append(Placement(workspace=workspace, journey=journey, **place, **station.placed))
        ahead[station.phase] += 1
    _tell_pains(workspace, stations, touchpoints, by)
    journey = _begin(journey, placements, source=source, called=called, by=by)
    tell_lanes(journey, {one.pk: station.lanes for station, one in zip(stations, placements, strict=True)})
    return journey


@changes_map
def duplicate_journey(journey: Journey, *, name: str, standing: str, by: Actor) -> Journey:
    """A new journey with the same touchpoints, and all that is said of them on this one: as it is now, as it may be.

    The touchpoints themselves are the same, with their one health. Raises `Refused` when the journey is archived.
    """
    journey = lock(journey)  # so that nothing moves while it is copied
    copy = create_journey(
        journey.workspace,
        by=by,
        personas=journey.personas.all(),
        labels={phase.kind: phase.label for phase in journey.phases.all()},
        name=name,
        standing=standing,
        note=journey.note,
        category=journey.category,
        owner_team_id=journey.owner_team_id,
        owner_member_id=journey.owner_member_id,
    )
    phases = {phase.kind: phase for phase in copy.phases.all()}
    placements = []
    for there in kept(journey).select_related("phase", "touchpoint"):
        place = {"workspace": journey.workspace, "journey": copy, "phase": phases[there.phase.kind]}
        said = {name: getattr(there, name) for name in COPIED}
        placements.append(Placement(touchpoint=there.touchpoint, **place, **said))
    copy = _begin(copy, placements, source=Source.JOURNEY, called=journey.name, by=by)
    copy_lanes(journey, copy)
    return copy


def known_names(workspace: Workspace, names: Iterable[str]) -> dict[str, Touchpoint]:
    """Those of these touchpoints that the library has, by their names in small letters."""
    wanted = {name.lower() for name in names}
    found = Touchpoint.objects.of(workspace).kept().annotate(small=Lower("name")).filter(small__in=wanted)
    return {touchpoint.small: touchpoint for touchpoint in found}


def _begin(journey: Journey, placements: list[Placement], *, source: Source, called: str, by: Actor) -> Journey:
    Placement.objects.bulk_create(placements)
    remember_peer_group(*(placement.touchpoint for placement in placements))
    what = {"source": source, "name": called, "count": len(placements)}
    record_change(journey, Step(Verb.START, what), by=by)
    return journey


def _touchpoints(workspace: Workspace, stations: Sequence[Station], by: Actor) -> list[Touchpoint]:
    """The touchpoint of each station: the library's, or a new one."""
    known = known_names(workspace, (station.name for station in stations))
    new = [station for station in stations if station.name.lower() not in known]
    channels = _channels(workspace, new, by)
    facts = [
        {"name": station.name, "channel": channels[station.channel[0]] if station.channel else None, **station.facts}
        for station in new
    ]
    for touchpoint in create_touchpoints(workspace, facts, by=by):
        known[touchpoint.name.lower()] = touchpoint
    return [known[station.name.lower()] for station in stations]


def _channels(workspace: Workspace, stations: Iterable[Station], by: Actor) -> dict[str, Channel]:
    """The channels that these stations name, by the first of each one's names."""
    here = {channel.name.lower(): channel for channel in Channel.objects.of(workspace).kept()}
    found: dict[str, Channel] = {}
    missing: dict[str, dict[str, str]] = {}
    for station in stations:
        if not station.channel:
            continue
        known = next((here[name.lower()] for name in station.channel if name.lower() in here), None)
        if known:
            found[station.channel[0]] = known
        else:
            missing.setdefault(station.channel[0].lower(), {"name": station.channel[0], "icon": station.icon})
    made = {channel.name.lower(): channel for channel in create_channels(workspace, list(missing.values()), by=by)}
    return found | {
        station.channel[0]: made[station.channel[0].lower()]
        for station in stations
        if station.channel and station.channel[0].lower() in made
    }


def _tell_pains(
    workspace: Workspace, stations: Sequence[Station], touchpoints: Sequence[Touchpoint], by: Actor
) -> None:
    """Write down the pain points that are told, but none that its touchpoint has already."""
    told = [(one, text) for station, one in zip(stations, touchpoints, strict=True) for text in station.pains]
    if not told:
        return
    of_them = Insight.objects.of(workspace).kept().filter(kind=InsightKind.PAIN, touchpoint__in=touchpoints)
    known = set(of_them.values_list("touchpoint_id", "text"))
    new = {(one.pk, text): {"touchpoint": one, "kind": InsightKind.PAIN, "text": text} for one, text in told}
    facts = [facts for key, facts in new.items() if key not in known]
    create_insights(workspace, facts, by=by)
