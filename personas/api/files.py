"""A persona from a file over REST: from our own JSON document, or from Markdown."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from personas.actions import FACTS, OF_NOTE
from personas.api.personas import PersonaSerializer
from personas.exchange.document import FORMAT, VERSION
from personas.exchange.reading_json import understand_value
from personas.exchange.reading_markdown import understand_markdown
from personas.exchange.taking import take_persona
from personas.exchange.understood import Understood
from personas.models import Note, Persona
from workspaces.api.fields import Row, Strict, Text, Whole
from workspaces.api.once import once
from workspaces.api.resource import Door
from workspaces.errors import Refused
from workspaces.guard import takes

LARGEST = 1024 * 1024  # characters


class FactsOfDocument(Row):
    """What is said of a persona beside its notes."""

    margin = Whole(min_value=0, max_value=10**11, required=False, allow_null=True)

    class Meta:
        model = Persona
        fields = list(FACTS)


class NoteOfDocument(Row):
    """One thing that is said of a persona."""

    class Meta:
        model = Note
        fields = list(OF_NOTE)


class PersonaDocumentShape(serializers.Serializer):  # type: ignore[type-arg]
    """A whole persona. `personas.exchange` writes and reads it; this describes it."""

    format = serializers.ChoiceField(choices=[(FORMAT, FORMAT)])
    version = serializers.IntegerField(min_value=VERSION, max_value=VERSION)
    persona = FactsOfDocument()
    notes = NoteOfDocument(many=True, required=False)


class PersonaFileSerializer(Strict):
    """A document, or the text of a file in Markdown: one of the two."""

    document = serializers.DictField(required=False, help_text="as `personas/ID/export/` tells it")
    markdown = Text(required=False, max_length=LARGEST, trim_whitespace=False)


class LeftOutSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """Something that was not understood: its line or path, and its beginning."""

    where = serializers.CharField()
    what = serializers.CharField()


class TakenPersonaSerializer(PersonaSerializer):
    """The persona that was made of a file, and what of it was not understood."""

    left_out = LeftOutSerializer(many=True, read_only=True)

    class Meta(PersonaSerializer.Meta):
        fields = [*PersonaSerializer.Meta.fields, "left_out"]


@takes(2 * LARGEST)
class PersonaImportView(Door):
    """POST personas/import/."""

    model = Persona
    wrong: dict[str, list[str]] | None = None
    examples = {
        "post": {"markdown": "# Mara - Weekend traveller\n\n> I mind not knowing.\n\n## Goals\n\n- Arrive relaxed\n"}
    }

    def state_now(self) -> dict[str, Any]:
        """What is wrong with the file, by its lines or paths."""
        return {"errors": self.wrong} if self.wrong else {}

    @extend_schema(
        summary="A persona from a file",
        operation_id="personas_import",
        request=PersonaFileSerializer,
        responses={201: TakenPersonaSerializer},
    )
    @once
    def post(self, request: Request) -> Response:
        """Make a persona of a file, all of it or nothing; `left_out` lists what was not understood.

        422 tells in `errors` what is wrong, by its path or line.
        """
        given = PersonaFileSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        if len(given.validated_data) != 1:
            raise Refused(_("Send a document or Markdown, one of the two."))
        found = _understood(given.validated_data)
        if found.faults:
            self.wrong = {fault.where: [fault.what] for fault in found.faults}
            raise Refused(_("Nothing was stored: the file is not as it should be."))
        persona = take_persona(found, self.workspace, name=found.facts["name"], by=self.by)
        persona.left_out = [one._asdict() for one in found.strange]  # type: ignore[attr-defined]
        told = TakenPersonaSerializer(persona).data
        return Response(told, status=status.HTTP_201_CREATED, headers={"ETag": f'"{told["version"]}"'})


def _understood(given: dict[str, Any]) -> Understood:
    return understand_value(given["document"]) if "document" in given else understand_markdown(given["markdown"])
