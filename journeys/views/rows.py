"""The rows of a map, through the door."""

from django.shortcuts import get_object_or_404

from journeys.models import Journey, Phase, Placement
from workspaces.access import WorkspaceRequest, row


def the_journey(request: WorkspaceRequest, journey_id: int) -> Journey:
    """A journey of this workspace, archived or not, or 404."""
    journey = row(Journey, request, pk=journey_id)
    journey.workspace = request.workspace
    return journey


def the_placement(request: WorkspaceRequest, journey_id: int, placement_id: int) -> Placement:
    """A placement on that journey, with its journey and touchpoint, or 404."""
    placements = Placement.objects.of(request.workspace).select_related("journey", "touchpoint")
    placement: Placement = get_object_or_404(placements, pk=placement_id, journey_id=journey_id)
    placement.journey.workspace = request.workspace
    return placement


def the_phases(journey: Journey) -> list[Phase]:
    """The journey's phases in order."""
    return list(Phase.objects.of(journey.workspace).filter(journey=journey))
