"""The names that are taken out of what customers write."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feedback.actions import MASK_STORED, edit_masked_names, masked_names_of
from feedback.forms.names import MaskedNamesForm
from workspaces.access import WorkspaceRequest, door
from workspaces.editing import save, status
from workspaces.models import Job, Role, Workspace


@require_http_methods(["GET", "POST"])
@door(Role.ADMIN)
def settings_names(request: WorkspaceRequest) -> HttpResponse:
    """For admins alone: it is a list of people. With `HX-Request`, how far what is stored has come to it."""
    if request.htmx and request.method == "GET":
        return render(request, "feedback/names.html#masking", {"job": _masking_of(request.workspace)})
    form = MaskedNamesForm(request.POST or None, instance=masked_names_of(request.workspace))
    changed = save(form, edit_masked_names, request.workspace, by=request.user) if request.method == "POST" else None
    if changed:
        messages.success(request, _("Saved."))
        return redirect("settings_names", request.workspace.slug)
    shown = {"form": form, "job": _masking_of(request.workspace)}
    return render(request, "feedback/names.html", shown, status=status(form))


def _masking_of(workspace: Workspace) -> Job | None:
    """The newest masking of what is stored, if there has been any."""
    newest: Job | None = Job.objects.of(workspace).filter(kind=MASK_STORED).defer("upload").order_by("-pk").first()
    return newest
