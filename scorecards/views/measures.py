"""What is done about what customers say: all measures of a workspace, by how far they are."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from scorecards.measures import board_of
from workspaces.access import WorkspaceRequest, door
from workspaces.models import Role


@require_safe
@door(Role.VIEWER)
def measures(request: WorkspaceRequest) -> HttpResponse:
    """The board: a column for each status."""
    return render(request, "scorecards/measures.html", {"columns": board_of(request.workspace)})
