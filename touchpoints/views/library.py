"""The library: every touchpoint of the workspace, whether it stands on a journey or not."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchpoints.actions import create_touchpoint, edit_touchpoint, restore_touchpoint
from touchpoints.forms import LibraryForm, TouchpointForm
from touchpoints.models import Touchpoint
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import save, status
from workspaces.models import Role
from workspaces.shelf import answer_restored, shelf


@door(Role.VIEWER)
@require_safe
def touchpoints(request: WorkspaceRequest) -> HttpResponse:
    """The library by name, searched and narrowed as the address asks."""
    search = LibraryForm(request.GET, workspace=request.workspace)
    found = search.narrow(Touchpoint.objects.of(request.workspace).by_name())
    found = found.select_related("channel", "owner_team", "owner_member__user")
    return render(request, "touchpoints/list.html", {"search": search, **shelf(found, request)})


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def touchpoint_create(request: WorkspaceRequest) -> HttpResponse:
    """A form for a new touchpoint."""
    fresh = Touchpoint(workspace=request.workspace, target=request.workspace.target)
    form = TouchpointForm(request.POST or None, instance=fresh)
    if touchpoint := save(form, create_touchpoint, request.workspace, by=request.user):
        return redirect("touchpoint", request.workspace.slug, touchpoint.pk)
    return render(request, "touchpoints/edit.html", {"form": form}, status=status(form))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def touchpoint_edit(request: WorkspaceRequest, touchpoint_id: int) -> HttpResponse:
    """A form for a touchpoint's facts."""
    touchpoint = row(Touchpoint, request, pk=touchpoint_id, archived_at=None)
    form = TouchpointForm(request.POST or None, instance=touchpoint)
    if save(form, edit_touchpoint, touchpoint, by=request.user):
        return redirect("touchpoint", request.workspace.slug, touchpoint_id)
    return render(request, "touchpoints/edit.html", {"form": form, "touchpoint": touchpoint}, status=status(form))


@door(Role.EDITOR)
@require_POST
def touchpoint_restore(request: WorkspaceRequest, touchpoint_id: int) -> HttpResponse:
    """Take an archived touchpoint back."""
    touchpoint = row(Touchpoint, request, pk=touchpoint_id)
    page = reverse("touchpoint", args=[request.workspace.slug, touchpoint_id])
    return answer_restored(request, restore_touchpoint, touchpoint, to=page)
