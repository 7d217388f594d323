"""Opportunities over REST."""

from typing import Any

from django.db.models import Prefetch
from rest_framework import serializers

from feedback.models import Insight
from measures.actions import archive_opportunity, create_opportunity, edit_opportunity, restore_opportunity
from measures.models import Gathered, Opportunity
from touchpoints.models import Touchpoint
from workspaces.api.fields import Here, HereAll, KeptRow, ListQuery, OwnerSerializer, asked, ordering, part_of
from workspaces.api.resource import KeptResource, Verbs
from workspaces.models import Membership, Team, WorkspaceQuerySet


class OpportunitySerializer(KeptRow):
    """Pain points and wishes for which something can be done. It is about the `touchpoints` of what it gathers.

    Its measures are at `measures/?opportunity=ID`.
    """

    insights = HereAll(Insight, min_length=1, help_text="pain points and wishes, of one touchpoint or several")
    touchpoints = serializers.SerializerMethodField()
    owner = OwnerSerializer(required=False, allow_null=True)

    class Meta:
        model = Opportunity
        fields = [
            "id", "version", "title", "note", "insights", "touchpoints", "owner", "created_at", "updated_at",
            "archived_at",
        ]  # fmt: skip

    def get_touchpoints(self, opportunity: Opportunity) -> list[int]:
        """Of what it gathers, each once."""
        return sorted({insight.touchpoint_id for insight in opportunity.insights.all()})


class GatheredAt(Here):
    """A query's parameter that names a touchpoint of what opportunities gather."""

    def to_internal_value(self, data: Any) -> Any:
        """The ids of these opportunities: each once, however much it gathers there."""
        there: WorkspaceQuerySet = Gathered.objects.of(self.context["workspace"])
        return there.filter(insight__touchpoint=super().to_internal_value(data)).values("opportunity")


class OpportunityQuery(ListQuery):
    """What may be asked of the opportunities."""

    q = part_of("title")
    touchpoint = GatheredAt(Touchpoint, source="pk__in", required=False, archived=True, strict=False)
    insight = asked(Insight, source="insights")
    owner_team = asked(Team)
    owner_member = asked(Membership)
    ordering = ordering("title", "created_at", "updated_at")


class OpportunityResource(KeptResource):
    """What could be gained: pain points and wishes that belong together."""

    model = Opportunity
    serializer_class = OpportunitySerializer
    queries = {"list": OpportunityQuery}
    lookup_url_kwarg = "opportunity_id"
    examples = {
        "create": {"title": "Tell of delays in time", "insights": [41, 57], "owner": {"team": 2}},
        "partial_update": {"note": "With the reason, and a forecast", "version": 1},
    }
    verbs = Verbs(create_opportunity, edit_opportunity, archive_opportunity, restore_opportunity)

    def rows(self) -> WorkspaceQuerySet:
        """With what they gather, and their owners' names."""
        insights = Insight.objects.of(self.workspace).only("pk", "touchpoint")
        rows = super().rows().select_related("owner_team", "owner_member__user")
        return rows.prefetch_related(Prefetch("insights", insights))
