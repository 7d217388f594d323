"""Pages that bring together what the rooms below know of a touchpoint."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from scorecards.cuts import By, cut_by
from scorecards.talk import talk_about
from scorecards.views.health import scorecard, touchpoint_here
from workspaces.access import WorkspaceRequest, door
from workspaces.models import Role


@door(Role.VIEWER)
@require_safe
def touchpoint(request: WorkspaceRequest, touchpoint_id: int) -> HttpResponse:
    """A touchpoint's own page: its health, what customers answered and said, its facts, and where it stands."""
    found = touchpoint_here(request, touchpoint_id)
    shown = scorecard(request, found) | talk_about(request, found)
    told, by = shown["told"], request.GET.get("by", "")
    shown |= {
        "cut": cut_by(found, shown["period"], By(by) if by in By else By.CHANNEL, persona=shown["persona"]),
        "ways": By,
        "dealt": told.dealt,
        "insights": told.insights,
        "archived": request.GET.get("archived") == "1",
        "archived_count": told.insights_archived,
        "placements": told.stands,
    }
    return render(request, "scorecards/touchpoint.html", shown)
