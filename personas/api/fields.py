"""Lists of a persona's sheet as programs send and are told them."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from personas.actions import lines_of
from personas.models import LISTS, LONGEST_NOTE

LONGEST = 10_000  # characters, all lines together


@extend_schema_field(
    {"type": "array", "items": {"type": "string", "pattern": r"^[^\r\n]*\S[^\r\n]*$", "maxLength": LONGEST_NOTE}}
)
class Lines(serializers.Field):  # type: ignore[type-arg]
    """A list of texts, each a note of one kind. What the notes rest on stays where the text stays."""

    def get_attribute(self, instance: Any) -> Any:
        """The notes of its kind: as `PersonaResource.rows` has read them, or of a single persona read now."""
        name = str(self.field_name)
        if not hasattr(instance, "said"):
            return lines_of(instance)[name]
        return [note.text for note in instance.said if note.kind == LISTS[name]]

    def to_internal_value(self, data: Any) -> str:
        """The texts as the actions take them, one a line."""
        if not isinstance(data, list) or not all(isinstance(line, str) and line.strip() for line in data):
            raise serializers.ValidationError(_("This is not a list of texts."))
        if any("\n" in line or "\r" in line for line in data) or len(text := "\n".join(data)) > LONGEST:
            raise serializers.ValidationError(_("An entry is one line, and all have at most 10,000 characters."))
        if any(len(line.strip()) > LONGEST_NOTE for line in data):
            raise serializers.ValidationError(_("A note has at most %(most)s characters.") % {"most": LONGEST_NOTE})
        return text

    def to_representation(self, value: list[str]) -> list[str]:
        """The texts."""
        return value
