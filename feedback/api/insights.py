"""Insights over REST."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from feedback.actions import archive_insight, create_insight, edit_insight, restore_insight
from feedback.models import Insight, InsightKind
from touchpoints.models import Touchpoint
from workspaces.api.fields import Flag, KeptRow, ListQuery, asked, ordering
from workspaces.api.resource import KeptResource, Verbs
from workspaces.errors import Refused
from workspaces.models import Workspace


class InsightSerializer(KeptRow):
    """A pain point, praise or wish at a touchpoint, and how often it was named. It stays at its touchpoint.

    Made of a `theme` its mentions are `counted` anew with each search, and cannot be set.
    """

    counted = Flag(source="is_counted", read_only=True)

    class Meta:
        model = Insight
        fields = [
            "id", "version", "touchpoint", "kind", "text", "mentions", "counted", "theme", "created_at", "updated_at",
            "archived_at",
        ]  # fmt: skip
        read_only_fields = ["theme"]

    def validate_touchpoint(self, touchpoint: Touchpoint) -> Touchpoint:
        """It does not move."""
        if self.instance is not None and self.instance.touchpoint_id != touchpoint.pk:
            raise Refused(_("An insight stays at its touchpoint."))
        return touchpoint


class InsightQuery(ListQuery):
    """What may be asked of the insights."""

    touchpoint = asked(Touchpoint)
    kind = serializers.ChoiceField(choices=InsightKind.choices, required=False)
    ordering = ordering("mentions", "updated_at")


def make(workspace: Workspace, *, touchpoint: Touchpoint, **facts: Any) -> Insight:
    """A new insight, as `create_insight` takes it."""
    return create_insight(touchpoint, **facts)


class InsightResource(KeptResource):
    """What the team learned from what customers said."""

    model = Insight
    serializer_class = InsightSerializer
    queries = {"list": InsightQuery}
    lookup_url_kwarg = "insight_id"
    examples = {
        "create": {"touchpoint": 12, "kind": "pain", "text": "Nobody knows which door to wait at", "mentions": 17},
        "partial_update": {"mentions": 21, "version": 1},
    }
    verbs = Verbs(make, edit_insight, archive_insight, restore_insight)
