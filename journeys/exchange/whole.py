"""A whole journey as one JSON document from which it can be drawn again; `docs/api.md` describes it.

What stands beside journeys is named, not copied: teams, members, personas. Scores, answers, comments and history stay
where they were observed.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Model

from feedback.models import Insight
from journeys.models import Journey, Lane, LaneCell, MetNeed, Phase, Placement
from workspaces.models import Membership, Team

FORMAT, VERSION = "etappe.journey", 1
OF_JOURNEY = ("name", "note", "category", "standing", "review_date")
OF_PHASE = ("kind", "label")
OF_LANE = ("kind", "name", "shown")
OF_TOUCHPOINT = ("name", "note", "contact", "directness", "device", "importance", "target")
OF_PLACEMENT = (
    "moment_of_truth", "share", "alternative_group", "customer_action", "quote", "expectation", "assumed_emotion",
    "backstage",
)  # fmt: skip
OF_INSIGHT = ("kind", "text", "mentions")
Document = dict[str, Any]


def document_of(journey: Journey) -> Document:
    """The journey with all that is said of it, in as many statements however long it is."""
    phases = list(Phase.objects.of(journey.workspace).filter(journey=journey))
    placements = _placements(journey)
    personas = journey.personas.order_by("name", "pk").values_list("name", flat=True)
    channels = {
        one.touchpoint.channel.name: one.touchpoint.channel.icon for one in placements if one.touchpoint.channel
    }
    return {
        "format": FORMAT,
        "version": VERSION,
        "journey": _facts(journey, OF_JOURNEY)
        | {"owner": _owner(journey.owner), "personas": list(personas), "part_of": _part_of(journey)},
        "channels": [{"name": name, "icon": icon} for name, icon in sorted(channels.items())],
        "phases": [_facts(phase, OF_PHASE) for phase in phases],
        "lanes": [_facts(lane, OF_LANE) for lane in Lane.objects.of(journey.workspace).kept().filter(journey=journey)],
        "touchpoints": _touchpoints(journey, phases, placements),
    }


def _placements(journey: Journey) -> list[Placement]:
    standing = Placement.objects.of(journey.workspace).kept().filter(journey=journey).order_by("position")
    owned = ("touchpoint__channel", "touchpoint__owner_team", "touchpoint__owner_member__user")
    return list(standing.select_related(*owned))


def _touchpoints(journey: Journey, phases: Iterable[Phase], placements: Iterable[Placement]) -> list[Document]:
    insights: dict[int, list[Document]] = defaultdict(list)
    heard = Insight.objects.of(journey.workspace).kept().filter(touchpoint__placements__in=placements)
    for insight in heard.order_by("-mentions", "kind", "text", "pk"):
        insights[insight.touchpoint_id].append(_facts(insight, OF_INSIGHT))
    here = {"journey": journey, "placement__archived_at": None}
    cells: dict[int, Document] = defaultdict(dict)
    for cell in LaneCell.objects.of(journey.workspace).filter(**here, lane__archived_at=None).select_related("lane"):
        cells[cell.placement_id][cell.lane.name] = cell.text if cell.number is None else _plain(cell.number)
    needs: dict[int, list[Document]] = defaultdict(list)
    met = MetNeed.objects.of(journey.workspace).filter(**here).select_related("persona")
    for need in met.order_by("persona__name", "need"):
        needs[need.placement_id].append({"persona": need.persona.name, "need": need.need, "how_well": need.how_well})
    return [
        {
            "phase": phase.kind,
            **_facts(one.touchpoint, OF_TOUCHPOINT),
            "channel": one.touchpoint.channel and one.touchpoint.channel.name,
            "owner": _owner(one.touchpoint.owner),
            "insights": insights[one.touchpoint_id],
            "placement": _facts(one, OF_PLACEMENT),
            "cells": dict(sorted(cells[one.pk].items())),
            "needs": needs[one.pk],
        }
        for phase in phases
        for one in placements
        if one.phase_id == phase.pk
    ]


def _facts(row: Model, names: Iterable[str]) -> Document:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value.isoformat() if isinstance(value, datetime.date) else value


def _part_of(journey: Journey) -> Document | None:
    """The journey above by its name, and the touchpoint or the kind of phase there that opens this one."""
    at = journey.opened_at
    if at is None:
        return None
    there = {"phase": at.kind} if isinstance(at, Phase) else {"touchpoint": at.touchpoint.name}
    return {"journey": at.journey.name, **there}


def _owner(owner: Team | Membership | None) -> Document | None:
    if owner is None:
        return None
    return {"team": owner.name} if isinstance(owner, Team) else {"member": str(owner)}
