"""Events over REST."""

from typing import Any

from touchpoints.actions import archive_event, create_event, edit_event, restore_event
from touchpoints.models import Event, Touchpoint
from workspaces.api.fields import KeptRow, ListQuery, asked, days, ordering
from workspaces.api.resource import KeptResource, Verbs


class EventSerializer(KeptRow):
    """What happened on a day and may have moved figures: at a `touchpoint`, or at all of them where that is null."""

    class Meta:
        model = Event
        fields = ["id", "version", "touchpoint", "day", "text", "created_at", "updated_at", "archived_at"]


class EventQuery(ListQuery):
    """What may be asked of the events."""

    touchpoint = asked(Touchpoint)
    ordering = ordering("day", "updated_at")

    def get_fields(self) -> dict[str, Any]:
        """With the days."""
        return super().get_fields() | days("day")


class EventResource(KeptResource):
    """What the team notes beside the trends of touchpoints."""

    model = Event
    serializer_class = EventSerializer
    queries = {"list": EventQuery}
    lookup_url_kwarg = "event_id"
    examples = {
        "create": {"touchpoint": 12, "day": "2026-03-02", "text": "Push provider changed"},
        "partial_update": {"text": "Push provider changed back", "version": 1},
    }
    verbs = Verbs(create_event, edit_event, archive_event, restore_event)
