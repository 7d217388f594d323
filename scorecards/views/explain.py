"""A score explained: figure by figure, down to the answers, and as a workbook that works it out again."""

from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from journeys.views.spreadsheet import XLSX
from personas.models import Persona
from scorecards.explaining import Explanation, cells_behind, explain
from scorecards.formulas import lines_of, lines_of_health
from scorecards.over_time import Every, compare, history
from scorecards.periods import AsOfForm
from scorecards.trend import trend_of
from scorecards.views.health import persona_in
from scorecards.workbook import workbook_of
from touchpoints.borders import borders_of
from touchpoints.models import Touchpoint
from workspaces import clock
from workspaces.access import WorkspaceRequest, door, row
from workspaces.files import as_file
from workspaces.models import Role

CELLS_A_PAGE = 60


class Asked(NamedTuple):
    """What an address asks to be explained."""

    form: AsOfForm
    explained: Explanation


@door(Role.VIEWER)
@require_safe
def touchpoint_explain(request: WorkspaceRequest, touchpoint_id: int) -> HttpResponse:
    """A touchpoint's score as of a `day`, of a `persona` or all: how it came about, since when, and what was known."""
    form, explained = _asked(request, touchpoint_id)
    every = Every(request.GET["every"]) if request.GET.get("every") in Every else Every.WEEK
    moments = history(explained, every)
    shown: dict[str, Any] = {
        "touchpoint": explained.touchpoint,
        "explained": explained,
        "form": form,
        "latest": form.latest,
        "persona": explained.persona,
        "personas": Persona.objects.of(request.workspace).kept(),
        "every": every,
        "ways": Every,
        "moments": moments,
        "trend": trend_of(moments, borders_of(request.workspace)),
        "cells": Paginator(cells_behind(explained), CELLS_A_PAGE).get_page(request.GET.get("page")),
    }
    if explained.day:
        shown["compared"] = compare(explained, form.before(explained.day))
    if explained.health and explained.base:
        shown["lines"] = lines_of_health(explained.health, explained.base.model)
        shown["parts"] = [(part, lines_of(part, explained.health)) for part in explained.parts]
    return render(request, "scorecards/explain.html", shown)


@door(Role.VIEWER)
@require_safe
def touchpoint_explain_xlsx(request: WorkspaceRequest, touchpoint_id: int) -> HttpResponse:
    """The same as a workbook of formulas over the daily cells."""
    _form, explained = _asked(request, touchpoint_id)
    return as_file(workbook_of(explained), XLSX, explained.touchpoint.name, "xlsx")


def _asked(request: WorkspaceRequest, touchpoint_id: int) -> Asked:
    touchpoint = row(Touchpoint, request, pk=touchpoint_id)
    touchpoint.workspace = request.workspace
    form = AsOfForm(request.GET, clock.today(request.workspace.zone))
    return Asked(form, explain(touchpoint, day=form.chosen, persona=persona_in(request)))
