"""Scorecards out of the house: on paper, and for other programs."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from journeys.paper import Printed
from journeys.views.spreadsheet import XLSX
from scorecards.asked import Table, table_of
from scorecards.paper import touchpoint_on_paper
from scorecards.printing import AT_ONCE, sheets_of
from scorecards.sheet import csv_of, lines_of, xlsx_of
from scorecards.views.health import scorecard, touchpoint_here
from workspaces import clock
from workspaces.access import WorkspaceRequest, door
from workspaces.files import as_file
from workspaces.models import Role
from workspaces.paper import pdf_of
from workspaces.problems import refused


@door(Role.VIEWER)
@require_safe
def scorecards_pdf(request: WorkspaceRequest) -> HttpResponse:
    """The table as the address narrows and sorts it; where that would take long, the page on which it is ordered."""

    def made(table: Table) -> HttpResponse:
        if table.length > AT_ONCE:
            address = reverse("print_order", args=[request.workspace.slug])
            return redirect(f"{address}?{request.GET.urlencode()}")
        return as_file(sheets_of(table), "application/pdf", _("Scorecards"), "pdf")

    return with_table(request, made)


@door(Role.VIEWER)
@require_safe
def scorecards_csv(request: WorkspaceRequest) -> HttpResponse:
    """The table as the address narrows and sorts it, as text."""
    return _table_as(request, lambda table: csv_of(_lines(table)), "text/csv; charset=utf-8", "csv")


@door(Role.VIEWER)
@require_safe
def scorecards_xlsx(request: WorkspaceRequest) -> HttpResponse:
    """The table as the address narrows and sorts it, as a workbook."""
    return _table_as(request, _as_xlsx, XLSX, "xlsx")


@door(Role.VIEWER)
@require_safe
def touchpoint_pdf(request: WorkspaceRequest, touchpoint_id: int) -> HttpResponse:
    """A touchpoint's scorecard on one sheet, for the period and persona that the address names."""
    touchpoint = touchpoint_here(request, touchpoint_id)
    address = f"{settings.SITE_URL}{reverse('touchpoint', args=[request.workspace.slug, touchpoint.pk])}"
    today = clock.today(request.workspace.zone)
    told = touchpoint_on_paper(scorecard(request, touchpoint), Printed(address, today))
    return as_file(pdf_of("touchpoint", told), "application/pdf", touchpoint.name, "pdf")


def _table_as(request: WorkspaceRequest, make: Callable[[Table], bytes], kind: str, ending: str) -> HttpResponse:
    return with_table(request, lambda table: as_file(make(table), kind, _("Scorecards"), ending))


def with_table(request: WorkspaceRequest, answer: Callable[[Table], HttpResponse]) -> HttpResponse:
    """The answer about the table that the address asks for; 400 where that cannot be, for a file would not say so."""
    table = table_of(request.workspace, request.GET)
    if table.faults:
        return refused(request, 400, " ".join(table.faults))
    return answer(table)


def _as_xlsx(table: Table) -> bytes:
    between = f"{table.period.first.isoformat()} – {table.period.last.isoformat()}"
    return xlsx_of(_lines(table), _("Scorecards"), about=between)


def _lines(table: Table) -> list[list[Any]]:
    return lines_of(table.full(), table.narrowing.chosen)
