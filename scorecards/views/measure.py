"""One measure: how far it is, what it costs and brings, where it is felt, and what was said and decided."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from measures.models import Measure
from scorecards.cases import history_of
from scorecards.measure import felt_at, line_of, measures_of, next_of, origin_of, reckon, steps_of
from scorecards.review import told_of
from scorecards.talk import talk_about
from workspaces.access import WorkspaceRequest, door, row
from workspaces.models import Role


@require_safe
@door(Role.VIEWER)
def measure(request: WorkspaceRequest, measure_id: int) -> HttpResponse:
    """All that is known of it, archived or not."""
    found: Measure = measures_of(request.workspace).get(pk=row(Measure, request, pk=measure_id).pk)
    found.workspace = request.workspace
    benefits, personas, felt = list(found.benefits.all()), list(found.personas.all()), felt_at(found)
    shown = {
        "measure": found,
        "line": line_of(found),
        "next": next_of(found),
        "origin": origin_of(found),
        "felt": felt,
        "personas": personas,
        "benefits": benefits,
        "worth": reckon(found, benefits),
        "told": told_of(found, [one.touchpoint for one in felt], personas, benefits),
        "steps": steps_of(found),
        "history": history_of(found),
        **talk_about(request, found),
    }
    return render(request, "scorecards/measure.html", shown)
