"""Lists of what is kept and what is archived, and the way from one to the other."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from workspaces.access import WorkspaceRequest
from workspaces.editing import refusal
from workspaces.models import WorkspaceQuerySet

ON_A_PAGE = 60


def shelf(rows: WorkspaceQuerySet, request: WorkspaceRequest) -> dict[str, Any]:
    """A page of the rows that are kept, or with `?archived=1` of the archived ones, for a list's template."""
    archived = request.GET.get("archived") == "1"
    chosen = rows.archived() if archived else rows.kept()
    return {
        "page": Paginator(chosen, ON_A_PAGE).get_page(request.GET.get("page")),
        "archived": archived,
        "archived_count": rows.archived().count(),
    }


def say_archived(request: WorkspaceRequest, row: Any, *, undo: str) -> None:
    """Say on the next page that the row is archived, with the address that takes it back."""
    text = _("“%(name)s” is archived. It can be restored for 30 days.") % {"name": row}
    messages.success(request, text, extra_tags=undo)


def answer_restored(request: WorkspaceRequest, restore: Callable[..., Any], row: Any, *, to: str) -> HttpResponse:
    """Restore the row, say so or why not, and go to that address: from a form as from a toast."""
    try:
        restore(row, by=request.user)
    except IntegrityError as error:
        messages.error(request, refusal(row, error))
    else:
        messages.success(request, _("“%(name)s” is back.") % {"name": row})
    return HttpResponseClientRedirect(to) if request.htmx else redirect(to)
