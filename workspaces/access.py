"""The one door to a workspace's rows."""

import functools
from collections.abc import Callable
from typing import Any, Concatenate, Protocol, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Count, IntegerField, Model
from django.db.models.expressions import RawSQL
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from workspaces.errors import Stale
from workspaces.models import Membership, Notice, User, Workspace, in_sight

Row = TypeVar("Row", bound=Model)
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User
    htmx: HtmxDetails


class WorkspaceRequest(PersonRequest):
    """A request that has come through the door."""

    workspace: Workspace
    membership: Membership
    workspaces: list[Workspace]


class View(Protocol):
    """A view behind the door."""

    def __call__(self, request: WorkspaceRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request."""


Behind = Callable[Concatenate[WorkspaceRequest, ...], HttpResponseBase]
InFront = Callable[Concatenate[HttpRequest, str, ...], HttpResponseBase]


def door(role: int, *, write: int | None = None) -> Callable[[Behind], InFront]:
    """Let members of at least this role in. An outsider meets 404, too low a role 403, a stranger the sign-in page.

    `write` asks a higher role of whoever posts: `@door(Role.VIEWER, write=Role.ADMIN)`. The view gets a request with
    `workspace`, `membership` (with how many notices are `unread`) and `workspaces` (all that this person belongs to),
    read in one statement, and shows times in the workspace's zone.
    """

    def decorate(view: Behind) -> InFront:
        @functools.wraps(view)
        def guarded(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            entered = cast("WorkspaceRequest", request)
            enter(entered, slug)
            needed = role if write is None or request.method in SAFE else write
            if not entered.membership.may(needed):
                raise PermissionDenied(_("Your role in this workspace does not allow this."))
            with timezone.override(entered.workspace.zone):
                return view(entered, *args, **kwargs)

        return guarded

    return decorate


def enter(request: WorkspaceRequest, slug: str) -> None:
    """Put the workspace of that address on the request, or raise 404 when this person does not belong to it."""
    memberships = list(
        Membership.objects.filter(user=request.user)
        .select_related("workspace")
        .annotate(unread=_unread())
        .order_by("workspace__name")
    )
    request.workspaces = [membership.workspace for membership in memberships]
    for membership in memberships:
        if membership.workspace.slug == slug:
            membership.user = request.user
            request.membership, request.workspace = membership, membership.workspace
            return
    raise Http404


@functools.cache
def _unread() -> RawSQL:
    """How many notices of what can still be seen a member has not read.

    Put together once a process: it belongs to every request, and doing that costs more than asking it.
    """
    member = RawSQL('"workspaces_membership"."id"', ())
    mine = Notice.objects.filter(in_sight("comment__"), member=member, read_at=None).order_by()
    counted, values = mine.values("member").annotate(count=Count("pk")).values("count").query.sql_with_params()
    return RawSQL(f"coalesce(({counted}), 0)", values, IntegerField())  # noqa: S611 - as Django wrote it


def row(model: type[Row], request: WorkspaceRequest, **lookup: Any) -> Row:
    """One row of this workspace, or 404. Another workspace's id is 404 like one that never was."""
    try:
        return cast("Row", model.objects.of(request.workspace).get(**lookup))  # type: ignore[attr-defined]
    except model.DoesNotExist as missing:  # type: ignore[attr-defined]
        raise Http404 from missing


def locked(row: Row, version: int | None = None) -> Row:
    """The row as it is now, locked until commit. Raises `Stale` when it was changed since `version`, 404 when gone.

    For actions: inside `transaction.atomic`, and after the lock on whatever the row belongs to.
    """
    try:
        current = cast("Row", type(row).objects.select_for_update(no_key=True, of=("self",)).get(pk=row.pk))  # type: ignore[attr-defined]
    except type(row).DoesNotExist as missing:  # type: ignore[attr-defined]
        raise Http404 from missing
    if version is not None and current.version != version:  # type: ignore[attr-defined]
        raise Stale(current)
    return current


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": redirect_to_login(request.path).url})
    return redirect_to_login(request.get_full_path())
