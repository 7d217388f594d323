"""Personas over REST."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from personas.actions import archive_persona, create_persona, edit_persona, restore_persona
from personas.models import Persona, PersonaEvidence, entries
from workspaces.api.fields import KeptRow, ListQuery, ordering, part_of
from workspaces.api.resource import KeptResource, Verbs

LONGEST = 10_000  # all lines together


@extend_schema_field({"type": "array", "items": {"type": "string", "pattern": r"^[^\r\n]*\S[^\r\n]*$"}})
class Lines(serializers.Field):  # type: ignore[type-arg]
    """A list of texts, which the page shows as one entry a line."""

    def to_internal_value(self, data: Any) -> str:
        """The lines as they are stored."""
        if not isinstance(data, list) or not all(isinstance(line, str) and line.strip() for line in data):
            raise serializers.ValidationError(_("This is not a list of texts."))
        if any("\n" in line or "\r" in line for line in data) or len(text := "\n".join(data)) > LONGEST:
            raise serializers.ValidationError(_("An entry is one line, and all have at most 10,000 characters."))
        return text

    def to_representation(self, value: str) -> list[str]:
        """One entry a line."""
        return entries(value)


class PersonaSerializer(KeptRow):
    """One kind of customer, as the team knows them."""

    goals = Lines(required=False)
    needs = Lines(required=False)
    frustrations = Lines(required=False)
    preferred_channels = Lines(required=False)

    class Meta:
        model = Persona
        fields = [
            "id", "version", "name", "segment", "share", "age", "quote", "goals", "needs", "frustrations",
            "preferred_channels", "evidence", "review_date", "created_at", "updated_at", "archived_at",
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
