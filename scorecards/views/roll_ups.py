"""Health rolled up: by journey, phase and persona, and where to act first."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from scorecards import roll_ups as read
from workspaces.access import WorkspaceRequest, door
from workspaces.models import Role


@door(Role.VIEWER)
@require_safe
def roll_ups(request: WorkspaceRequest) -> HttpResponse:
    """All journeys at once, as of today."""
    return render(request, "scorecards/roll_ups.html", {"rolled": read.roll_ups(request.workspace)})
