"""Names written in place on a map: of a touchpoint, of a phase. What is wrong is said beside the field."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from journeys.actions.placements import label_phase
from journeys.actions.refusals import MovedOn
from journeys.actions.renaming import rename_touchpoint
from journeys.forms.placements import LabelForm, NameForm
from journeys.models import Phase
from journeys.views.answers import refused_in_place, saved
from journeys.views.placements import cleaned
from journeys.views.rows import the_journey, the_placement
from workspaces.access import WorkspaceRequest, door, row
from workspaces.errors import Refused, Stale
from workspaces.models import Role


@require_POST
@door(Role.EDITOR)
def rename(request: WorkspaceRequest, journey_id: int, placement_id: int) -> HttpResponse:
    """Give a touchpoint another name."""
    placement = the_placement(request, journey_id, placement_id)
    try:
        change = rename_touchpoint(placement, **cleaned(NameForm(request.POST)), by=request.user)
    except Stale as stale:
        reason = _both(stale, request.POST["name"])
        return refused_in_place(request, placement.journey, reason, placement=placement_id)
    except Refused as reason:
        return refused_in_place(request, placement.journey, reason, placement=placement_id)
    return saved(request, placement.journey, change, placement=placement_id)


@require_POST
@door(Role.EDITOR)
def label(request: WorkspaceRequest, journey_id: int, phase_id: int) -> HttpResponse:
    """Give a phase another name."""
    journey = the_journey(request, journey_id)
    phase = row(Phase, request, pk=phase_id, journey=journey)
    phase.journey = journey
    try:
        change = label_phase(phase, **cleaned(LabelForm(request.POST)), by=request.user)
    except Stale as stale:
        reason = _both(stale, request.POST["label"])
        return refused_in_place(request, journey, reason, phases=[phase_id])
    except Refused as reason:
        return refused_in_place(request, journey, reason, phases=[phase_id])
    return saved(request, journey, change)


def _both(stale: Stale, yours: str) -> MovedOn:
    """Why a name was not taken: what stands there by now, and what the person wrote."""
    both = {"stored": stale.current, "yours": yours}
    return MovedOn(
        _("Somebody changed this meanwhile; it is called “%(stored)s”. Save again to call it “%(yours)s”.") % both
    )
