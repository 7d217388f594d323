"""Which lanes a map shows, and a team's own."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from journeys.actions.lanes import add_lane, move_lane, remove_lane, rename_lane, show_lane
from journeys.forms.cells import LaneForm
from journeys.models import Change, Journey, Lane
from journeys.views.answers import refused, saved
from journeys.views.placements import cleaned
from journeys.views.rows import the_journey
from workspaces.access import WorkspaceRequest, door
from workspaces.errors import Refused
from workspaces.models import Role


@require_POST
@door(Role.EDITOR)
def add(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """Add a lane: its `name`, and whether it holds texts or numbers (`kind`)."""
    journey = the_journey(request, journey_id)
    return _answer(request, journey, lambda: add_lane(journey, **cleaned(LaneForm(request.POST)), by=request.user))


@require_POST
@door(Role.EDITOR)
def arrange(request: WorkspaceRequest, journey_id: int, lane_id: int) -> HttpResponse:
    """Change a lane by one thing: `shown` (yes or no), `after` (the lane to follow, empty for the first), or `name`."""
    journey = the_journey(request, journey_id)
    lane = _lane(request, journey, lane_id)
    return _answer(request, journey, lambda: _arranged(request, lane))


@require_POST
@door(Role.EDITOR)
def remove(request: WorkspaceRequest, journey_id: int, lane_id: int) -> HttpResponse:
    """Take a lane of the team's own off the map."""
    journey = the_journey(request, journey_id)
    lane = _lane(request, journey, lane_id)
    return _answer(request, journey, lambda: remove_lane(lane, by=request.user))


def _answer(request: WorkspaceRequest, journey: Journey, verb: Callable[[], Change | None]) -> HttpResponse:
    try:
        change = verb()
    except Refused as reason:
        return refused(request, journey, reason)
    return saved(request, journey, change)


def _arranged(request: WorkspaceRequest, lane: Lane) -> Change | None:
    said = request.POST
    if "after" in said:
        ahead = said["after"]
        after = _lane(request, lane.journey, int(ahead) if ahead.isdecimal() else 0) if ahead else None
        return move_lane(lane, after=after, by=request.user)
    if "name" in said:
        name = cleaned(LaneForm({"name": said["name"], "kind": lane.kind}))["name"]
        return rename_lane(lane, name=name, by=request.user)
    return show_lane(lane, shown=said.get("shown") == "yes", by=request.user)


def _lane(request: WorkspaceRequest, journey: Journey, lane_id: int) -> Lane:
    lane: Lane = get_object_or_404(Lane.objects.of(request.workspace), pk=lane_id, journey=journey)
    lane.journey = journey
    return lane
