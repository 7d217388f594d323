"""The lanes of journeys over REST: which are shown, and a team's own. What they tell stands on the map."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from journeys.actions.lanes import add_lane, edit_lane, remove_lane, restore_lane
from journeys.models import OWN, Journey, Lane, LaneKind
from workspaces.api.fields import Here, KeptRow, ListQuery, asked, ordering
from workspaces.api.resource import KeptResource, Verbs
from workspaces.errors import Refused
from workspaces.models import Actor, Workspace, WorkspaceQuerySet

SAID_ONCE = ("journey", "kind")


class LaneSerializer(KeptRow):
    """A lane of a journey. New ones are the team's own, of texts or of numbers; only those have a name and can go."""

    journey = Here(Journey)
    kind = serializers.ChoiceField(choices=LaneKind.choices)

    class Meta:
        model = Lane
        fields = [
            "id", "version", "journey", "kind", "name", "position", "shown", "created_at", "updated_at", "archived_at",
        ]  # fmt: skip
        read_only_fields = ["position"]

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """What it is, and where, is said once."""
        if self.instance is None:
            if given["kind"] not in OWN or not given.get("name"):
                raise Refused(_("A new lane holds texts or numbers, and has a name."))
            return given
        for name in SAID_ONCE:
            if name in given and given.pop(name) != getattr(self.instance, name):
                raise Refused(_("Journey and kind of a lane stay as they are."))
        return given


class LaneQuery(ListQuery):
    """What may be asked of the lanes."""

    journey = asked(Journey)
    ordering = ordering("position", "updated_at")


def make(workspace: Workspace, *, journey: Journey, by: Actor, **facts: Any) -> Lane:
    """A lane of the team's own, last on its map."""
    change = add_lane(journey, by=by, **facts)
    lane: Lane = Lane.objects.of(workspace).get(pk=change.what["lane"])
    return lane


class LaneResource(KeptResource):
    """Lanes of all journeys."""

    model = Lane
    serializer_class = LaneSerializer
    queries = {"list": LaneQuery}
    lookup_url_kwarg = "lane_id"
    examples = {
        "create": {"journey": 7, "kind": "number", "name": "Support calls a month"},
        "partial_update": {"shown": False, "version": 1},
    }
    verbs = Verbs(make, edit_lane, remove_lane, restore_lane)

    def rows(self) -> WorkspaceQuerySet:
        """With what the map's verbs need."""
        return super().rows().select_related("journey__workspace")
