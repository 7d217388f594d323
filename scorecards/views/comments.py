"""Comments on a touchpoint, in a map's panel and on its page, and on a case, a measure or an opportunity."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback.models import Case
from journeys.models import Placement
from measures.models import Measure, Opportunity
from scorecards.talk import THINGS, Thing, talk_about
from scorecards.views.health import panel
from touchpoints.models import Touchpoint
from workspaces.access import WorkspaceRequest, door, row
from workspaces.actions import (
    archive_comment,
    edit_comment,
    reopen_conversation,
    resolve_conversation,
    restore_comment,
    say_about,
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
    return _comments(request, row(Touchpoint, request, pk=touchpoint_id))


@require_http_methods(["GET", "POST"])
@door(Role.VIEWER)
def case_comments(request: WorkspaceRequest, case_id: int) -> HttpResponse:
    """The same about a case: its notes."""
    return _comments(request, row(Case, request, pk=case_id))


@require_http_methods(["GET", "POST"])
@door(Role.VIEWER)
def measure_comments(request: WorkspaceRequest, measure_id: int) -> HttpResponse:
    """The same about a measure."""
    return _comments(request, row(Measure, request, pk=measure_id))


@require_http_methods(["GET", "POST"])
@door(Role.VIEWER)
def opportunity_comments(request: WorkspaceRequest, opportunity_id: int) -> HttpResponse:
    """The same about an opportunity."""
    return _comments(request, row(Opportunity, request, pk=opportunity_id))


@require_safe
@door(Role.VIEWER)
def comment(request: WorkspaceRequest, comment_id: int) -> HttpResponse:
    """Where a comment is read: of a touchpoint on a map with it, else on the thing's page. For htmx the panel."""
    found = the_comment(request, comment_id)
    thing = _thing(found)
    if request.htmx and isinstance(thing, Touchpoint):
        return panel(request, thing)
    return redirect(f"{_map(request, thing) or _page(request, thing)}#comment-{comment_id}")


@require_http_methods(["GET", "POST"])
@door(Role.VIEWER)
def comment_edit(request: WorkspaceRequest, comment_id: int) -> HttpResponse:
    """A form for one's own comment."""
    found = the_comment(request, comment_id)
    if found.by_id != request.user.pk:
        return _refused(request, _thing(found), Refused(_("Only who wrote this comment may do that.")))
    form = CommentForm(request.POST or None, instance=found)
    if save(form, edit_comment, found, by=request.user):
        return redirect("comment", request.workspace.slug, comment_id)
    shown = {"form": form, "comment": found, **_up(request, _thing(found))}
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
    """A comment of this workspace with what it is about, archived or not, or 404."""
    said = Q(*((f"thread__{name}__isnull", False) for name in THINGS), _connector=Q.OR)
    comments = Comment.objects.of(request.workspace).select_related(*(f"thread__{name}" for name in THINGS))
    found: Comment = get_object_or_404(comments.filter(said), pk=comment_id)
    return found


def _thing(said: Comment) -> Thing:
    thing: Thing = next(getattr(said.thread, name) for name in THINGS if hasattr(said.thread, name))
    return thing


def _map(request: WorkspaceRequest, thing: Thing) -> str:
    """The map on which a touchpoint stands: rather today's journey than a plan."""
    if not isinstance(thing, Touchpoint):
        return ""
    placements = Placement.objects.of(request.workspace).kept().filter(touchpoint=thing, journey__archived_at=None)
    stands = placements.order_by("journey__standing", "journey_id").first()
    return reverse("journey", args=[request.workspace.slug, stands.journey_id]) if stands else ""


def _comments(request: WorkspaceRequest, thing: Thing) -> HttpResponse:
    if request.method == "GET":
        return _shown(request, thing)
    form = NewCommentForm(request.POST, thread=thing.thread, member=request.membership)
    comment = save(form, say_about, thing, by=request.user)
    if comment is None:
        if request.htmx:
            return _shown(request, thing, form=form)
        shown = {"form": form, **_up(request, thing)}
        return render(request, "scorecards/comment.html", shown, status=status(form))
    return _answered(request, row(type(thing), request, pk=thing.pk), comment)


def _up(request: WorkspaceRequest, thing: Thing) -> dict[str, Any]:
    return {"thing": thing, "up": _page(request, thing)}


def _done(request: WorkspaceRequest, comment_id: int, verb: Callable[..., Comment], *, undo: str = "") -> HttpResponse:
    found = the_comment(request, comment_id)
    thing = _thing(found)
    try:
        found = verb(found, by=request.user)
    except Refused as reason:
        return _refused(request, thing, reason)
    toast = None
    if undo:
        url = reverse(undo, args=[request.workspace.slug, comment_id])
        toast = {"text": _("The comment is archived."), "action": _("Undo"), "url": url}
        if not request.htmx:
            say_archived(request, found, undo=url)
    return _answered(request, thing, found, toast=toast)


def _answered(
    request: WorkspaceRequest, thing: Thing, said: Comment, *, toast: dict[str, Any] | None = None
) -> HttpResponse:
    if request.htmx:
        return _shown(request, thing, toast=toast)
    return redirect(f"{_page(request, thing)}#{'talk' if said.archived_at else f'comment-{said.pk}'}")


def _refused(request: WorkspaceRequest, thing: Thing, reason: Refused) -> HttpResponse:
    shown = {"reason": str(reason), **_up(request, thing)}
    if not request.htmx:
        return render(request, "scorecards/comment.html", shown, status=reason.status)
    response = _shown(request, thing, toast={"text": str(reason), "kind": "error"})
    response.status_code = reason.status
    return response


def _shown(request: WorkspaceRequest, thing: Thing, **more: Any) -> HttpResponse:
    if not request.htmx:
        return redirect(f"{_page(request, thing)}#talk")
    shown = talk_about(request, thing) | more
    form = more.get("form")
    return render(request, "workspaces/_talk.html", shown, status=status(form) if form else 200)


def _page(request: WorkspaceRequest, thing: Thing) -> str:
    return reverse(str(thing._meta.model_name), args=[request.workspace.slug, thing.pk])
