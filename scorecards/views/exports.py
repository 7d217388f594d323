"""Scorecards out of the house: on paper."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from journeys.paper import Printed
from journeys.views.exports import as_file
from scorecards import finding
from scorecards.ordering import TableForm
from scorecards.paper import touchpoint_on_paper
from scorecards.paper_table import table_on_paper
from scorecards.periods import PeriodForm
from scorecards.table import rows_of
from scorecards.views.health import scorecard, touchpoint_here
from workspaces import clock
from workspaces.access import WorkspaceRequest, door
from workspaces.models import Role
from workspaces.paper import pdf_of


@door(Role.VIEWER)
@require_safe
def scorecards_pdf(request: WorkspaceRequest) -> HttpResponse:
    """The table as the address narrows and sorts it, a sheet for every 25 touchpoints or so."""
    workspace, today = request.workspace, clock.today(request.workspace.zone)
    period, narrowing = PeriodForm(request.GET, today).period, TableForm(request.GET, workspace=request.workspace)
    every = rows_of(workspace, period)
    rows = narrowing.sort_rows(narrowing.narrow(every))
    address = f"{settings.SITE_URL}{reverse('scorecards', args=[workspace.slug])}"
    said = finding.of_table(workspace, every)
    told = table_on_paper(workspace, rows, period, finding=said, printed=Printed(address, today))
    return as_file(pdf_of("scorecards", told), "application/pdf", told["title"], "pdf")


@door(Role.VIEWER)
@require_safe
def touchpoint_pdf(request: WorkspaceRequest, touchpoint_id: int) -> HttpResponse:
    """A touchpoint's scorecard on one sheet, for the period and persona that the address names."""
    touchpoint = touchpoint_here(request, touchpoint_id)
    address = f"{settings.SITE_URL}{reverse('touchpoint', args=[request.workspace.slug, touchpoint.pk])}"
    today = clock.today(request.workspace.zone)
    told = touchpoint_on_paper(scorecard(request, touchpoint), Printed(address, today))
    return as_file(pdf_of("touchpoint", told), "application/pdf", touchpoint.name, "pdf")
