"""At what somebody is on a map: told to the others who have it open, and stored nowhere."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from journeys.views.rows import the_journey
from workspaces.access import WorkspaceRequest, door
from workspaces.live import announce
from workspaces.models import Role
from workspaces.templatetags.look import hue


@require_POST
@door(Role.EDITOR)
def busy(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """Tell which touchpoint this person lifts or writes in; none with an empty `placement`. Renewed while it lasts."""
    journey = the_journey(request, journey_id)
    said = request.POST.get("placement", "")
    placement = int(said) if said.isascii() and said.isdecimal() and len(said) < 19 else 0
    who = {"name": str(request.user), "hue": hue(request.user)}
    announce(request.workspace.pk, busy=request.user.pk, journey=journey.pk, placement=placement, **who)
    return HttpResponse(status=204)
