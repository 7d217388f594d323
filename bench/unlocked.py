"""The product's pages, but nobody holds a journey while its map changes: what the storm's control is served by."""

from config.wsgi import application
from journeys.actions import placements
from journeys.models import Journey

__all__ = ["application"]


def read(journey: Journey) -> Journey:
    """The journey as it is now, as `lock` gives it, but not held."""
    now = Journey.objects.of(journey.workspace).get(pk=journey.pk)
    now.workspace = journey.workspace
    return now


placements.lock = read
