"""What happened to maps, over REST."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from journeys.actions.restoring import restore_before
from journeys.models import Change, Journey, Verb
from workspaces.api.fields import ListQuery, Row, asked, ordering
from workspaces.api.once import once
from workspaces.api.resource import Resource
from workspaces.models import WorkspaceQuerySet


class ChangeSerializer(Row):
    """One change of a map. `what` names the placement or phase; `from` and `to` in it are phases. Never altered.

    Of several placements at once `what` has `parts`, one like that for each.

    `open` tells which journey a placement or phase `opens` from then on, null where it no longer does. `said`: its
    name.

    `start` is a map that was begun whole: `what` has its `source` (template, journey, spreadsheet or file), the
    source's `name`, and the `count` of touchpoints.
    """

    author = serializers.CharField(read_only=True, allow_null=True, help_text="the person or token, as far as known")
    what = serializers.JSONField(read_only=True)

    class Meta:
        model = Change
        fields = ["id", "journey", "revision", "verb", "what", "undoes", "author", "at"]
        read_only_fields = fields


class ChangeQuery(ListQuery):
    """What may be asked of the changes."""

    journey = asked(Journey)
    after_revision = serializers.IntegerField(
        source="revision__gt", min_value=0, max_value=2**63 - 1, required=False, help_text="only later ones"
    )
    verb = serializers.ChoiceField(choices=Verb.choices, required=False)
    ordering = ordering("at", "revision")


class ChangeResource(Resource):
    """What happened to the maps of all journeys; each change raised its journey's revision by one."""

    model = Change
    serializer_class = ChangeSerializer
    queries = {"list": ChangeQuery}
    lookup_url_kwarg = "change_id"
    changed_at = "at"

    def rows(self) -> WorkspaceQuerySet:
        """With whoever made them."""
        return super().rows().select_related("by", "token", "journey")

    @extend_schema(request=None, responses={201: ChangeSerializer})
    @action(detail=True, methods=["post"])
    @once
    def restore(self, request: Request, **named: Any) -> Response:
        """Bring back, as a new change, how things were before this one. 409 where they are so, or cannot be."""
        change = self.get_object()
        done = restore_before(change.journey, change, by=self.by)
        return self.answer(self.rows().get(pk=done.pk), status.HTTP_201_CREATED)
