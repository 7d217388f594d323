"""Personas over REST."""

from django.db.models import Prefetch
from rest_framework import serializers

from personas.actions import archive_persona, create_persona, edit_persona, restore_persona
from personas.api.fields import Lines
from personas.models import LISTS, Note, Persona, PersonaEvidence
from workspaces.api.fields import KeptRow, ListQuery, Whole, ordering, part_of
from workspaces.api.resource import KeptResource, Verbs
from workspaces.models import WorkspaceQuerySet


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
        "create": {"name": "Mara Lindner", "segment": "Weekend traveller", "share": 34, "goals": ["Arrive on time"]},
        "partial_update": {"share": 36, "version": 1},
    }
    verbs = Verbs(create_persona, edit_persona, archive_persona, restore_persona)

    def rows(self) -> WorkspaceQuerySet:
        """With the lists of their sheets."""
        said = Note.objects.kept().filter(kind__in=LISTS.values()).order_by("position")
        return super().rows().prefetch_related(Prefetch("notes", said, to_attr="said"))
