"""What a member is to know of."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from workspaces.access import WorkspaceRequest, door, row
from workspaces.actions import read_notice, read_notices
from workspaces.models import Notice, Role, in_sight

ON_A_PAGE = 30


@require_http_methods(["GET", "POST"])
@door(Role.VIEWER)
def notices(request: WorkspaceRequest) -> HttpResponse:
    """What this member is told of, latest first; a POST marks all as read. For htmx only how many are new."""
    if request.method == "POST":
        read_notices(request.membership)
        return redirect("notices", request.workspace.slug)
    if request.htmx:
        return render(request, "_bell.html")
    mine = Notice.objects.of(request.workspace).filter(in_sight("comment__"), member=request.membership)
    found = mine.select_related("comment__by", "comment__token")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "workspaces/notices.html", {"page": page})


@require_POST
@door(Role.VIEWER)
def notice_read(request: WorkspaceRequest, notice_id: int) -> HttpResponse:
    """Go where one's own notice leads, which is read by that."""
    notice = row(Notice, request, pk=notice_id, member=request.membership)
    read_notice(notice)
    return redirect(notice.link)
