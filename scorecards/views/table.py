"""The scorecards: every touchpoint of the workspace with its health, and what customers said in a chosen period."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from scorecards import finding
from scorecards.asked import Table, table_of
from scorecards.periods import LENGTHS
from scorecards.year import Months, months_of
from workspaces import clock
from workspaces.access import WorkspaceRequest, door
from workspaces.models import Role, Workspace

ON_A_PAGE = 50


@door(Role.VIEWER)
@require_safe
def scorecards(request: WorkspaceRequest) -> HttpResponse:
    """The touchpoints, the highest priority first; above them what was said of the company and journeys as a whole.

    400 where the address asks what cannot be: the page says so, and shows the rest as usual. While somebody is still
    filling in the form (htmx) that is no error yet.
    """
    table = table_of(request.workspace, request.GET)
    page = Paginator(table.lines(), ON_A_PAGE).get_page(request.GET.get("page"))
    lines = list(page.object_list)
    journeys = [table.journey] if table.journey else table.around.journeys
    besides = [one for one in (table.around.company, *(journey.subject_id for journey in journeys)) if one]
    said = table.said(lines, besides=besides)
    months: Months = {}
    if "months" in table.narrowing.chosen:
        today = clock.today(request.workspace.zone)
        months = months_of(request.workspace, lines, today, persona=table.persona)
    shown = {
        **_told(request.workspace, table),
        "whole": said.whole(table.around.company, request.workspace, journeys),
        "page": page,
        "rows": said.about(lines),
        "months": months,
        "address": request.path,
    }
    return render(request, "scorecards/table.html", shown, status=400 if table.faults and not request.htmx else 200)


def _told(workspace: Workspace, table: Table) -> dict[str, Any]:
    """What the page says of all its lines, on whichever page of them."""
    rows = table.scope
    return {
        "table": table,
        "form": table.form,
        "period": table.period,
        "lengths": LENGTHS,
        "personas": table.around.personas,
        "persona": table.persona,
        "narrowing": table.narrowing,
        "headings": table.narrowing.headings,
        "missed": sum(row.below_target for row in rows),
        "moved": sum(row.really_changed for row in rows),
        "idle": sum(not row.done for row in rows),
        "alarms": table.around.alarms,
        "total": len(rows),
        "most": max((row.priority or 0.0 for row in rows), default=0.0),
        "finding": finding.of_table(workspace, rows, persona=table.persona),
    }
