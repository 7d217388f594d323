"""Pages about personas. Each one's own page is put together above (scorecards), of what is known everywhere."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from personas.actions import (
    archive_persona,
    create_persona,
    duplicate_persona,
    edit_persona,
    restore_persona,
    review_persona,
)
from personas.forms.personas import DuplicateForm, PersonaForm
from personas.models import Persona
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import save, status
from workspaces.models import Role
from workspaces.shelf import answer_restored, say_archived, shelf


@door(Role.VIEWER)
@require_safe
def personas(request: WorkspaceRequest) -> HttpResponse:
    """The workspace's personas, or the archived ones."""
    return render(request, "personas/list.html", shelf(Persona.objects.of(request.workspace).by_name(), request))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def persona_create(request: WorkspaceRequest) -> HttpResponse:
    """A form for a new persona."""
    form = PersonaForm(request.POST or None)
    if persona := save(form, create_persona, request.workspace, by=request.user):
        return redirect("persona", request.workspace.slug, persona.pk)
    return render(request, "personas/edit.html", {"form": form}, status=status(form))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def persona_edit(request: WorkspaceRequest, persona_id: int) -> HttpResponse:
    """A form for what is known of a persona."""
    persona = row(Persona, request, pk=persona_id, archived_at=None)
    form = PersonaForm(request.POST or None, instance=persona)
    if save(form, edit_persona, persona, by=request.user):
        return redirect("persona", request.workspace.slug, persona_id)
    return render(request, "personas/edit.html", {"form": form, "persona": persona}, status=status(form))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def persona_duplicate(request: WorkspaceRequest, persona_id: int) -> HttpResponse:
    """A form for the copy's name; the copy says all that the persona says."""
    persona = row(Persona, request, pk=persona_id)
    form = DuplicateForm(request.POST or None, initial={"name": _("%(name)s, copy") % {"name": persona}})
    if copy := save(form, duplicate_persona, persona, by=request.user):
        return redirect("persona", request.workspace.slug, copy.pk)
    return render(request, "personas/duplicate.html", {"form": form, "persona": persona}, status=status(form))


@door(Role.EDITOR)
@require_POST
def persona_review(request: WorkspaceRequest, persona_id: int) -> HttpResponse:
    """Say that it was looked at today and still holds."""
    review_persona(row(Persona, request, pk=persona_id, archived_at=None), by=request.user)
    return redirect("persona", request.workspace.slug, persona_id)


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def persona_archive(request: WorkspaceRequest, persona_id: int) -> HttpResponse:
    """Ask first, then archive."""
    persona = row(Persona, request, pk=persona_id)
    if request.method == "POST":
        archive_persona(persona, by=request.user)
        say_archived(request, persona, undo=reverse("persona_restore", args=[request.workspace.slug, persona_id]))
        return redirect("personas", request.workspace.slug)
    return render(request, "personas/archive.html", {"persona": persona})


@door(Role.EDITOR)
@require_POST
def persona_restore(request: WorkspaceRequest, persona_id: int) -> HttpResponse:
    """Take an archived persona back."""
    return answer_restored(
        request,
        restore_persona,
        row(Persona, request, pk=persona_id),
        to=reverse("persona", args=[request.workspace.slug, persona_id]),
    )
