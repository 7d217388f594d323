"""What is known of a persona by its answers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from personas.models import Persona
from scorecards.people import figures_of
from workspaces.access import WorkspaceRequest, door, row
from workspaces.models import Role


@door(Role.VIEWER)
@require_safe
def persona_figures(request: WorkspaceRequest, persona_id: int) -> HttpResponse:
    """The figures of the last 90 days: a page, or alone where htmx asks for them."""
    persona = row(Persona, request, pk=persona_id)
    figures = figures_of(request.workspace, [persona])[persona.pk]
    template = "scorecards/_persona_figures.html" if request.htmx else "scorecards/persona_figures.html"
    return render(request, template, {"persona": persona, "figures": figures})
