"""Scorecards out of the house: on paper, and for other programs."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from journeys.paper import Printed
from journeys.views.exports import as_file
from journeys.views.spreadsheet import XLSX
from scorecards import finding
from scorecards.asked import table_of
from scorecards.paper import touchpoint_on_paper
from scorecards.paper_table import table_on_paper
from scorecards.sheet import csv_of, lines_of, xlsx_of
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
    table = table_of(workspace, request.GET)
    address = f"{settings.SITE_URL}{reverse('scorecards', args=[workspace.slug])}"
    said = finding.of_table(workspace, table.scope, persona=table.persona)
    printed = Printed(f"{address}{table.query.rstrip('?')}", today)
    told = table_on_paper(workspace, table.full(), table.period, finding=said, printed=printed)
    return as_file(pdf_of("scorecards", told), "application/pdf", told["title"], "pdf")


@door(Role.VIEWER)
@require_safe
def scorecards_csv(request: WorkspaceRequest) -> HttpResponse:
    """The table as the address narrows and sorts it, as text."""
    table = table_of(request.workspace, request.GET)
    return as_file(
        csv_of(lines_of(table.full(), table.narrowing.chosen)), "text/csv; charset=utf-8", _("Scorecards"), "csv"
    )


@door(Role.VIEWER)
@require_safe
def scorecards_xlsx(request: WorkspaceRequest) -> HttpResponse:
    """The table as the address narrows and sorts it, as a workbook."""
    table = table_of(request.workspace, request.GET)
    return as_file(xlsx_of(lines_of(table.full(), table.narrowing.chosen), table.period), XLSX, _("Scorecards"), "xlsx")


@door(Role.VIEWER)
@require_safe
def touchpoint_pdf(request: WorkspaceRequest, touchpoint_id: int) -> HttpResponse:
    """A touchpoint's scorecard on one sheet, for the period and persona that the address names."""
    touchpoint = touchpoint_here(request, touchpoint_id)
    address = f"{settings.SITE_URL}{reverse('touchpoint', args=[request.workspace.slug, touchpoint.pk])}"
    today = clock.today(request.workspace.zone)
    told = touchpoint_on_paper(scorecard(request, touchpoint), Printed(address, today))
    return as_file(pdf_of("touchpoint", told), "application/pdf", touchpoint.name, "pdf")
