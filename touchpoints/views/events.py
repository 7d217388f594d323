"""What happened at touchpoints: noted by hand, and shown with their trends."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchpoints.actions import archive_event, create_event, edit_event, restore_event
from touchpoints.forms import EventForm
from touchpoints.models import Event, Touchpoint
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import save, status
from workspaces.models import Role
from workspaces.shelf import answer_restored, say_archived, shelf


@door(Role.VIEWER)
@require_safe
def events(request: WorkspaceRequest) -> HttpResponse:
    """All that happened, the latest first."""
    found = Event.objects.of(request.workspace).select_related("touchpoint")
    return render(request, "touchpoints/events.html", shelf(found, request))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def event_create(request: WorkspaceRequest) -> HttpResponse:
    """A form for something that happened, at a `touchpoint` or everywhere."""
    form = EventForm(request.POST or None, workspace=request.workspace, initial={"touchpoint": _about(request)})
    event = save(form, create_event, request.workspace, by=request.user)
    if event:
        return redirect(_page_of(event, request))
    return render(request, "touchpoints/event_edit.html", {"form": form}, status=status(form))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def event_edit(request: WorkspaceRequest, event_id: int) -> HttpResponse:
    """A form for what happened, when and where."""
    event = row(Event, request, pk=event_id, archived_at=None)
    form = EventForm(request.POST or None, instance=event, workspace=request.workspace)
    saved = save(form, edit_event, event, by=request.user)
    if saved:
        return redirect(_page_of(saved, request))
    return render(request, "touchpoints/event_edit.html", {"form": form, "event": event}, status=status(form))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def event_archive(request: WorkspaceRequest, event_id: int) -> HttpResponse:
    """Ask first, then archive."""
    event = row(Event, request, pk=event_id)
    page = _page_of(event, request)
    if request.method == "POST":
        archive_event(event, by=request.user)
        say_archived(request, event, undo=reverse("event_restore", args=[request.workspace.slug, event_id]))
        return redirect(page)
    return render(request, "touchpoints/event_archive.html", {"event": event, "page": page})


@door(Role.EDITOR)
@require_POST
def event_restore(request: WorkspaceRequest, event_id: int) -> HttpResponse:
    """Take an archived event back."""
    event = row(Event, request, pk=event_id)
    return answer_restored(request, restore_event, event, to=_page_of(event, request))


def _about(request: WorkspaceRequest) -> Touchpoint | None:
    """The touchpoint in the address, if one is named there. Another workspace's is 404."""
    chosen = request.GET.get("touchpoint", "")
    return row(Touchpoint, request, pk=int(chosen), archived_at=None) if chosen.isdecimal() else None


def _page_of(event: Event, request: WorkspaceRequest) -> str:
    """Where it is shown: at its touchpoint, or among all events."""
    slug = request.workspace.slug
    return (
        reverse("touchpoint", args=[slug, event.touchpoint_id])
        if event.touchpoint_id
        else reverse("events", args=[slug])
    )
