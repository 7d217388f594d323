"""The workspace's own settings, and what was done in it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workspaces.access import WorkspaceRequest, door
from workspaces.actions import MOVE_DAYS, edit_workspace, names_now
from workspaces.editing import save, status
from workspaces.forms.settings import WorkspaceForm
from workspaces.models import AuditEntry, Job, Role, Workspace

ENTRIES_ON_A_PAGE = 100


@require_http_methods(["GET", "POST"])
@door(Role.VIEWER, write=Role.ADMIN)
def settings(request: WorkspaceRequest) -> HttpResponse:
    """Everyone reads them, admins change them. With `HX-Request`, how far answers have come to their new days."""
    if request.htmx and request.method == "GET":
        return render(request, "workspaces/settings.html#moving", {"job": _move_of(request.workspace)})
    form = WorkspaceForm(request.POST or None, instance=request.workspace)
    workspace = save(form, edit_workspace, request.workspace, by=request.user) if request.method == "POST" else None
    if workspace:
        messages.success(request, _("Saved."))
        return redirect("settings", workspace.slug)
    request.workspace.refresh_from_db()  # the form has written its own ideas to it, and the frame shows it
    shown = {"form": form, "job": _move_of(request.workspace)}
    return render(request, "workspaces/settings.html", shown, status=status(form))


def _move_of(workspace: Workspace) -> Job | None:
    """The newest move of answers to the days of another zone, if there has been any."""
    newest: Job | None = Job.objects.of(workspace).filter(kind=MOVE_DAYS).defer("upload").order_by("-pk").first()
    return newest


@require_safe
@door(Role.ADMIN)
def audit(request: WorkspaceRequest) -> HttpResponse:
    """Who did what to which row, the newest first."""
    entries = AuditEntry.objects.of(request.workspace).select_related("actor", "token").order_by("-at", "-pk")
    page = Paginator(entries, ENTRIES_ON_A_PAGE).get_page(request.GET.get("page"))
    names = names_now(request.workspace, page)
    for entry in page:
        entry.name = names.get(entry.target, "")
    return render(request, "workspaces/audit.html", {"page": page})
