"""Comments on a touchpoint: in the side panel of a map, and on the touchpoint's own page."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from journeys.models import Placement
from scorecards.talk import talk_about
from scorecards.views.health import panel
from touchpoints.actions import comment_on
from touchpoints.models import Touchpoint
from workspaces.access import WorkspaceRequest, door, row
from workspaces.actions import (
    archive_comment,
    edit_comment,
    reopen_conversation,
    resolve_conversation,
    restore_comment,
)
from workspaces.editing import save, status
from workspaces.errors import Refused
from workspaces.forms.talk import CommentForm, NewCommentForm
from workspaces.models import Comment, Role
from workspaces.shelf import say_archived


@require_http_methods(["GET", "POST"])
@door(Role.VIEWER)
def comments(request: WorkspaceRequest, touchpoint_id: int) -> HttpResponse:
    """What is said about a touchpoint; a POST says something. Every member may, viewers too."""
    touchpoint = row(Touchpoint, request, pk=touchpoint_id)
    if request.method == "GET":
        return _shown(request, touchpoint)
    form = NewCommentForm(request.POST, thread=touchpoint.thread, member=request.membership)
    comment = save(form, comment_on, touchpoint, by=request.user)
    if comment is None:
        if request.htmx:
            return _shown(request, touchpoint, form=form)
        shown = {"form": form, "touchpoint": touchpoint}
        return render(request, "scorecards/comment.html", shown, status=status(form))
    return _answered(request, row(Touchpoint, request, pk=touchpoint_id), comment)


@require_safe
@door(Role.VIEWER)
def comment(request: WorkspaceRequest, comment_id: int) -> HttpResponse:
    """Where a comment is read: on a map with its touchpoint, else on the touchpoint's page. For htmx the panel."""
    found = the_comment(request, comment_id)
    touchpoint = found.thread.touchpoint
    if request.htmx:
        return panel(request, touchpoint)
    placements = Placement.objects.of(request.workspace).kept().filter(touchpoint=touchpoint, journey__archived_at=None)
    stands = placements.order_by("journey__standing", "journey_id").first()  # rather on today's journey than on a plan
    page = (
        reverse("journey", args=[request.workspace.slug, stands.journey_id]) if stands else _page(request, touchpoint)
    )
    return redirect(f"{page}#comment-{comment_id}")


@require_http_methods(["GET", "POST"])
@door(Role.VIEWER)
def comment_edit(request: WorkspaceRequest, comment_id: int) -> HttpResponse:
    """A form for one's own comment."""
    found = the_comment(request, comment_id)
    if found.by_id != request.user.pk:
        return _refused(request, found.thread.touchpoint, Refused(_("Only who wrote this comment may do that.")))
    form = CommentForm(request.POST or None, instance=found)
    touchpoint = found.thread.touchpoint
    if save(form, edit_comment, found, by=request.user):
        return redirect("comment", request.workspace.slug, comment_id)
    shown = {"form": form, "comment": found, "touchpoint": touchpoint}
    return render(request, "scorecards/comment.html", shown, status=status(form))


@require_POST
@door(Role.VIEWER)
def comment_archive(request: WorkspaceRequest, comment_id: int) -> HttpResponse:
    """Take one's own comment out of sight, or as an admin anybody's; a toast takes it back."""
    return _done(request, comment_id, archive_comment, undo="comment_restore")


@require_POST
@door(Role.VIEWER)
def comment_restore(request: WorkspaceRequest, comment_id: int) -> HttpResponse:
    """Take it back."""
    return _done(request, comment_id, restore_comment)


@require_POST
@door(Role.VIEWER)
def comment_resolve(request: WorkspaceRequest, comment_id: int) -> HttpResponse:
    """Settle a conversation: one's own, or as an editor any."""
    return _done(request, comment_id, resolve_conversation)


@require_POST
@door(Role.VIEWER)
def comment_reopen(request: WorkspaceRequest, comment_id: int) -> HttpResponse:
    """Take a settled conversation up again."""
    return _done(request, comment_id, reopen_conversation)


def the_comment(request: WorkspaceRequest, comment_id: int) -> Comment:
    """A comment of this workspace with its touchpoint, archived or not, or 404."""
    comments = Comment.objects.of(request.workspace).select_related("thread__touchpoint")
    found: Comment = get_object_or_404(comments, pk=comment_id, thread__touchpoint__isnull=False)
    return found


def _done(request: WorkspaceRequest, comment_id: int, verb: Callable[..., Comment], *, undo: str = "") -> HttpResponse:
    found = the_comment(request, comment_id)
    touchpoint = found.thread.touchpoint
    try:
        found = verb(found, by=request.user)
    except Refused as reason:
        return _refused(request, touchpoint, reason)
    toast = None
    if undo:
        url = reverse(undo, args=[request.workspace.slug, comment_id])
        toast = {"text": _("The comment is archived."), "action": _("Undo"), "url": url}
        if not request.htmx:
            say_archived(request, found, undo=url)
    return _answered(request, touchpoint, found, toast=toast)


def _answered(
    request: WorkspaceRequest, touchpoint: Touchpoint, said: Comment, *, toast: dict[str, Any] | None = None
) -> HttpResponse:
    if request.htmx:
        return _shown(request, touchpoint, toast=toast)
    return redirect(f"{_page(request, touchpoint)}#{'talk' if said.archived_at else f'comment-{said.pk}'}")


def _refused(request: WorkspaceRequest, touchpoint: Touchpoint, reason: Refused) -> HttpResponse:
    shown = {"reason": str(reason), "touchpoint": touchpoint}
    if not request.htmx:
        return render(request, "scorecards/comment.html", shown, status=reason.status)
    response = _shown(request, touchpoint, toast={"text": str(reason), "kind": "error"})
    response.status_code = reason.status
    return response


def _shown(request: WorkspaceRequest, touchpoint: Touchpoint, **more: Any) -> HttpResponse:
    if not request.htmx:
        return redirect(f"{_page(request, touchpoint)}#talk")
    shown = talk_about(request, touchpoint) | more
    form = more.get("form")
    return render(request, "workspaces/_talk.html", shown, status=status(form) if form else 200)


def _page(request: WorkspaceRequest, touchpoint: Touchpoint) -> str:
    return reverse("touchpoint", args=[request.workspace.slug, touchpoint.pk])
