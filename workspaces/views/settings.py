"""The workspace's own settings, and what was done in it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workspaces.access import WorkspaceRequest, door
from workspaces.actions import edit_workspace, names_now
from workspaces.editing import save, status
from workspaces.forms.settings import WorkspaceForm
from workspaces.models import AuditEntry, Role

ENTRIES_ON_A_PAGE = 100


@require_http_methods(["GET", "POST"])
@door(Role.VIEWER, write=Role.ADMIN)
def settings(request: WorkspaceRequest) -> HttpResponse:
    """Everyone reads them, admins change them."""
    form = WorkspaceForm(request.POST or None, instance=request.workspace)
    workspace = save(form, edit_workspace, request.workspace, by=request.user) if request.method == "POST" else None
    if workspace:
        messages.success(request, _("Saved."))
        return redirect("settings", workspace.slug)
    request.workspace.refresh_from_db()  # the form has written its own ideas to it, and the frame shows it
    return render(request, "workspaces/settings.html", {"form": form}, status=status(form))


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
