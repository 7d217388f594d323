"""A table that is long on paper: ordered, waited for, fetched."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from scorecards.asked import Table
from scorecards.printing import PRINT, order_print
from scorecards.views.exports import with_table
from workspaces.access import WorkspaceRequest, door, row
from workspaces.files import as_file
from workspaces.models import Job, Role


@door(Role.VIEWER)
@require_http_methods(["GET", "POST"])
def order(request: WorkspaceRequest) -> HttpResponse:
    """How many touchpoints would be printed; POST lets a worker do it."""

    def answer(table: Table) -> HttpResponse:
        if request.method == "POST":
            job = order_print(table, request.GET, by=request.user)
            return redirect("print_show", request.workspace.slug, job.pk)
        return render(request, "scorecards/print.html", {"lines": table.length, "query": request.GET.urlencode()})

    return with_table(request, answer)


@door(Role.VIEWER)
@require_safe
def show(request: WorkspaceRequest, print_id: int) -> HttpResponse:
    """How far the sheets are, or where they are fetched."""
    job = _job(request, print_id)
    part = "#progress" if request.htmx else ""
    return render(request, f"scorecards/print.html{part}", {"job": job, "query": job.payload["query"]})


@door(Role.VIEWER)
@require_safe
def fetch(request: WorkspaceRequest, print_id: int) -> HttpResponse:
    """The sheets; 404 until they are made."""
    sheets = _job(request, print_id).upload
    if sheets is None:
        raise Http404
    return as_file(bytes(sheets), "application/pdf", _("Scorecards"), "pdf")


def _job(request: WorkspaceRequest, print_id: int) -> Job:
    """What was ordered in this workspace, or 404: whoever sees the table may fetch it."""
    return row(Job, request, pk=print_id, kind=PRINT)
