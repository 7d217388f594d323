"""The attributes by which a workspace's answers can be cut."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workspaces.access import WorkspaceRequest, door, row
from workspaces.actions import archive_attribute, create_attribute, edit_attribute, restore_attribute
from workspaces.editing import save, status
from workspaces.forms.attributes import AttributeForm
from workspaces.models import Attribute, Role
from workspaces.shelf import answer_restored, say_archived, shelf


@door(Role.VIEWER)
@require_safe
def attributes(request: WorkspaceRequest) -> HttpResponse:
    """The workspace's attributes in their places, or the archived ones."""
    found = Attribute.objects.of(request.workspace).order_by("position", "name", "pk")
    return render(request, "workspaces/attributes.html", shelf(found, request))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def attribute_create(request: WorkspaceRequest) -> HttpResponse:
    """A form for a new attribute."""
    form = AttributeForm(request.POST or None, workspace=request.workspace)
    if save(form, create_attribute, request.workspace, by=request.user):
        return redirect("attributes", request.workspace.slug)
    return render(request, "workspaces/attribute.html", {"form": form}, status=status(form))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def attribute_edit(request: WorkspaceRequest, attribute_id: int) -> HttpResponse:
    """A form for an attribute's name and place."""
    attribute = row(Attribute, request, pk=attribute_id, archived_at=None)
    form = AttributeForm(request.POST or None, instance=attribute, workspace=request.workspace)
    if save(form, edit_attribute, attribute, by=request.user):
        return redirect("attributes", request.workspace.slug)
    return render(request, "workspaces/attribute.html", {"form": form, "attribute": attribute}, status=status(form))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def attribute_archive(request: WorkspaceRequest, attribute_id: int) -> HttpResponse:
    """Ask first, then archive."""
    attribute = row(Attribute, request, pk=attribute_id)
    if request.method == "POST":
        archive_attribute(attribute, by=request.user)
        undo = reverse("attribute_restore", args=[request.workspace.slug, attribute_id])
        say_archived(request, attribute, undo=undo)
        return redirect("attributes", request.workspace.slug)
    return render(request, "workspaces/attribute_archive.html", {"attribute": attribute})


@door(Role.EDITOR)
@require_POST
def attribute_restore(request: WorkspaceRequest, attribute_id: int) -> HttpResponse:
    """Take an archived attribute back."""
    page = reverse("attributes", args=[request.workspace.slug])
    return answer_restored(request, restore_attribute, row(Attribute, request, pk=attribute_id), to=page)
