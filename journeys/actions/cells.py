"""Writing in the lanes of a map: one thing about one touchpoint at a time."""

from typing import Any

from django.utils.translation import gettext as _

from journeys.actions.history import record_change
from journeys.actions.locking import changes_map, lock
from journeys.actions.refusals import MovedOn
from journeys.actions.steps import reread, rewrite
from journeys.models import Change, Placement
from workspaces.errors import Stale
from workspaces.models import Actor


@changes_map
def write_cell(placement: Placement, *, field: str, was: Any, value: Any, by: Actor) -> Change | None:
    """Let one field of a placement, which said `was` when the person began, say `value`. Twice is harmless.

    What others did to the touchpoint otherwise, such as moving it, is no conflict. Raises `Stale` when the field says
    something else by now, and `MovedOn` when the touchpoint was taken off the map.
    """
    journey = lock(placement.journey)
    here = reread(journey, placement.pk)[placement.pk]
    if here.archived_at is not None:
        raise MovedOn(_("“%(name)s” has been taken off the map.") % {"name": here})
    stored = getattr(here, field)
    if stored == value:
        return None
    if stored != was:
        raise Stale(here)
    return record_change(journey, rewrite(here, {field: value}), by=by)
