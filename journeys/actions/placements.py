"""Verbs that change which touchpoints stand on a journey's map, where, and what is said of them there."""

from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from journeys.actions.history import record_change
from journeys.actions.locking import changes_map, lock
from journeys.actions.refusals import MovedOn, changed_since
from journeys.actions.several import may_stand_again
from journeys.actions.steps import kept, move, position_after, put_on, reread, rewrite, take_off
from journeys.models import Change, Journey, Phase, Placement, Verb
from touchpoints.models import Touchpoint
from workspaces.access import locked
from workspaces.actions.keeping import differs
from workspaces.errors import Refused, Stale
from workspaces.models import Actor


@changes_map
def move_placement(
    placement: Placement, *, to_phase: Phase, after: Placement | None, version: int, by: Actor
) -> Change | None:
    """Let a touchpoint follow `after` in `to_phase`, or lead it when `after` is None.

    Where it stands there already nothing happens: the same move twice is one move. Raises `MovedOn` when this
    placement itself has changed since `version`, or `after` has left the phase; what others did around it is no
    conflict.
    """
    journey = lock(placement.journey)
    found = reread(journey, placement.pk, *([after.pk] if after else []))
    here, neighbour = found[placement.pk], found[after.pk] if after else None
    _refuse_if_taken_off(here)
    position = position_after(neighbour, to_phase.pk, here)
    if (here.phase_id, here.position) == (to_phase.pk, position):
        return None
    if here.version != version:
        raise changed_since(_last_at(journey, here), here)
    return record_change(journey, move(journey, here, to_phase.pk, position), by=by)


@changes_map
def place_touchpoint(
    journey: Journey, touchpoint: Touchpoint, *, phase: Phase, after: Placement | None, by: Actor, **facts: Any
) -> Change | None:
    """Let a touchpoint of the library stand on this journey behind `after`, or first in the phase.

    `facts`: what is particular to it here, as for `edit_placement`. Where it stands there already nothing happens.
    Raises `Refused` when it is archived or stands elsewhere on this journey, and `MovedOn` when `after` has left.
    """
    journey = lock(journey)
    if touchpoint.archived_at is not None:
        raise Refused(_("“%(name)s” is archived. Restore it first.") % {"name": touchpoint})
    if there := kept(journey).filter(touchpoint=touchpoint).values_list("pk", flat=True).first():
        standing = reread(journey, there)[there]
        if (standing.phase_id, standing.previous) == (phase.pk, after and after.pk):  # type: ignore[attr-defined]
            return None
        raise Refused(_("“%(name)s” already stands on this journey.") % {"name": touchpoint})
    neighbour = reread(journey, after.pk)[after.pk] if after else None
    placement = Placement(workspace=journey.workspace, journey=journey, touchpoint=touchpoint, **facts)
    step = put_on(journey, placement, phase.pk, position_after(neighbour, phase.pk))
    return record_change(journey, step, by=by)


@changes_map
def archive_placement(placement: Placement, *, by: Actor) -> Change | None:
    """Take a touchpoint off this map; it stays in the library with its history. Twice is harmless."""
    journey = lock(placement.journey)
    here = reread(journey, placement.pk)[placement.pk]
    return record_change(journey, take_off(journey, here), by=by) if here.archived_at is None else None


@changes_map
def restore_placement(placement: Placement, *, by: Actor) -> Change | None:
    """Put a touchpoint that was taken off the map back, last in its phase. Twice is harmless.

    Raises `Refused` when it stands on this journey again, or is archived in the library.
    """
    journey = lock(placement.journey)
    here = reread(journey, placement.pk)[placement.pk]
    if here.archived_at is None:
        return None
    may_stand_again(journey, [here])
    last = kept(journey).filter(phase=here.phase_id).count()
    return record_change(journey, put_on(journey, here, here.phase_id, last), by=by)


@changes_map
def edit_placement(placement: Placement, *, version: int, by: Actor, **facts: Any) -> Change | None:
    """Say of a touchpoint on this map what is particular to it here. An edit that changes nothing is harmless.

    Raises `Stale` when somebody else changed the placement after `version`, `MovedOn` when it was taken off the map.
    """
    return _reworded(placement, version, facts, by)


@changes_map
def label_phase(phase: Phase, *, label: str, version: int, by: Actor) -> Change | None:
    """Call a phase what the team calls it; blank means the translated name of its kind. Raises `Stale` likewise."""
    return _reworded(phase, version, {"label": label}, by)


def _reworded(thing: Placement | Phase, version: int, facts: dict[str, Any], by: Actor) -> Change | None:
    journey = lock(thing.journey)
    try:
        now = locked(thing, version)
    except Stale as stale:
        if not differs(stale.current, facts):
            return None  # sent twice
        _refuse_if_taken_off(stale.current)
        raise
    _refuse_if_taken_off(now)
    return record_change(journey, rewrite(now, facts), by=by) if differs(now, facts) else None


def _last_at(journey: Journey, placement: Placement) -> Actor | None:
    """Who changed the placement last, alone or with others."""
    alone, among = Q(what__placement=placement.pk), Q(what__parts__contains=[{"placement": placement.pk}])
    last = journey.changes.filter(alone | among).exclude(verb=Verb.OPEN).select_related("by", "token").first()
    return last.author if last else None


def _refuse_if_taken_off(thing: Model) -> None:
    if isinstance(thing, Placement) and thing.archived_at is not None:
        raise MovedOn(_("“%(name)s” has been taken off the map.") % {"name": thing})
