"""The scorecards: every touchpoint of the workspace with its health, and what customers said in a chosen period."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from journeys.models import Journey
from scorecards.periods import LENGTHS, PeriodForm
from scorecards.table import rows_of, whole
from workspaces import clock
from workspaces.access import WorkspaceRequest, door
from workspaces.models import Role


@door(Role.VIEWER)
@require_safe
def scorecards(request: WorkspaceRequest) -> HttpResponse:
    """All touchpoints, worst health first; above them what was said about the company and its journeys as a whole."""
    form = PeriodForm(request.GET, clock.today(request.workspace.zone))
    journeys = list(Journey.objects.of(request.workspace).kept())
    shown = {
        "form": form,
        "period": form.period,
        "lengths": LENGTHS,
        "whole": whole(request.workspace, journeys, form.period),
        "rows": rows_of(request.workspace, form.period),
        "address": request.path,
    }
    return render(request, "scorecards/table.html", shown)
