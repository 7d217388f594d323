"""Personas over REST."""

from typing import Any

from django.db.models import Prefetch
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from personas.actions import (
    archive_persona,
    create_persona,
    duplicate_persona,
    edit_persona,
    restore_persona,
    review_persona,
)
from personas.api.fields import Lines
from personas.models import LISTS, Note, Persona, PersonaEdition, PersonaEvidence
from workspaces.api.fields import KeptRow, ListQuery, Strict, Text, Whole, ordering, part_of
from workspaces.api.once import once
from workspaces.api.resource import KeptResource, Verbs
from workspaces.models import WorkspaceQuerySet

EDITIONS = 50  # sheets of some pages each


class PersonaSerializer(KeptRow):
    """One kind of customer, as the team knows them; each line of a list is a note of its own (`persona-notes/`).

    `margin` (minor units of the workspace's currency, a year), `retention` and `discount` (percent a year) make the
    `value` of a customer today: margin · retention / (1 + discount − retention); null until all three are there.
    """

    goals = Lines(required=False)
    needs = Lines(required=False)
    frustrations = Lines(required=False)
    problems = Lines(required=False)
    preferred_channels = Lines(required=False)
    margin = Whole(min_value=0, max_value=10**11, required=False, allow_null=True)
    value = serializers.FloatField(read_only=True, allow_null=True)

    class Meta:
        model = Persona
        fields = [
            "id", "version", "name", "segment", "share", "age", "household", "job", "portrait", "quote", *LISTS,
            "margin", "retention", "discount", "value", "interviews", "evidence", "review_date", "reviewed_on",
            "created_at", "updated_at", "archived_at",
        ]  # fmt: skip


class PersonaCopySerializer(Strict):
    """What the copy is called."""

    name = Text(max_length=200)


class PersonaEditionSerializer(serializers.ModelSerializer):  # type: ignore[type-arg]
    """A persona's sheet as it stood once: its facts by name, and `notes`."""

    by = serializers.CharField(source="author", allow_null=True, help_text="who worked on it")
    sheet = serializers.DictField()

    class Meta:
        model = PersonaEdition
        fields = ["number", "at", "by", "sheet"]


class PersonaQuery(ListQuery):
    """What may be asked of the personas."""

    q = part_of("name")
    evidence = serializers.ChoiceField(choices=PersonaEvidence.choices, required=False)
    ordering = ordering("name", "updated_at")


class PersonaResource(KeptResource):
    """The people for whom journeys are drawn."""

    model = Persona
    serializer_class = PersonaSerializer
    queries = {"list": PersonaQuery}
    lookup_url_kwarg = "persona_id"
    examples = {
        "duplicate": {"name": "Mara Lindner on Mondays"},
        "create": {"name": "Mara Lindner", "segment": "Weekend traveller", "share": 34, "goals": ["Arrive on time"]},
        "partial_update": {"share": 36, "version": 1},
    }
    verbs = Verbs(create_persona, edit_persona, archive_persona, restore_persona)

    def rows(self) -> WorkspaceQuerySet:
        """With the lists of their sheets."""
        said = Note.objects.kept().filter(kind__in=LISTS.values()).order_by("position")
        return super().rows().prefetch_related(Prefetch("notes", said, to_attr="said"))

    @extend_schema(request=PersonaCopySerializer, responses={201: PersonaSerializer})
    @action(detail=True, methods=["post"])
    @once
    def duplicate(self, request: Request, **named: Any) -> Response:
        """A new persona of which the same is said; journeys and answers stay with the original."""
        persona = self.get_object()
        asked_for = PersonaCopySerializer(data=request.data)
        asked_for.is_valid(raise_exception=True)
        copy = duplicate_persona(persona, by=self.by, **asked_for.validated_data)
        return self.answer(self.rows().get(pk=copy.pk), status.HTTP_201_CREATED)

    @extend_schema(summary="Say that it still holds", request=None)
    @action(detail=True, methods=["post"])
    @once
    def review(self, request: Request, **named: Any) -> Response:
        """Say that all of it was looked at today and still holds. Twice a day is harmless."""
        persona = self.get_object()
        if self.is_gone(persona):
            raise Http404
        review_persona(persona, by=self.by)
        return self.answer(self.get_object())

    @extend_schema(summary="Its versions", responses=PersonaEditionSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def editions(self, request: Request, **named: Any) -> Response:
        """How its sheet stood after each of the last fifty sittings, the latest first."""
        editions = PersonaEdition.objects.of(self.workspace).filter(persona=self.get_object())
        return Response(PersonaEditionSerializer(editions.select_related("by", "token")[:EDITIONS], many=True).data)
