"""Writing in the lanes of a map: one thing about one touchpoint at a time."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from journeys.actions.history import record_change
from journeys.actions.locking import changes_map, lock
from journeys.actions.refusals import MovedOn
from journeys.actions.steps import meet_needs, reread, rewrite, told_in, write_in
from journeys.models import Change, Journey, Lane, LaneCell, MetNeed, Placement
from workspaces.models import Actor

Need = tuple[int, str, str]  # a persona's id, the need in its words, how well it is met


@changes_map
def write_cell(placement: Placement, *, lane: str | Lane, was: Any, value: Any, by: Actor) -> Change | None:
    """Let a cell, which said `was` when the person began, say `value`. Twice is harmless.

    `lane`: the field of the placement that is told there, or one of the team's own lanes. What others did to the
    touchpoint otherwise, such as moving it, is no conflict. Raises `MovedOn`, with both texts, when the cell says
    something else by now, and when the touchpoint or the lane was taken off the map.
    """
    journey, here = _standing(placement)
    if isinstance(lane, Lane):
        lane = _kept(lane)
        cell = LaneCell.objects.of(journey.workspace).filter(lane=lane, placement=here).first()
        stored: Any = told_in(lane, cell)
    else:
        stored = getattr(here, lane)
    if stored == value:
        return None
    if stored != was:
        both = {"stored": stored or "", "yours": value or ""}
        raise MovedOn(_("Somebody wrote “%(stored)s” here meanwhile. You wrote “%(yours)s”.") % both)
    step = write_in(lane, here, value) if isinstance(lane, Lane) else rewrite(here, {lane: value})
    return record_change(journey, step, by=by)


@changes_map
def link_needs(placement: Placement, *, was: Sequence[Need], needs: Sequence[Need], by: Actor) -> Change | None:
    """Say which needs of its personas a touchpoint is there for, and how well it meets each. Twice is harmless.

    Raises `MovedOn` when somebody linked others since the person saw `was`.
    """
    journey, here = _standing(placement)
    stored = sorted(linked(here))
    if stored == sorted(needs):
        return None
    if stored != sorted(was):
        raise MovedOn(_("Somebody has linked other needs meanwhile. Yours were not saved."))
    return record_change(journey, meet_needs(here, needs), by=by)


def linked(placement: Placement) -> list[Need]:
    """The needs with which a touchpoint is linked on its journey."""
    rows = MetNeed.objects.of(placement.workspace).filter(placement=placement)
    return list(rows.values_list("persona_id", "need", "how_well"))


def _standing(placement: Placement) -> tuple[Journey, Placement]:
    journey = lock(placement.journey)
    here = reread(journey, placement.pk)[placement.pk]
    if here.archived_at is not None:
        raise MovedOn(_("“%(name)s” has been taken off the map.") % {"name": here})
    return journey, here


def _kept(lane: Lane) -> Lane:
    now: Lane = Lane.objects.of(lane.workspace).get(pk=lane.pk)
    if now.archived_at is not None:
        raise MovedOn(_("“%(name)s” has been taken off the map.") % {"name": now})
    return now
