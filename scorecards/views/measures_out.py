"""Measures out of the house, for other programs."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from journeys.views.spreadsheet import XLSX
from scorecards.measure_sheet import lines_in, sheet_of
from scorecards.measure_table import MeasuresForm, table_of
from scorecards.sheet import csv_of, xlsx_of
from workspaces.access import WorkspaceRequest, door
from workspaces.files import as_file
from workspaces.models import Role


@require_safe
@door(Role.VIEWER)
def measures_csv(request: WorkspaceRequest) -> HttpResponse:
    """The table as the address narrows and sorts it, as text."""
    return as_file(csv_of(_lines(request)), "text/csv; charset=utf-8", _("Measures"), "csv")


@require_safe
@door(Role.VIEWER)
def measures_xlsx(request: WorkspaceRequest) -> HttpResponse:
    """The table as the address narrows and sorts it, as a workbook."""
    return as_file(xlsx_of(_lines(request), _("Measures")), XLSX, _("Measures"), "xlsx")


def _lines(request: WorkspaceRequest) -> list[list[Any]]:
    table = table_of(request.workspace, MeasuresForm(request.GET))
    return sheet_of(lines_in(table, request.workspace), request.workspace)
