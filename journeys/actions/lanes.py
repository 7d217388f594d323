"""Verbs for the lanes of a map: which are shown, in which order, and a team's own."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.actions.history import record_change
from journeys.actions.locking import changes_map, lock
from journeys.actions.refusals import MovedOn
from journeys.actions.steps import arrange_lane
from journeys.models import MOST_OWN, OWN, Change, Journey, Lane, LaneCell, LaneKind, MetNeed, Placement
from workspaces.errors import Refused, Stale
from workspaces.models import Actor

LAST = 10_000  # a position behind all others
GROUPED = re.compile(r"[-−+]?\d{1,3}(?:[.,]\d{3})+")


@changes_map
def add_lane(journey: Journey, *, name: str, kind: str, by: Actor, shown: bool = True) -> Change:
    """A lane of the team's own, last on the map; `kind`: of texts or of numbers.

    Raises `Refused` when the journey has one of that name, or as many as it may have.
    """
    journey = lock(journey)
    own = Lane.objects.of(journey.workspace).kept().filter(journey=journey, kind__in=OWN)
    if own.count() >= MOST_OWN:
        raise Refused(_("A journey has at most %(number)d lanes of its own.") % {"number": MOST_OWN})
    lane = Lane(workspace=journey.workspace, journey=journey, kind=kind, name=name, shown=shown)
    lane.archived_at = timezone.now()  # until it has its place
    lane.save()
    return record_change(journey, arrange_lane(lane, {"position": LAST}), by=by)


@changes_map
def show_lane(lane: Lane, *, shown: bool, by: Actor) -> Change | None:
    """Show a lane, or hide it; what stands in it stays. Twice is harmless."""
    return _arrange(lane, {"shown": shown}, by)


@changes_map
def move_lane(lane: Lane, *, after: Lane | None, by: Actor) -> Change | None:
    """Let a lane follow another, or lead. Where it stands there already nothing happens."""
    journey = lock(lane.journey)
    others = [one for one in _standing(journey) if one.pk != lane.pk]
    if after and after.pk not in [one.pk for one in others]:
        raise MovedOn(_("“%(name)s”, which it was to follow, is no longer there.") % {"name": after})
    position = [one.pk for one in others].index(after.pk) + 1 if after else 0
    return _arrange(lane, {"position": position}, by)


@changes_map
def rename_lane(lane: Lane, *, name: str, by: Actor) -> Change | None:
    """Call one of the team's own lanes otherwise. Raises `Refused` when the journey has one of that name."""
    return _arrange(lane, {"name": name}, by)


@changes_map
def remove_lane(lane: Lane, *, by: Actor) -> Change | None:
    """Take one of the team's own lanes off the map; undo brings it back with all that stands in it."""
    return _arrange(lane, {"position": None}, by)


@changes_map
def restore_lane(lane: Lane, *, by: Actor) -> Change | None:
    """Put a lane that was removed back, last on the map, with all that stands in it. Twice is harmless."""
    journey = lock(lane.journey)
    now = _now(lane, journey)
    return record_change(journey, arrange_lane(now, {"position": LAST}), by=by) if now.position is None else None


@changes_map
def edit_lane(lane: Lane, *, version: int, by: Actor, **facts: Any) -> Change | None:
    """Show or hide a lane, or rename one of the team's own. Raises `Stale` when somebody changed it after `version`."""
    return _arrange(lane, facts, by, version=version)


def copy_lanes(journey: Journey, copy: Journey) -> None:
    """Give a new journey the lanes of another one with all that they tell of its touchpoints, which stand on both."""
    Lane.objects.of(copy.workspace).filter(journey=copy).delete()
    here = {"workspace": copy.workspace, "journey": copy}
    placements = dict(Placement.objects.of(copy.workspace).filter(journey=copy).values_list("touchpoint", "pk"))
    lanes = {
        lane.pk: Lane(kind=lane.kind, name=lane.name, position=lane.position, shown=lane.shown, **here)
        for lane in _standing(journey)
    }
    Lane.objects.bulk_create(lanes.values())
    cells = LaneCell.objects.of(journey.workspace).filter(lane__in=lanes, placement__archived_at=None)
    LaneCell.objects.bulk_create(
        LaneCell(
            lane=lanes[cell.lane_id],
            placement_id=placements[cell.placement.touchpoint_id],
            text=cell.text,
            number=cell.number,
            **here,
        )
        for cell in cells.select_related("placement")
    )
    needs = MetNeed.objects.of(journey.workspace).filter(journey=journey, placement__archived_at=None)
    MetNeed.objects.bulk_create(
        MetNeed(
            placement_id=placements[need.placement.touchpoint_id],
            persona_id=need.persona_id,
            need=need.need,
            how_well=need.how_well,
            **here,
        )
        for need in needs.select_related("placement")
    )


def tell_lanes(journey: Journey, told: Mapping[int, Mapping[str, str]]) -> None:
    """Give a new journey lanes of the team's own, last on the map. `told`: by placement, what each tells, by its name.

    A lane that holds nothing but numbers is one of numbers.
    """
    names = list(dict.fromkeys(name for lanes in told.values() for name in lanes))
    here = {"workspace": journey.workspace, "journey": journey}
    last = len(_standing(journey))
    lanes = {}
    for position, name in enumerate(names, start=last):
        numbers = all(_number(lanes[name]) is not None for lanes in told.values() if name in lanes)
        kind = LaneKind.NUMBER if numbers else LaneKind.TEXT
        lanes[name] = Lane(kind=kind, name=name, position=position, **here)
    Lane.objects.bulk_create(lanes.values())
    LaneCell.objects.bulk_create(
        LaneCell(
            lane=lanes[name],
            placement_id=placement,
            text="" if lanes[name].kind == LaneKind.NUMBER else text,
            number=_number(text) if lanes[name].kind == LaneKind.NUMBER else None,
            **here,
        )
        for placement, cells in told.items()
        for name, text in cells.items()
    )


def _number(text: str) -> Decimal | None:
    """The number that a text is, as a lane of numbers keeps it, with a point or a comma; else None.

    What may be thousands as well as decimals, such as 1,234, is nobody's to decide here: it stays a text.
    """
    if GROUPED.fullmatch(text.strip()):
        return None
    field = LaneCell._meta.get_field("number")
    try:
        number: Decimal = field.clean(text.strip().replace(",", ".").replace("−", "-"), None)
    except ValidationError:
        return None
    return number


def _arrange(lane: Lane, facts: dict[str, Any], by: Actor, *, version: int | None = None) -> Change | None:
    """Give a lane these facts. Raises `Stale` when it has another version, where one is said."""
    journey = lock(lane.journey)
    now = _now(lane, journey)
    if all(getattr(now, name) == value for name, value in facts.items()):
        return None
    if version not in {None, now.version}:
        raise Stale(now)
    if now.position is None:
        raise MovedOn(_("“%(name)s” has been taken off the map.") % {"name": now})
    if not now.is_own and ("name" in facts or facts.get("position", 0) is None):
        raise Refused(_("Only a team's own lanes can be renamed and removed."))
    if now.kind == LaneKind.TOUCHPOINTS and not facts.get("shown", True):
        raise Refused(_("A map always shows its touchpoints."))
    return record_change(journey, arrange_lane(now, facts), by=by)


def _now(lane: Lane, journey: Journey) -> Lane:
    now: Lane = Lane.objects.of(journey.workspace).get(pk=lane.pk)
    now.journey = journey
    return now


def _standing(journey: Journey) -> list[Lane]:
    return list(Lane.objects.of(journey.workspace).kept().filter(journey=journey))
