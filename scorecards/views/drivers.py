"""Key drivers: what goes together with what customers say of the company or a journey as a whole."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from journeys.models import Journey
from scorecards.driver_charts import bars_of, places_of
from scorecards.drivers import OUTCOMES, USUAL, drivers_of
from scorecards.periods import LENGTHS, PeriodForm
from touchpoints.health.metrics import Metric
from workspaces import clock
from workspaces.access import WorkspaceRequest, door, row
from workspaces.models import Role


@door(Role.VIEWER)
@require_safe
def drivers(request: WorkspaceRequest) -> HttpResponse:
    """The drivers of the `outcome` (nps, csat) of the workspace or a `journey`, over a year unless told otherwise."""
    form = PeriodForm(request.GET, clock.today(request.workspace.zone), USUAL)
    journey, wanted = journey_in(request), request.GET.get("outcome", "")
    outcome = Metric(wanted) if wanted in OUTCOMES else None
    seen = drivers_of(request.workspace, form.period, journey=journey, outcome=outcome)
    shown = {
        "form": form,
        "period": form.period,
        "lengths": LENGTHS,
        "journey": journey,
        "journeys": Journey.objects.of(request.workspace).kept().by_name(),
        "seen": seen,
        "bars": bars_of(seen) if seen.told else None,
        "places": places_of(seen) if seen.told else None,
        "address": request.path,
    }
    return render(request, "scorecards/drivers.html", shown)


def journey_in(request: WorkspaceRequest) -> Journey | None:
    """The journey in the address; None for the whole workspace. Another workspace's is 404."""
    chosen = request.GET.get("journey", "")
    return row(Journey, request, pk=int(chosen)) if chosen.isdecimal() else None
