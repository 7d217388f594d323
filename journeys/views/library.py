"""What the library asks of journeys: on how many of them a touchpoint stands, before it is archived."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from journeys.models import Placement
from touchpoints.actions import archive_touchpoint
from touchpoints.models import Touchpoint
from workspaces.access import WorkspaceRequest, door, row
from workspaces.models import Role
from workspaces.shelf import say_archived


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def touchpoint_archive(request: WorkspaceRequest, touchpoint_id: int) -> HttpResponse:
    """Ask first, naming the journeys that will keep it; then archive."""
    touchpoint = row(Touchpoint, request, pk=touchpoint_id)
    if request.method == "POST":
        archive_touchpoint(touchpoint, by=request.user)
        undo = reverse("touchpoint_restore", args=[request.workspace.slug, touchpoint_id])
        say_archived(request, touchpoint, undo=undo)
        return redirect("touchpoints", request.workspace.slug)
    placements = Placement.objects.of(request.workspace).kept().filter(touchpoint=touchpoint, journey__archived_at=None)
    placements = placements.select_related("journey", "phase").order_by("journey__name", "journey_id")
    return render(request, "journeys/touchpoint_archive.html", {"touchpoint": touchpoint, "placements": placements})
