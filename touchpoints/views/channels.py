"""The channels by which customers are reached."""

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchpoints.actions import archive_channel, create_channel, edit_channel, restore_channel, start_channels
from touchpoints.forms import ChannelForm
from touchpoints.models import Channel, Touchpoint
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import save, status
from workspaces.models import Role
from workspaces.shelf import answer_restored, say_archived, shelf


@door(Role.VIEWER)
@require_safe
def channels(request: WorkspaceRequest) -> HttpResponse:
    """The workspace's channels, each with how many touchpoints use it."""
    used = Count("touchpoints", filter=Q(touchpoints__archived_at=None))
    found = Channel.objects.of(request.workspace).by_name().annotate(used=used)
    return render(request, "touchpoints/channels.html", shelf(found, request))


@door(Role.EDITOR)
@require_POST
def channels_start(request: WorkspaceRequest) -> HttpResponse:
    """Begin with the usual channels."""
    start_channels(request.workspace, by=request.user)
    return redirect("channels", request.workspace.slug)


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def channel_create(request: WorkspaceRequest) -> HttpResponse:
    """A form for a new channel."""
    form = ChannelForm(request.POST or None)
    if save(form, create_channel, request.workspace, by=request.user):
        return redirect("channels", request.workspace.slug)
    return render(request, "touchpoints/channel_edit.html", {"form": form}, status=status(form))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def channel_edit(request: WorkspaceRequest, channel_id: int) -> HttpResponse:
    """A form for a channel's name and icon."""
    channel = row(Channel, request, pk=channel_id, archived_at=None)
    form = ChannelForm(request.POST or None, instance=channel)
    if save(form, edit_channel, channel, by=request.user):
        return redirect("channels", request.workspace.slug)
    return render(request, "touchpoints/channel_edit.html", {"form": form, "channel": channel}, status=status(form))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def channel_archive(request: WorkspaceRequest, channel_id: int) -> HttpResponse:
    """Ask first, saying how many touchpoints use it; then archive."""
    channel = row(Channel, request, pk=channel_id)
    if request.method == "POST":
        archive_channel(channel, by=request.user)
        say_archived(request, channel, undo=reverse("channel_restore", args=[request.workspace.slug, channel_id]))
        return redirect("channels", request.workspace.slug)
    used = Touchpoint.objects.of(request.workspace).kept().filter(channel=channel).count()
    return render(request, "touchpoints/channel_archive.html", {"channel": channel, "used": used})


@door(Role.EDITOR)
@require_POST
def channel_restore(request: WorkspaceRequest, channel_id: int) -> HttpResponse:
    """Take an archived channel back."""
    page = reverse("channels", args=[request.workspace.slug])
    return answer_restored(request, restore_channel, row(Channel, request, pk=channel_id), to=page)
