"""Writing in the lanes of a map."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from journeys.actions.cells import write_cell
from journeys.actions.refusals import MovedOn
from journeys.forms.cells import CellForm
from journeys.views.answers import refused, saved
from journeys.views.placements import cleaned
from journeys.views.rows import the_placement
from workspaces.access import WorkspaceRequest, door
from workspaces.errors import Refused, Stale
from workspaces.models import Role


@require_POST
@door(Role.EDITOR)
def write(request: WorkspaceRequest, journey_id: int, placement_id: int) -> HttpResponse:
    """Write in one cell: `field`, `was` and `text`. A text that somebody else changed meanwhile is told, with both."""
    placement = the_placement(request, journey_id, placement_id)
    try:
        said = cleaned(CellForm(request.POST))
        change = write_cell(placement, field=said["field"], was=said["was"], value=said["value"], by=request.user)
    except Stale as stale:
        both = {"stored": getattr(stale.current, said["field"]), "yours": said["text"]}
        reason = MovedOn(_("Somebody wrote “%(stored)s” here meanwhile. You wrote “%(yours)s”.") % both)
        return refused(request, placement.journey, reason, placement=placement_id)
    except Refused as reason:
        return refused(request, placement.journey, reason, placement=placement_id)
    return saved(request, placement.journey, change, placement=placement_id)
