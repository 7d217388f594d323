"""A map with everything that is known of what stands on it, as plain values that JSON can say, today's or a past one.

What is shown of a score is what the page's map shows of it: `board` reads both.
"""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from journeys.board import Beside, MapLane, MapPhase, map_of, read_beside, rows
from journeys.figures_in_full import (
    Told,
    above_in_full,
    beside_in_full,
    change_in_full,
    feelings_in_full,
    health_in_full,
    nps_in_full,
    opened_in_full,
    rolled_up_in_full,
)
from journeys.models import Journey, Phase
from journeys.nps import Nps, asked_for, nps_from
from journeys.placed import ASKED, MapTouchpoint, seen_as
from journeys.statements_in_full import (
    GLANCE_IN_FULL,
    LEARNED_HERE,
    STANDING_IN_FULL,
)
from journeys.then import insights_before, stood_on
from journeys.tree import Above, Tree
from personas.models import LISTS, Persona
from touchpoints.borders import borders_of
from touchpoints.changes import Changes, changes_in
from touchpoints.periods import USUAL, last_days

NEED = ("persona", "name", "need", "how_well")
INSIGHT = ("id", "kind", "text", "mentions", "version")


class FullGlance(NamedTuple):
    """What is known of a map before it is read: phases, personas and NPS, and a text that changes with all the rest.

    `above`: the journeys above it, the uppermost first.
    """

    phases: list[Told]
    personas: list[Told]
    above: list[Above]
    digest: str
    nps: Nps
    changes: Changes


class Row(NamedTuple):
    """A placement with its touchpoint, as TOLD has them: what the page's map shows, and the rest."""

    shown: MapTouchpoint
    note: str
    contact: str
    directness: str
    device: str
    score_version: int | None
    last_heard: datetime.date | None


def glance_in_full(journey: Journey, persona: Persona | None, *, day: datetime.date) -> FullGlance:
    """Look at a map without reading it: one statement, and one for changes that this process does not know yet.

    The journey's own row is not part of it. NPS and changes are of the usual period up to that local day, counted from
    all answers of then that are here now.
    """
    period, whose = last_days(USUAL, day), persona.pk if persona else None
    asked = asked_for(journey, period=period, persona=whose)
    found = rows(GLANCE_IN_FULL[persona is not None], journey=journey.pk, **asked)[0]
    phases, personas, above, digest, counted, stamp = found
    changes = changes_in(journey.workspace, period, persona=whose, stamp=stamp)
    ways_up = [Above(*one) for one in above]
    return FullGlance(phases, personas, ways_up, digest, nps_from(counted, journey), changes)


def read_full(journey: Journey, glanced: FullGlance, *, today: datetime.date, persona: Persona | None) -> Told:
    """The map as it stands, of all customers or one persona: three statements."""
    of_one, whose = _whose(persona)
    found = rows(STANDING_IN_FULL[of_one], journey=journey.pk, **whose)
    standing = [_row(row, journey, glanced.changes) for row in found]
    phases = [Phase(**phase) for phase in glanced.phases]
    insights = rows(LEARNED_HERE, journey=journey.pk)
    beside = read_beside(journey, persona=persona.pk if persona else None)
    told = _facts(journey, glanced, today, persona) | _map(journey, phases, standing, insights, beside.below)
    return told | {"lanes": _tell_lanes(beside, told["phases"])}


def read_past(journey: Journey, glanced: FullGlance, *, day: datetime.date, persona: Persona | None) -> Told:
    """The map as it stood when that local day ended, with the scores as they were known then: five statements.

    Names and whatever else the history does not keep are today's. What has been purged since is left out, and so are
    lanes and needs: the history tells what was written in them, but not of lanes and personas that are gone.
    """
    stood = stood_on(
        journey, [Phase(**phase) for phase in glanced.phases], day=day, persona=persona.pk if persona else None
    )
    journey.revision = stood.revision  # told as it was, not stored
    standing = [_row(row, journey, glanced.changes) for row in stood.rows]
    told = _map(journey, stood.phases, standing, insights_before(stood, journey, day), stood.below)
    return _facts(journey, glanced, day, persona) | told


def _row(row: Sequence[Any], journey: Journey, changes: Changes) -> Row:
    shown = seen_as(tuple(row[:ASKED]), borders_of(journey.workspace))
    return Row(shown._replace(change=changes.of(shown.touchpoint)), *row[ASKED:])


def _whose(persona: Persona | None) -> tuple[bool, dict[str, int]]:
    return persona is not None, {"persona": persona.pk} if persona else {}


def _facts(journey: Journey, glanced: FullGlance, day: datetime.date, persona: Persona | None) -> Told:
    return {
        "id": journey.pk,
        "name": journey.name,
        "note": journey.note,
        "category": journey.category,
        "standing": journey.standing,
        "owner": _owner(journey.owner_team_id, journey.owner_team, journey.owner_member_id, journey.owner_member),
        "review_date": journey.review_date,
        "archived_at": journey.archived_at,
        "version": journey.version + sum(phase["version"] for phase in glanced.phases),  # its `edition`
        "revision": journey.revision,
        "as_of": day,
        "persona": persona and {"id": persona.pk, "name": persona.name},
        "above": [above_in_full(one) for one in glanced.above],
        "nps": nps_in_full(glanced.nps),
        "personas": [_persona(one) for one in glanced.personas],
    }


def _persona(told: Told) -> Told:
    said = told.pop("said") or {}
    return told | {name: said.get(kind, []) for name, kind in LISTS.items()}


def _map(
    journey: Journey,
    phases: list[Phase],
    standing: Sequence[Row],
    insights: Iterable[tuple[Any, ...]],
    below: Tree | None = None,
) -> Told:
    seen = map_of(journey, phases, [row.shown for row in standing], below)
    known, learned = {row.shown.placement: row for row in standing}, _by_touchpoint(insights)
    told = [
        {"position": position, "label": phase.label, **_phase(shown, known, learned, seen.rolled.gains)}
        for position, (phase, shown) in enumerate(zip(phases, seen.phases, strict=True))
    ]
    return {"health": rolled_up_in_full(seen.health) | beside_in_full(seen.rolled), "phases": told}


def _tell_lanes(beside: Beside, phases: Iterable[Told]) -> list[Told]:
    """The lanes; each placement in the phases is told what they say of it, and which needs it meets."""
    lanes, needs, undertaken, _below = beside
    for placement in [placement for phase in phases for placement in phase["placements"]]:
        here = placement["id"]
        placement["lanes"] = {str(lane.id): lane.told[here] for lane in lanes if here in lane.told}
        placement["needs"] = [dict(zip(NEED, need, strict=True)) for need in needs.get(here, ())]
        there = undertaken.get(here, ())
        placement["measures"] = [
            {"id": one.id, "title": one.title, "status": one.status} for one in there if one.kind == "measure"
        ]
        placement["opportunities"] = [{"id": one.id, "title": one.title} for one in there if one.kind != "measure"]
    return [_lane(lane) for lane in lanes]


def _lane(lane: MapLane) -> Told:
    return {"id": lane.id, "kind": lane.kind, "name": lane.name, "label": lane.label, "shown": lane.shown}


def _by_touchpoint(insights: Iterable[tuple[Any, ...]]) -> dict[int, list[Told]]:
    learned: dict[int, list[Told]] = {}
    for touchpoint, *facts in insights:
        learned.setdefault(touchpoint, []).append(dict(zip(INSIGHT, facts, strict=True)))
    return learned


def _phase(
    phase: MapPhase, known: dict[int, Row], learned: dict[int, list[Told]], gains: dict[int, float | None]
) -> Told:
    return {
        "id": phase.id,
        "kind": phase.kind,
        "name": phase.label,
        "version": phase.version,
        "health": rolled_up_in_full(phase.health),
        "opens": opened_in_full(phase.opens),
        "placements": [
            {
                **_placement(known[shown.placement], learned.get(shown.touchpoint, [])),
                "opens": opened_in_full(shown.opens, stands=shown.instead is not None),
                "position": position,
                "station": phase.start + position,
                "priority": gains[shown.placement],
            }
            for position, shown in enumerate(phase.touchpoints)
        ],
    }


def _placement(row: Row, insights: list[Told]) -> Told:
    shown = row.shown
    return {
        "id": shown.placement,
        "version": shown.version,
        "moment_of_truth": shown.moment_of_truth,
        "share": shown.share,
        "alternative_group": shown.alternative_group,
        "customer_action": shown.customer_action,
        "quote": shown.quote,
        "expectation": shown.expectation,
        "assumed_emotion": shown.assumed_emotion,
        "backstage": shown.backstage,
        "feelings": feelings_in_full(shown),
        "touchpoint": {
            "id": shown.touchpoint,
            "version": shown.touchpoint_version,
            "name": shown.name,
            "note": row.note,
            "channel": {"id": shown.channel_id, "name": shown.channel, "icon": shown.icon}
            if shown.channel_id
            else None,
            "contact": row.contact,
            "directness": row.directness,
            "device": row.device,
            "owner": _owner(shown.team, shown.team_name, shown.member, shown.member_name),
            "importance": shown.importance,
            "target": shown.target,
            "archived_at": shown.archived_at,
            "health": {
                **health_in_full(shown, shown.score, shown.sd),
                "change": change_in_full(shown.change),
                "last_heard": row.last_heard,
                "version": row.score_version,
            },
            "insights": insights,
        },
    }


def _owner(team: int | None, team_name: object, member: int | None, member_name: object) -> Told | None:
    if team:
        return {"team": team, "name": str(team_name)}
    return {"member": member, "name": str(member_name)} if member else None


def plain(value: object) -> object:
    """What JSON has no word for: days and times as ISO 8601, times in UTC, feelings as numbers."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON")
