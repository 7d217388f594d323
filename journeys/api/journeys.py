"""Journeys over REST; each one's map has an address of its own."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from journeys.actions.drawing import draw_journey, duplicate_journey
from journeys.actions.history import redo_change, undo_change
from journeys.actions.journeys import archive_journey, create_journey, edit_journey, restore_journey
from journeys.api.bulk import BulkAnswer, BulkSerializer, do
from journeys.api.changes import ChangeSerializer
from journeys.api.phases import PhaseSerializer
from journeys.models import Category, Journey, Phase, Placement, Source, Standing
from journeys.patterns import KEYS, pattern
from personas.models import Persona
from workspaces.api.fields import (
    VERSION,
    Here,
    HereAll,
    KeptRow,
    ListQuery,
    OwnerSerializer,
    Strict,
    Text,
    Whole,
    Word,
    asked,
    ordering,
    part_of,
)
from workspaces.api.once import once
from workspaces.api.resource import KeptResource, Verbs
from workspaces.models import Actor, Workspace, WorkspaceQuerySet


class JourneySerializer(KeptRow):
    """A customer's way through five phases. `revision` rises with every change of its map."""

    version = Whole(source="edition", min_value=1, max_value=2**31 - 1, required=False, help_text=VERSION)
    owner = OwnerSerializer(required=False, allow_null=True)
    personas = HereAll(Persona, required=False)
    parent_placement = Here(
        Placement, required=False, allow_null=True, help_text="the touchpoint's place that opens it"
    )
    parent_phase = Here(Phase, required=False, allow_null=True, help_text="the phase that opens it")
    phases = PhaseSerializer(many=True, read_only=True)
    sub_journeys = serializers.SerializerMethodField(help_text="those that its touchpoints and phases open")

    class Meta:
        model = Journey
        fields = [
            "id", "version", "revision", "name", "note", "category", "standing", "personas", "owner", "review_date",
            "parent_placement", "parent_phase", "phases", "sub_journeys", "created_at", "updated_at", "archived_at",
        ]  # fmt: skip

    @extend_schema_field({"type": "array", "items": {"type": "integer"}})
    def get_sub_journeys(self, journey: Journey) -> list[int]:
        """Their ids; a journey that was made just now has none."""
        return sorted([*getattr(journey, "at_placements", ()), *getattr(journey, "at_phases", ())])


class NewJourneySerializer(JourneySerializer):
    """A journey that is to be made, empty or with all that a template puts on its map."""

    template = Word(
        choices=KEYS,
        required=False,
        write_only=True,
        help_text="what stands on the map from the beginning, in the language of `Accept-Language`",
    )

    class Meta(JourneySerializer.Meta):
        fields = [*JourneySerializer.Meta.fields, "template"]


class CopySerializer(Strict):
    """What a copy of a journey is called, and whether it shows today or the plan."""

    name = Text(max_length=200)
    standing = Word(choices=Standing.choices, default=Standing.TO_BE.value)


def make(workspace: Workspace, *, by: Actor, template: str = "", **facts: Any) -> Journey:
    """A new journey, from a template where one is named."""
    if not template:
        return create_journey(workspace, by=by, **facts)
    chosen = pattern(template, str(get_language()))
    return draw_journey(workspace, chosen.stations, source=Source.TEMPLATE, called=chosen.name, by=by, **facts)


def opening(journeys: WorkspaceQuerySet) -> WorkspaceQuerySet:
    """The same, with the ids of the journeys that each one's placements and phases open."""
    below = Journey.objects.kept()
    at_placements = below.filter(parent_placement__journey=OuterRef("pk"), parent_placement__archived_at=None)
    at_phases = below.filter(parent_phase__journey=OuterRef("pk"))
    found: WorkspaceQuerySet = journeys.annotate(
        at_placements=ArraySubquery(at_placements.values("pk")), at_phases=ArraySubquery(at_phases.values("pk"))
    )
    return found


class JourneyQuery(ListQuery):
    """What may be asked of the journeys."""

    q = part_of("name")
    category = serializers.ChoiceField(choices=Category.choices, required=False)
    standing = serializers.ChoiceField(choices=Standing.choices, required=False)
    persona = asked(Persona, source="personas")
    ordering = ordering("name", "updated_at")


@extend_schema_view(create=extend_schema(responses={201: JourneySerializer}))
class JourneyResource(KeptResource):
    """The journeys of the workspace.

    `parent_placement` or `parent_phase` makes one a sub-journey; journeys make a tree of at most five levels.
    """

    model = Journey
    serializer_class = JourneySerializer
    queries = {"list": JourneyQuery}
    lookup_url_kwarg = "journey_id"
    examples = {
        "create": {
            "name": "Weekend trip by rail",
            "template": "rail",
            "category": "use",
            "personas": [5],
            "owner": {"member": 4},
        },
        "duplicate": {"name": "Weekend trip by rail (to be)", "standing": "to_be"},
        "partial_update": {"note": "From the idea to the way home", "version": 6},
        "bulk": {"verb": "move", "placements": [{"placement": 402, "version": 1}], "phase": 34, "after": None},
    }
    verbs = Verbs(make, edit_journey, archive_journey, restore_journey)

    def get_serializer_class(self) -> Any:
        """A journey to be made may name a template."""
        return NewJourneySerializer if self.action == "create" else JourneySerializer

    def rows(self) -> WorkspaceQuerySet:
        """With their phases, personas and owners."""
        rows = super().rows().select_related("workspace", "owner_team", "owner_member__user")
        return opening(rows.prefetch_related("phases", "personas"))

    @extend_schema(request=CopySerializer, responses={201: JourneySerializer})
    @action(detail=True, methods=["post"])
    @once
    def duplicate(self, request: Request, **named: Any) -> Response:
        """A new journey with the same touchpoints, in the same order, and all that is said of them on this one."""
        journey = self.get_object()
        asked_for = CopySerializer(data=request.data)
        asked_for.is_valid(raise_exception=True)
        copy = duplicate_journey(journey, by=self.by, **asked_for.validated_data)
        return self.answer(self.rows().get(pk=copy.pk), status.HTTP_201_CREATED)

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

    @extend_schema(summary="Several placements at once", request=BulkSerializer, responses=BulkAnswer)
    @action(detail=True, methods=["post"])
    @once
    def bulk(self, request: Request, **named: Any) -> Response:
        """Move, archive, or give an owner or channel to several touchpoints of the map: all or none, one step to undo.

        409 where any of them was changed since it was seen.
        """
        journey = self.get_object()
        asked_for = BulkSerializer(data=request.data, context={**self.get_serializer_context(), "journey": journey})
        asked_for.is_valid(raise_exception=True)
        change = do(journey, asked_for.validated_data, by=self.by)
        revision = change.revision if change else journey.revision
        return Response(BulkAnswer({"revision": revision, "change": change}).data)

    def read(self, row: Any = None) -> dict[str, Any]:
        """Its version is the highest of all that its representation shows."""
        facts = super().read(row)
        if "edition" in facts:
            facts["version"] = facts.pop("edition")
        return facts
