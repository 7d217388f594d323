"""The steps of which all changes of a locked journey's map consist; each says what it did, for `record_change`.

Positions in a phase are dense from 0, whatever happens. Renumbering raises no version, so it is nobody's conflict.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Field, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.actions.refusals import MovedOn
from journeys.models import Journey, Lane, LaneCell, LaneKind, MetNeed, Phase, Placement, Verb
from journeys.statements import MOVE, PEER_GROUP, PREVIOUS
from touchpoints.models import Touchpoint
from workspaces.errors import Refused


@dataclass(frozen=True)
class Step:
    """Something done to a map. `what`: to which placement or phase, with names that outlive them; `undo`: from what."""

    verb: Verb
    what: dict[str, Any]
    undo: dict[str, Any] = field(default_factory=dict)


def kept(journey: Journey) -> "QuerySet[Placement]":
    """What stands on the map."""
    placements: QuerySet[Placement] = Placement.objects.of(journey.workspace).kept().filter(journey=journey)
    return placements


def reread(journey: Journey, *ids: int) -> dict[int, Placement]:
    """These placements of a locked journey as they are now, with their touchpoint and `previous`, whom they follow."""
    found: dict[int, Placement] = (
        Placement.objects.of(journey.workspace)
        .filter(journey=journey)
        .select_related("touchpoint")
        .annotate(previous=RawSQL(PREVIOUS, ()))  # noqa: S611 - no visitor's words; what the ORM makes of it costs more
        .in_bulk(ids)
    )
    for placement in found.values():
        placement.journey = journey
    return found


def position_after(after: Placement | None, phase: int, moving: Placement | None = None) -> int:
    """Which position follows `after` in a phase, or leads it: counted without `moving`, if that stands there already.

    Raises `MovedOn` when `after` no longer stands in the phase.
    """
    if after is None:
        return 0
    if after.phase_id != phase or after.position is None:
        raise MovedOn(_("“%(name)s”, which it was to follow, is no longer there.") % {"name": after})
    stands_before = (
        moving is not None
        and moving.phase_id == phase
        and moving.position is not None
        and moving.position < after.position
    )
    return after.position + (0 if stands_before else 1)


def move(journey: Journey, placement: Placement, phase: int, position: int) -> Step:
    """Put a standing placement there and close ranks behind it: one statement, and one version."""
    assert placement.position is not None
    step = Step(Verb.MOVE, {**named(placement), "from": placement.phase_id, "to": phase}, place_of(placement))
    run(
        MOVE,
        placement=placement.pk,
        source=placement.phase_id,
        was=placement.position,
        target=phase,
        position=position,
        now=timezone.now(),
    )
    placement.phase_id, placement.position, placement.version = phase, position, placement.version + 1
    if step.what["from"] != phase:
        remember_peer_group(placement.touchpoint)
    return step


def take_off(journey: Journey, placement: Placement) -> Step:
    """Archive a standing placement and close ranks."""
    step = Step(Verb.ARCHIVE, {**named(placement), "from": placement.phase_id}, place_of(placement))
    kept(journey).filter(phase=placement.phase_id, position__gt=placement.position).update(position=F("position") - 1)
    placement.position, placement.archived_at = None, timezone.now()
    placement.version += 1
    placement.save(update_fields=["position", "archived_at", "version", "updated_at"])
    remember_peer_group(placement.touchpoint)
    return step


def put_on(journey: Journey, placement: Placement, phase: int, position: int) -> Step:
    """Let a new placement, or an archived one, stand there; those behind it make room."""
    kept(journey).filter(phase=phase, position__gte=position).update(position=F("position") + 1)
    new = placement.pk is None
    placement.phase_id, placement.position, placement.archived_at = phase, position, None
    placement.version += not new
    placement.save()
    remember_peer_group(placement.touchpoint)
    return Step(Verb.PLACE if new else Verb.RESTORE, {**named(placement), "to": phase})


def rewrite(thing: Placement | Phase, facts: Mapping[str, Any]) -> Step:
    """Give a placement or a phase other texts or figures."""
    before = {name: _as_json(getattr(thing, name)) for name in facts}
    for name, value in facts.items():
        setattr(thing, name, cast("Field[Any, Any]", thing._meta.get_field(name)).to_python(value))
    thing.version += 1
    thing.save()
    return Step(Verb.LABEL if isinstance(thing, Phase) else Verb.EDIT, named(thing), before)


def arrange_lane(lane: Lane, facts: Mapping[str, Any]) -> Step:
    """Show, hide, rename or move a lane of a locked journey; `position` None takes it off, another one puts it there.

    Raises `Refused` when the journey has a lane of that name.
    """
    before = {name: getattr(lane, name) for name in facts}
    for name, value in facts.items():
        setattr(lane, name, value)
    lane.archived_at = timezone.now() if lane.position is None else None
    if "position" in facts:
        kept_lanes = Lane.objects.of(lane.workspace).kept().filter(journey=lane.journey_id)
        others = list(kept_lanes.exclude(pk=lane.pk))
        if lane.position is not None:
            lane.position = min(lane.position, len(others))
            others.insert(lane.position, lane)
        for position, other in enumerate(others):
            other.position = position
        Lane.objects.bulk_update([other for other in others if other.pk != lane.pk], ["position"])
    lane.version += 1
    try:
        with transaction.atomic():
            lane.save()
    except IntegrityError as taken:
        raise Refused(_("This journey has a lane of that name already.")) from taken
    return Step(
        Verb.LANE, {**named(lane), "said": list(facts), "shown": lane.shown, "gone": lane.position is None}, before
    )


def write_in(lane: Lane, placement: Placement, value: str | Decimal | None) -> Step:
    """Let a team's own lane tell that of a touchpoint; empty, or None, nothing."""
    cells = LaneCell.objects.of(lane.workspace).filter(lane=lane, placement=placement)
    before = told_in(lane, cells.first())
    if value in {"", None}:
        cells.delete()
    else:
        told = {"number": value} if lane.kind == LaneKind.NUMBER else {"text": value}
        place = {"workspace": lane.workspace, "journey": placement.journey, "lane": lane, "placement": placement}
        LaneCell.objects.update_or_create(lane=lane, placement=placement, defaults=told, create_defaults=place | told)
    return Step(Verb.CELL, {**named(placement), "in": lane.pk, "said": str(lane)}, {"value": _as_json(before)})


def told_in(lane: Lane, cell: LaneCell | None) -> str | Decimal | None:
    """What a cell of a team's own lane says: a text, maybe empty, or a number, or None."""
    if lane.kind == LaneKind.NUMBER:
        return cell.number if cell else None
    return cell.text if cell else ""


def meet_needs(placement: Placement, needs: Iterable[tuple[int, str, str]]) -> Step:
    """Link a touchpoint with exactly these needs, each a persona's id, its words and how well it is met."""
    linked = MetNeed.objects.of(placement.workspace).filter(placement=placement)
    before = [list(need) for need in linked.order_by("id").values_list("persona", "need", "how_well")]
    linked.delete()
    place = {"workspace": placement.workspace, "journey": placement.journey, "placement": placement}
    MetNeed.objects.bulk_create(
        MetNeed(persona_id=persona, need=need, how_well=how_well, **place) for persona, need, how_well in needs
    )
    return Step(Verb.NEEDS, named(placement), {"needs": before})


def place_of(placement: Placement) -> dict[str, Any]:
    """Where a placement found by `reread` stands, as a change's `undo` keeps it."""
    after = placement.previous  # type: ignore[attr-defined]
    return {"phase": placement.phase_id, "position": placement.position, "after": after}


def named(thing: Placement | Phase | Lane) -> dict[str, Any]:
    """How a change's `what` names a placement, a phase or a lane."""
    return {str(thing._meta.model_name): thing.pk, "name": str(thing)}


def _as_json(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def remember_peer_group(*touchpoints: Touchpoint) -> None:
    """Write down for each the phase of most of its placements, by which its priors are fitted: one statement."""
    run(PEER_GROUP, touchpoints=[touchpoint.pk for touchpoint in touchpoints])


def run(statement: str, **values: Any) -> None:
    """Send one of `journeys.statements`."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
