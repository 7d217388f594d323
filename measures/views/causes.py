"""The words by which what customers name is sorted to causes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from measures.actions import causes_of, edit_causes
from measures.forms.causes import CausesForm
from measures.models import CauseTable
from workspaces.access import WorkspaceRequest, door
from workspaces.editing import save, status
from workspaces.models import Role


@require_http_methods(["GET", "POST"])
@door(Role.VIEWER, write=Role.EDITOR)
def settings_causes(request: WorkspaceRequest) -> HttpResponse:
    """Everyone reads the table, editors change it. `?defaults=1` offers the defaults; they hold once they are saved."""
    stored = causes_of(request.workspace)
    offered = CauseTable().table if request.GET.get("defaults") == "1" else None
    form = CausesForm(request.POST or None, instance=causes_of(request.workspace), initial=offered)
    changed = save(form, edit_causes, request.workspace, by=request.user) if request.method == "POST" else None
    if changed:
        messages.success(request, _("Saved."))
        return redirect("settings_causes", request.workspace.slug)
    shown = {"form": form, "stored": stored, "offered": offered is not None}
    return render(request, "measures/causes.html", shown, status=status(form))
