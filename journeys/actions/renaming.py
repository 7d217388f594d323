"""What a touchpoint is called, changed from a map."""

from django.utils.translation import gettext as _

from journeys.actions.history import record_change
from journeys.actions.library_facts import Gift, give
from journeys.actions.locking import changes_map, lock
from journeys.actions.refusals import MovedOn
from journeys.actions.steps import reread
from journeys.models import Change, Placement, Verb
from touchpoints.actions.several import hold_touchpoints
from workspaces.errors import Stale
from workspaces.models import Actor


@changes_map
def rename_touchpoint(placement: Placement, *, name: str, version: int, by: Actor) -> Change | None:
    """Call the touchpoint of a placement otherwise: in the library, and so on every journey. Twice is harmless.

    `version` is the touchpoint's. Raises `Stale` when somebody else changed it since, `MovedOn` when it was taken off
    the map, and `Refused` when another touchpoint has the name.
    """
    journey = lock(placement.journey)
    here = reread(journey, placement.pk)[placement.pk]
    if here.archived_at is not None:
        raise MovedOn(_("“%(name)s” has been taken off the map.") % {"name": here})
    touchpoints = hold_touchpoints(journey.workspace, [here.touchpoint_id])
    touchpoint = touchpoints[here.touchpoint_id]
    if touchpoint.name == name:
        return None
    if touchpoint.version != version:
        raise Stale(touchpoint)
    return record_change(journey, give([here], touchpoints, Gift(Verb.NAME, {"name": name}, name), by=by), by=by)
