"""One persona: who they are, what is said of them, and how they fare on the journeys that are drawn for them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from personas.lists import lists_of, of_kinds
from personas.models import QUADRANTS, Grade, NoteKind, Persona
from scorecards.paper_persona import persona_pdf_of
from scorecards.people import figures_of
from scorecards.persona import Drawn, journeys_of
from workspaces.access import WorkspaceRequest, door, row
from workspaces.files import as_file
from workspaces.models import Role


@door(Role.VIEWER)
@require_safe
def persona(request: WorkspaceRequest, persona_id: int) -> HttpResponse:
    """One persona with everything that is known of it, archived or not."""
    found: Persona = row(Persona, request, pk=persona_id)
    found.workspace = request.workspace
    lists = lists_of(found)
    others: list[Persona] = list(Persona.objects.of(request.workspace).kept().by_name().only("pk", "name"))
    drawn = journeys_of(found)
    shown = {
        "persona": found,
        "others": others,
        "another": _another(found, others, drawn),
        "drawn": drawn,
        "figures": figures_of(request.workspace, [found])[found.pk],
        "wants": lists[NoteKind.GOAL],
        "uses": lists[NoteKind.CHANNEL],
        "quadrants": of_kinds(lists, QUADRANTS),
        "beside": of_kinds(lists, [NoteKind.PAIN, NoteKind.GAIN]),
        "sheet": of_kinds(lists, [NoteKind.NEED, NoteKind.FRUSTRATION, NoteKind.PROBLEM]),
        "grades": list(Grade),
    }
    return render(request, "personas/show.html", shown)


@door(Role.VIEWER)
@require_safe
def persona_pdf(request: WorkspaceRequest, persona_id: int) -> HttpResponse:
    """A persona's sheet, to be printed."""
    found: Persona = row(Persona, request, pk=persona_id)
    found.workspace = request.workspace
    return as_file(persona_pdf_of(found), "application/pdf", found.name, "pdf")


def _another(persona: Persona, others: list[Persona], drawn: Drawn) -> Persona | None:
    """Whom to compare it with: rather somebody who lives through its first journey as well."""
    along = set(drawn.strips[0].journey.personas.all()) if drawn.strips else set()
    return min((one for one in others if one != persona), key=lambda one: one not in along, default=None)
