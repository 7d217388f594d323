"""A journey's score explained: what each of its touchpoints weighs and brings."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from journeys.board import read_map
from journeys.views.rows import the_journey, the_phases
from personas.models import Persona
from scorecards.rolled_up import roll_up_explained
from scorecards.views.health import persona_in
from workspaces.access import WorkspaceRequest, door
from workspaces.models import Role


@door(Role.VIEWER)
@require_safe
def journey_explain(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """The score of a journey as its map shows it, of all customers or of a `persona`."""
    journey, persona = the_journey(request, journey_id), persona_in(request)
    seen = read_map(journey, the_phases(journey), persona=persona.pk if persona else None)
    shown = {
        "journey": journey,
        "persona": persona,
        "personas": Persona.objects.of(request.workspace).kept(),
        "explained": roll_up_explained(seen),
    }
    return render(request, "scorecards/journey.html", shown)
