"""The rows of a map, through the door."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.shortcuts import get_object_or_404

from journeys.models import Journey, JourneyPersona, Phase, Placement
from workspaces.access import WorkspaceRequest, row


def the_journey(request: WorkspaceRequest, journey_id: int) -> Journey:
    """A journey of this workspace, archived or not, or 404."""
    journey = row(Journey, request, pk=journey_id)
    journey.workspace = request.workspace
    return journey


def the_journey_and_whose(request: WorkspaceRequest, journey_id: int) -> tuple[Journey, list[str]]:
    """A journey of this workspace and the names of its personas, in one statement, or 404."""
    names = JourneyPersona.objects.filter(journey=OuterRef("pk")).order_by("persona__name").values("persona__name")
    journeys = Journey.objects.of(request.workspace).annotate(persona_names=ArraySubquery(names))
    journey = get_object_or_404(journeys, pk=journey_id)
    journey.workspace = request.workspace
    return journey, journey.persona_names


def the_placement(request: WorkspaceRequest, journey_id: int, placement_id: int) -> Placement:
    """A placement on that journey, with its journey and touchpoint, or 404."""
    placements = Placement.objects.of(request.workspace).select_related("journey", "touchpoint")
    placement: Placement = get_object_or_404(placements, pk=placement_id, journey_id=journey_id)
    placement.journey.workspace = request.workspace
    return placement


def the_phases(journey: Journey) -> list[Phase]:
    """The journey's phases in order."""
    return list(Phase.objects.of(journey.workspace).filter(journey=journey))
