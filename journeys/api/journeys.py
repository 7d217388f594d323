"""Journeys over REST; each one's map has an address of its own."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from journeys.actions.history import redo_change, undo_change
from journeys.actions.journeys import archive_journey, create_journey, edit_journey, restore_journey
from journeys.api.changes import ChangeSerializer
from journeys.api.phases import PhaseSerializer
from journeys.models import Category, Journey, Standing
from personas.models import Persona
from workspaces.api.fields import VERSION, HereAll, KeptRow, ListQuery, OwnerSerializer, Whole, asked, ordering, part_of
from workspaces.api.once import once
from workspaces.api.resource import KeptResource, Verbs
from workspaces.models import WorkspaceQuerySet


class JourneySerializer(KeptRow):
    """A customer's way through five phases. `revision` rises with every change of its map."""

    version = Whole(source="edition", min_value=1, max_value=2**31 - 1, required=False, help_text=VERSION)
    owner = OwnerSerializer(required=False, allow_null=True)
    personas = HereAll(Persona, required=False)
    phases = PhaseSerializer(many=True, read_only=True)

    class Meta:
        model = Journey
        fields = [
            "id", "version", "revision", "name", "note", "category", "standing", "personas", "owner", "review_date",
            "phases", "created_at", "updated_at", "archived_at",
        ]  # fmt: skip


class JourneyQuery(ListQuery):
    """What may be asked of the journeys."""

    q = part_of("name")
    category = serializers.ChoiceField(choices=Category.choices, required=False)
    standing = serializers.ChoiceField(choices=Standing.choices, required=False)
    persona = asked(Persona, source="personas")
    ordering = ordering("name", "updated_at")


class JourneyResource(KeptResource):
    """The journeys of the workspace."""

    model = Journey
    serializer_class = JourneySerializer
    queries = {"list": JourneyQuery}
    lookup_url_kwarg = "journey_id"
    examples = {
        "create": {"name": "Weekend trip by rail", "category": "use", "personas": [5], "owner": {"member": 4}},
        "partial_update": {"note": "From the idea to the way home", "version": 6},
    }
    verbs = Verbs(create_journey, edit_journey, archive_journey, restore_journey)

    def rows(self) -> WorkspaceQuerySet:
        """With their phases, personas and owners."""
        rows = super().rows().select_related("workspace", "owner_team", "owner_member__user")
        return rows.prefetch_related("phases", "personas")

    @extend_schema(summary="Undo", request=None, responses=ChangeSerializer)
    @action(detail=True, methods=["post"])
    @once
    def undo(self, request: Request, **named: Any) -> Response:
        """Take back the latest change of the map that this token's person, or this service, made. 422: none is left."""
        return Response(ChangeSerializer(undo_change(self.get_object(), by=self.by)).data)

    @extend_schema(summary="Redo", request=None, responses=ChangeSerializer)
    @action(detail=True, methods=["post"])
    @once
    def redo(self, request: Request, **named: Any) -> Response:
        """Do again what was undone last, unless the map was changed since."""
        return Response(ChangeSerializer(redo_change(self.get_object(), by=self.by)).data)

    def read(self, row: Any = None) -> dict[str, Any]:
        """Its version is the highest of all that its representation shows."""
        facts = super().read(row)
        if "edition" in facts:
            facts["version"] = facts.pop("edition")
        return facts
