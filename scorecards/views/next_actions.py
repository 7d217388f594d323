"""What to do next at a touchpoint."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from scorecards.next_actions import next_actions_of
from scorecards.views.health import touchpoint_here
from workspaces.access import WorkspaceRequest, door
from workspaces.models import Role


@door(Role.VIEWER)
@require_safe
def next_actions(request: WorkspaceRequest, touchpoint_id: int) -> HttpResponse:
    """A page of its own; with `HX-Request` the part of the touchpoint's page, which asks for it once it is there."""
    touchpoint = touchpoint_here(request, touchpoint_id)
    if touchpoint.archived_at:
        raise Http404
    shown = {"touchpoint": touchpoint, "next": next_actions_of(touchpoint)}
    part = "#next" if request.htmx else ""
    return render(request, f"scorecards/next_actions.html{part}", shown)
