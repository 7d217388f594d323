"""What is done next to win a stakeholder: listed beside the map, ticked off, changed, taken off."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from measures.views.stakeholders import kept_row, map_of
from personas.actions import archive_step, create_step, edit_step, restore_step
from personas.forms.stakeholders import StepForm
from personas.models import NextStep, Stakeholder
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import save, status
from workspaces.errors import Stale
from workspaces.models import Role
from workspaces.shelf import answer_restored, say_archived


@door(Role.EDITOR)
@require_POST
def stakeholder_step_create(request: WorkspaceRequest, stakeholder_id: int) -> HttpResponse:
    """A next step; what is wrong with it is said beside the map."""
    one = kept_row(request, stakeholder_id)
    form = StepForm(request.POST, instance=NextStep(workspace=request.workspace, stakeholder=one))
    if save(form, create_step, request.workspace, stakeholder=one, by=request.user):
        return redirect("stakeholder", request.workspace.slug, stakeholder_id)
    shown = {**map_of(request, one), "step_form": form}
    return render(request, "measures/stakeholders.html", shown, status=status(form))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def stakeholder_step_edit(request: WorkspaceRequest, stakeholder_id: int, step_id: int) -> HttpResponse:
    """A form for what it says and when it is due."""
    one = kept_row(request, stakeholder_id)
    step = row(NextStep, request, pk=step_id, stakeholder=one, archived_at=None)
    form = StepForm(request.POST or None, instance=step)
    if save(form, edit_step, step, by=request.user):
        return redirect("stakeholder", request.workspace.slug, stakeholder_id)
    shown = {"form": form, "stakeholder": one, "step": step}
    return render(request, "measures/stakeholder_step.html", shown, status=status(form))


@door(Role.EDITOR)
@require_POST
def stakeholder_step_done(request: WorkspaceRequest, stakeholder_id: int, step_id: int) -> HttpResponse:
    """It is done, or with an empty `done` is not yet."""
    one = kept_row(request, stakeholder_id)
    step = row(NextStep, request, pk=step_id, stakeholder=one, archived_at=None)
    asked = request.POST.get("version", "")
    version = int(asked) if asked.isdecimal() and len(asked) < 10 else step.version
    try:
        edit_step(step, version=version, by=request.user, done=bool(request.POST.get("done")))
    except Stale:
        messages.error(request, _("Somebody changed this step meanwhile. It is shown as it is now."))
        return render(request, "measures/stakeholders.html", map_of(request, one), status=409)
    return redirect("stakeholder", request.workspace.slug, stakeholder_id)


@door(Role.EDITOR)
@require_POST
def stakeholder_step_archive(request: WorkspaceRequest, stakeholder_id: int, step_id: int) -> HttpResponse:
    """Take it off the list, with a way back."""
    step = _step(request, kept_row(request, stakeholder_id), step_id)
    archive_step(step, by=request.user)
    undo = reverse("stakeholder_step_restore", args=[request.workspace.slug, stakeholder_id, step_id])
    say_archived(request, step, undo=undo)
    return redirect("stakeholder", request.workspace.slug, stakeholder_id)


@door(Role.EDITOR)
@require_POST
def stakeholder_step_restore(request: WorkspaceRequest, stakeholder_id: int, step_id: int) -> HttpResponse:
    """Take it back."""
    step = _step(request, kept_row(request, stakeholder_id), step_id)
    page = reverse("stakeholder", args=[request.workspace.slug, stakeholder_id])
    return answer_restored(request, restore_step, step, to=page)


def _step(request: WorkspaceRequest, one: Stakeholder, step_id: int) -> NextStep:
    return row(NextStep, request, pk=step_id, stakeholder=one)
