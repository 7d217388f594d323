"""Ways of looking at the scorecard table that a workspace keeps under a name."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from journeys.views.saved import drop_view, keep_view
from scorecards.asked import table_of
from workspaces.access import WorkspaceRequest, door
from workspaces.models import Role, Screen


@require_POST
@door(Role.EDITOR)
def save(request: WorkspaceRequest) -> HttpResponse:
    """Keep how the table is looked at (`query`, the end of its address) under `name`."""
    query = keep_view(request, Screen.SCORECARDS, lambda asked: table_of(request.workspace, asked).query)
    return redirect(reverse("scorecards", args=[request.workspace.slug]) + query)


@require_POST
@door(Role.EDITOR)
def remove(request: WorkspaceRequest, table_view_id: int) -> HttpResponse:
    """Keep a way of looking no longer."""
    drop_view(request, Screen.SCORECARDS, table_view_id)
    return redirect("scorecards", request.workspace.slug)
