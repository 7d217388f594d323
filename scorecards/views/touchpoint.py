"""Pages that bring together what the rooms below know of a touchpoint."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from scorecards.cuts import By, cut_by, ways
from scorecards.public_ratings import public_ratings
from scorecards.talk import talk_about
from scorecards.views.health import scorecard, touchpoint_here
from touchpoints.borders import borders_of
from workspaces.access import WorkspaceRequest, door
from workspaces.models import Role


@door(Role.VIEWER)
@require_safe
def touchpoint(request: WorkspaceRequest, touchpoint_id: int) -> HttpResponse:
    """A touchpoint's own page: its health, what customers answered and said, its facts, and where it stands."""
    return render(request, "scorecards/touchpoint.html", page_of(request, touchpoint_id))


def page_of(request: WorkspaceRequest, touchpoint_id: int) -> dict[str, Any]:
    """What `scorecards/touchpoint.html` shows."""
    found = touchpoint_here(request, touchpoint_id)
    shown = scorecard(request, found) | talk_about(request, found)
    told, asked, period, persona = shown["told"], request.GET.get("by", ""), shown["period"], shown["persona"]
    offered = ways(told.attributes)
    way = next((one for one in offered if one.value == asked), By.CHANNEL)
    return shown | {
        "cut": cut_by(found, period, way, persona=persona),
        "ways": offered,
        "dealt": told.dealt,
        "insights": told.insights,
        "measures": told.measures,
        "archived": request.GET.get("archived") == "1",
        "archived_count": told.insights_archived,
        "opportunities": told.opportunities,
        "placements": told.stands,
        "themes": told.themes,
        "ratings": public_ratings(found, period, shown["card"].figures, borders_of(request.workspace), persona=persona),
    }
