"""Presenting a journey: one moment a page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from journeys.board import JourneyMap, glance, read_map
from journeys.moments import presentation
from journeys.views.rows import the_journey, the_phases
from workspaces.access import WorkspaceRequest, door
from workspaces.models import Role


@require_safe
@door(Role.VIEWER)
def present(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """The highs, lows and moments of truth of a journey, `moment` (from 1) says which; its address can be passed on."""
    journey = the_journey(request, journey_id)
    leave = reverse("journey", args=[request.workspace.slug, journey.pk])
    return moment_page(request, read_map(journey, the_phases(journey)), leave)


def moment_page(request: HttpRequest, seen: JourneyMap, leave: str) -> HttpResponse:
    """One moment of a map, in front of whoever asks. `leave`: the address of the map."""
    told = presentation(seen)
    page = Paginator(told.moments, 1).get_page(request.GET.get("moment"))
    moment = page.object_list[0] if page.object_list else None
    shown = {
        "journey": seen.journey,
        "map": leave,
        "page": page,
        "moment": moment,
        "line": told.line,
        "personas": glance(seen.journey).names,
    }
    return render(request, "journeys/present.html", shown)
