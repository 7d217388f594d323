"""A journey as a file: what stands on its map, set on paper, drawn as an image."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from journeys.board import glance, read_map
from journeys.look import Look
from journeys.models import Journey
from journeys.paper import Print, fineness, on_paper
from journeys.views.rows import the_journey, the_phases
from workspaces import clock
from workspaces.access import WorkspaceRequest, door
from workspaces.files import as_file
from workspaces.models import Role
from workspaces.paper import pdf_of, png_of


@require_safe
@door(Role.VIEWER)
def journey_pdf(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """The map on A3, 30 touchpoints a page, by the lens that the address names."""
    journey = the_journey(request, journey_id)
    return as_file(pdf_of("map", _told(request, journey)), "application/pdf", journey.name, "pdf")


@require_safe
@door(Role.VIEWER)
def journey_png(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """The whole map as one image."""
    journey = the_journey(request, journey_id)
    told = _told(request, journey, whole=True)
    return as_file(png_of("map", told, fine=fineness(told)), "image/png", journey.name, "png")


def _told(request: WorkspaceRequest, journey: Journey, *, whole: bool = False) -> dict[str, Any]:
    look = Look.asked(request.GET).now
    address = f"{settings.SITE_URL}{reverse('journey', args=[request.workspace.slug, journey.pk])}"
    asked = Print(look.lens, f"{address}{look.query.rstrip('?')}", clock.today(request.workspace.zone), whole)
    return on_paper(read_map(journey, the_phases(journey)), glance(journey).names, asked)
