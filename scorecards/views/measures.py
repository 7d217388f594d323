"""What is done about what customers say: all measures of a workspace, as a board or as a table."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from scorecards.measure_chart import chart_of
from scorecards.measure_table import MeasuresForm, table_of
from scorecards.measures import board_of
from workspaces.access import WorkspaceRequest, door
from workspaces.models import Role


@require_safe
@door(Role.VIEWER)
def measures(request: WorkspaceRequest) -> HttpResponse:
    """A column for each status, or with `show=table` a line for each measure."""
    board = board_of(request.workspace)
    shown: dict[str, Any] = {"board": board, "shown": request.GET.get("show", "")}
    if shown["shown"] == "table":
        form = MeasuresForm(request.GET)
        shown |= {"form": form, "table": table_of(request.workspace, form)}
    else:
        shown["chart"] = chart_of(board.cards)
    template = "scorecards/measures.html#measures" if request.htmx else "scorecards/measures.html"
    return render(request, template, shown)
