"""One persona through all of her journeys, and all personas by category of journeys."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from personas.models import Persona
from scorecards.across import grid_of, life_of
from workspaces.access import WorkspaceRequest, door, row
from workspaces.models import Role


@door(Role.VIEWER)
@require_safe
def persona_journeys(request: WorkspaceRequest, persona_id: int) -> HttpResponse:
    """The persona's journeys as one line, as of today."""
    life = life_of(request.workspace, row(Persona, request, pk=persona_id))
    return render(request, "scorecards/persona_journeys.html", {"life": life, "persona": life.persona})


@door(Role.VIEWER)
@require_safe
def persona_grid(request: WorkspaceRequest) -> HttpResponse:
    """All personas by category, as of today."""
    return render(request, "scorecards/persona_grid.html", {"grid": grid_of(request.workspace)})
