"""Presenting a journey: one moment a page."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from journeys.board import glance, read_map
from journeys.moments import presentation
from journeys.views.rows import the_journey, the_phases
from workspaces.access import WorkspaceRequest, door
from workspaces.models import Role


@require_safe
@door(Role.VIEWER)
def present(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """The highs, lows and moments of truth of a journey, `moment` (from 1) says which; its address can be passed on."""
    journey = the_journey(request, journey_id)
    told = presentation(read_map(journey, the_phases(journey)))
    page = Paginator(told.moments, 1).get_page(request.GET.get("moment"))
    moment = page.object_list[0] if page.object_list else None
    shown = {
        "journey": journey,
        "page": page,
        "moment": moment,
        "line": told.line,
        "personas": glance(journey).personas,
    }
    return render(request, "journeys/present.html", shown)
