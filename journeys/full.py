"""A map with everything that is known of what stands on it, as plain values that JSON can say, today's or a past one.

What is shown of a score is what the page's map shows of it: `board` reads both.
"""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from journeys.board import JourneyMap, MapPhase, MapTouchpoint, Shown, map_of, rows
from journeys.models import Journey, Phase, Placement
from journeys.past import Done, Layout, walk_back
from journeys.statements_in_full import (
    GLANCE_IN_FULL,
    LAYOUT_SINCE,
    LEARNED_BEFORE,
    LEARNED_HERE,
    STANDING_IN_FULL,
    STOOD_IN_FULL,
)
from personas.models import LISTS, Persona, entries
from touchpoints.health.bands import interval

INSIGHT = ("id", "kind", "text", "mentions", "version")
DAY = datetime.timedelta(days=1)
Told = dict[str, Any]


class FullGlance(NamedTuple):
    """What is known of a map before it is read: phases and personas, and a text that changes with all the rest."""

    phases: list[Told]
    personas: list[Told]
    digest: str


class Row(NamedTuple):
    """A placement with its touchpoint, as TOLD has them. The first ones are those of MapTouchpoint."""

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
    archived_at: datetime.datetime | None
    touchpoint_version: int
    channel: str | None
    icon: str | None
    score: float | None
    sd: float | None
    answers: int | None
    known: bool | None
    alternative_group: str
    customer_action: str
    quote: str
    expectation: Decimal | None
    backstage: str
    note: str
    channel_id: int | None
    contact: str
    directness: str
    device: str
    team: int | None
    team_name: str | None
    member: int | None
    member_name: str | None
    score_version: int | None
    last_heard: datetime.date | None


SEEN = Row._fields.index("known") + 1  # how many of them the page's map shows


def glance_in_full(journey: Journey, persona: Persona | None) -> FullGlance:
    """Look at a map without reading it: one statement. The journey's own row is not part of it."""
    of_one, whose = _whose(persona)
    return FullGlance(*rows(GLANCE_IN_FULL[of_one], journey=journey.pk, **whose)[0])


def read_full(journey: Journey, glanced: FullGlance, *, today: datetime.date, persona: Persona | None) -> Told:
    """The map as it stands, of all customers or one persona: two statements."""
    of_one, whose = _whose(persona)
    standing = [Row._make(row) for row in rows(STANDING_IN_FULL[of_one], journey=journey.pk, **whose)]
    phases = [Phase(**phase) for phase in glanced.phases]
    insights = rows(LEARNED_HERE, journey=journey.pk)
    seen = map_of(journey, phases, [row[:SEEN] for row in standing])
    return _facts(journey, glanced, today, persona) | _map(seen, phases, standing, insights)


def read_past(journey: Journey, glanced: FullGlance, *, day: datetime.date, persona: Persona | None) -> Told:
    """The map as it stood when that local day ended, with the scores as they were known then: three statements.

    Names, and whatever else the history does not keep, are today's. What has been purged since is left out.
    """
    of_one, whose = _whose(persona)
    until = datetime.datetime.combine(day + DAY, datetime.time(), tzinfo=journey.workspace.zone)
    journey.revision, layout = _layout_before(journey, until)  # told as it was, not stored
    phases = [_as_called(phase, layout) for phase in glanced.phases]
    stood = {"journey": journey.pk, "placements": [one for line in layout.phases.values() for one in line]}
    found = {row[0]: Row._make(row) for row in rows(STOOD_IN_FULL[of_one], **stood, day=day, **whose)}
    standing = [
        _as_it_was(found[placement], phase, layout)
        for phase, line in layout.phases.items()
        for placement in line
        if placement in found
    ]
    insights = rows(LEARNED_BEFORE, placements=stood["placements"], until=until)
    seen = map_of(journey, phases, [row[:SEEN] for row in standing])
    return _facts(journey, glanced, day, persona) | _map(seen, phases, standing, insights)


def _whose(persona: Persona | None) -> tuple[bool, dict[str, int]]:
    return persona is not None, {"persona": persona.pk} if persona else {}


def _layout_before(journey: Journey, until: datetime.datetime) -> tuple[int, Layout]:
    (revision, standing, changes), *_ = rows(LAYOUT_SINCE, journey=journey.pk, until=until)
    layout = Layout({})
    for phase, placement in standing:
        layout.phases.setdefault(phase, []).append(placement)
    return revision - len(changes), walk_back(layout, [Done(*change) for change in changes])


def _as_called(phase: Told, layout: Layout) -> Phase:
    label = layout.labels.get(phase["id"], phase["label"])
    return Phase(**phase | {"label": label, "version": phase["version"] - layout.since["phase", phase["id"]]})


def _as_it_was(row: Row, phase: int, layout: Layout) -> Row:
    facts = {
        name: Placement._meta.get_field(name).to_python(value)  # type: ignore[union-attr]
        for name, value in layout.facts.get(row.placement, {}).items()
    }
    version = row.version - layout.since["placement", row.placement]
    return row._replace(phase=phase, version=version, **facts)


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
        "personas": [one | {name: entries(one[name]) for name in LISTS} for one in glanced.personas],
    }


def _map(seen: JourneyMap, phases: list[Phase], standing: Sequence[Row], insights: Iterable[tuple[Any, ...]]) -> Told:
    known, learned = {row.placement: row for row in standing}, _by_touchpoint(insights)
    told = [
        {"position": position, "label": phase.label, **_phase(shown, known, learned)}
        for position, (phase, shown) in enumerate(zip(phases, seen.phases, strict=True))
    ]
    return {"health": _rolled_up(seen.health), "phases": told}


def _by_touchpoint(insights: Iterable[tuple[Any, ...]]) -> dict[int, list[Told]]:
    learned: dict[int, list[Told]] = {}
    for touchpoint, *facts in insights:
        learned.setdefault(touchpoint, []).append(dict(zip(INSIGHT, facts, strict=True)))
    return learned


def _phase(phase: MapPhase, known: dict[int, Row], learned: dict[int, list[Told]]) -> Told:
    return {
        "id": phase.id,
        "kind": phase.kind,
        "name": phase.label,
        "version": phase.version,
        "health": _rolled_up(phase.health),
        "placements": [
            {
                **_placement(known[shown.placement], shown, learned.get(shown.touchpoint, [])),
                "position": position,
                "station": phase.start + position,
            }
            for position, shown in enumerate(phase.touchpoints)
        ],
    }


def _placement(row: Row, shown: MapTouchpoint, insights: list[Told]) -> Told:
    return {
        "id": row.placement,
        "version": row.version,
        "moment_of_truth": row.moment_of_truth,
        "share": row.share,
        "alternative_group": row.alternative_group,
        "customer_action": row.customer_action,
        "quote": row.quote,
        "expectation": row.expectation,
        "assumed_emotion": row.assumed_emotion,
        "backstage": row.backstage,
        "touchpoint": {
            "id": row.touchpoint,
            "version": row.touchpoint_version,
            "name": row.name,
            "note": row.note,
            "channel": {"id": row.channel_id, "name": row.channel, "icon": row.icon} if row.channel_id else None,
            "contact": row.contact,
            "directness": row.directness,
            "device": row.device,
            "owner": _owner(row.team, row.team_name, row.member, row.member_name),
            "importance": row.importance,
            "target": row.target,
            "archived_at": row.archived_at,
            "health": _health(row, shown),
            "insights": insights,
        },
    }


def _health(row: Row, shown: MapTouchpoint) -> Told:
    low = high = None
    if shown.number is not None and row.score is not None and row.sd is not None:
        low, high = interval(row.score, row.sd)
    return {
        "score": shown.number,
        "exact": row.score if low is not None else None,
        "sd": row.sd if low is not None else None,
        "low": low,
        "high": high,
        "answers": row.answers or 0,
        "state": shown.evidence,
        "band": shown.band,
        "last_heard": row.last_heard,
        "version": row.score_version,
    }


def _rolled_up(shown: Shown) -> Told:
    return {
        "score": shown.number,
        "state": "unknown" if shown.number is None else "known",
        "band": shown.band,
        "partial": shown.partial,
        "bands": shown.bands,
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
