"""Which journey tells in more detail what a touchpoint or phase of another one tells."""

from django.db.models import Q

from journeys.actions.journeys import edit_journey
from journeys.models import Journey, Phase, Placement
from workspaces.models import Actor, WorkspaceQuerySet


def set_parent(
    journey: Journey,
    *,
    placement: Placement | None = None,
    phase: Phase | None = None,
    version: int,
    by: Actor,
) -> Journey:
    """Let a touchpoint where it stands, or a phase, open this journey; with neither it stands by itself again.

    Raises Stale as `edit_journey`, and `Refused` where another journey is opened there already, where journeys would
    lead round in a circle, or where more than five would lie one below the other.
    """
    return edit_journey(journey, version=version, by=by, parent_placement=placement, parent_phase=phase)


def opened_on(journey: Journey) -> WorkspaceQuerySet:
    """The journeys that touchpoints and phases of this one open, by name."""
    placements = Placement.objects.of(journey.workspace).kept().filter(journey=journey)
    phases = Phase.objects.of(journey.workspace).filter(journey=journey)
    below: WorkspaceQuerySet = Journey.objects.of(journey.workspace).kept()
    return below.filter(Q(parent_placement__in=placements) | Q(parent_phase__in=phases)).by_name()
