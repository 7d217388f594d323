"""A persona as a file: out as Markdown and JSON, and in again after a look at what was understood."""

import json
from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from personas.exchange.document import document_of
from personas.exchange.markdown import markdown_of
from personas.exchange.taking import take_persona, understand
from personas.exchange.understood import Understood
from personas.forms.files import PersonaFileForm, TakePersonaForm
from personas.models import Persona
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import save, status
from workspaces.files import as_file
from workspaces.models import Role


@require_safe
@door(Role.VIEWER)
def persona_markdown(request: WorkspaceRequest, persona_id: int) -> HttpResponse:
    """All that is said of a persona as Markdown, from which it can be told again."""
    persona = row(Persona, request, pk=persona_id)
    return as_file(markdown_of(persona).encode(), "text/markdown; charset=utf-8", persona.name, "md")


@require_safe
@door(Role.VIEWER)
def persona_json(request: WorkspaceRequest, persona_id: int) -> HttpResponse:
    """All that is said of a persona as a document, from which it can be told again."""
    persona = row(Persona, request, pk=persona_id)
    told = json.dumps(document_of(persona), ensure_ascii=False, indent=2)
    return as_file(told.encode(), "application/json", persona.name, "json")


@require_http_methods(["GET", "POST"])
@door(Role.EDITOR)
def persona_import(request: WorkspaceRequest) -> HttpResponse:
    """A form for a file; then what was understood of it; and once somebody agrees, the persona."""
    if "told" in request.POST:
        return _take(request)
    form = PersonaFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data["told"]
        found = understand(told)
        if not found.faults:
            return _preview(request, found, TakePersonaForm(initial={"told": told, "name": found.facts["name"]}))
        return render(request, "personas/import.html", {"form": form, "faults": found.faults}, status=422)
    return render(request, "personas/import.html", {"form": form}, status=422 if form.errors else 200)


def _take(request: WorkspaceRequest) -> HttpResponse:
    form = TakePersonaForm(request.POST, instance=Persona(workspace=request.workspace))
    found = understand(request.POST["told"])
    if found.faults:
        shown = {"form": PersonaFileForm(), "faults": found.faults}
        return render(request, "personas/import.html", shown, status=422)
    if persona := save(form, partial(take_persona, found), request.workspace, by=request.user):
        return redirect("persona", request.workspace.slug, persona.pk)
    return _preview(request, found, form)


def _preview(request: WorkspaceRequest, found: Understood, form: TakePersonaForm) -> HttpResponse:
    facts = [
        (Persona.word_for(name), value)
        for name, value in found.facts.items()
        if name != "name" and value not in {None, ""}
    ]
    shown = {"form": form, "found": found, "facts": facts}
    return render(request, "personas/import_preview.html", shown, status=status(form) if form.is_bound else 200)
