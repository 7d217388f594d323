"""The scorecards: every touchpoint of the workspace with its health, and what customers said in a chosen period."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from journeys.models import Journey
from scorecards import finding
from scorecards.alarms import alarms_of
from scorecards.ordering import TableForm
from scorecards.periods import LENGTHS, PeriodForm
from scorecards.table import rows_of, whole
from touchpoints.models import AlarmState
from workspaces import clock
from workspaces.access import WorkspaceRequest, door
from workspaces.models import Role


@door(Role.VIEWER)
@require_safe
def scorecards(request: WorkspaceRequest) -> HttpResponse:
    """The touchpoints, worst health first; above them what was said about the company and its journeys as a whole."""
    form = PeriodForm(request.GET, clock.today(request.workspace.zone))
    narrowing = TableForm(request.GET, workspace=request.workspace)
    rows = rows_of(request.workspace, form.period)
    journeys = list(Journey.objects.of(request.workspace).kept())
    shown = {
        "form": form,
        "period": form.period,
        "lengths": LENGTHS,
        "alarms": alarms_of(request.workspace).filter(state=AlarmState.OPEN).count(),
        "whole": whole(request.workspace, journeys, form.period),
        "total": len(rows),
        "finding": finding.of_table(request.workspace, rows),
        "rows": narrowing.sort_rows(narrowing.narrow(rows)),
        "narrowing": narrowing,
        "columns": narrowing.columns,
        "address": request.path,
    }
    return render(request, "scorecards/table.html", shown)
