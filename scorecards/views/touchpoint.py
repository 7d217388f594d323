"""Pages that bring together what the rooms below know of a touchpoint."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from feedback.models import Insight
from journeys.models import Placement
from scorecards.talk import talk_about
from scorecards.views.health import scorecard
from touchpoints.models import Touchpoint
from workspaces.access import WorkspaceRequest, door, row
from workspaces.models import Role


@door(Role.VIEWER)
@require_safe
def touchpoint(request: WorkspaceRequest, touchpoint_id: int) -> HttpResponse:
    """A touchpoint's own page: its health, its facts, what customers said there, and on which journeys it stands."""
    found = row(Touchpoint, request, pk=touchpoint_id)
    insights = Insight.objects.of(request.workspace).filter(touchpoint=found)
    placements = Placement.objects.of(request.workspace).kept().filter(touchpoint=found, journey__archived_at=None)
    archived = request.GET.get("archived") == "1"
    shown = {
        **scorecard(request, found),
        **talk_about(request, found),
        "insights": insights.archived() if archived else insights.kept(),
        "archived": archived,
        "archived_count": insights.archived().count(),
        "placements": placements.select_related("journey", "phase").order_by("journey__name", "journey_id"),
    }
    return render(request, "scorecards/touchpoint.html", shown)
