"""Two personas become one, over REST."""

from typing import ClassVar

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from journeys.actions.merging import merge_personas
from journeys.ties import merged_into, ties_of
from personas.models import Persona
from workspaces.api.fields import Here, Strict
from workspaces.api.once import once
from workspaces.api.resource import Door


class PersonaMergeSerializer(Strict):
    """The persona that stays."""

    persona = Here(Persona)


class PersonaTiesShape(serializers.Serializer):  # type: ignore[type-arg]
    """What hangs on a persona; `merged_into`: of which an archived one has become part."""

    persona = serializers.IntegerField()
    merged_into = serializers.IntegerField(allow_null=True)
    maps = serializers.IntegerField(help_text="journeys that are drawn for it")
    needs = serializers.IntegerField(help_text="of it that touchpoints are there for")
    questionnaires = serializers.IntegerField()
    days = serializers.IntegerField(help_text="daily counts of usage")
    rules = serializers.IntegerField()
    surveys = serializers.IntegerField()
    measures = serializers.IntegerField()


class PersonaMergedShape(serializers.Serializer):  # type: ignore[type-arg]
    """What was begun: `job` brings the answers, see `jobs/`; null where there are none."""

    merged_into = serializers.IntegerField()
    job = serializers.IntegerField(allow_null=True)


class TiesView(Door):
    """GET personas/<id>/ties/."""

    @extend_schema(operation_id="personas_ties", summary="What hangs on a persona", responses=PersonaTiesShape)
    def get(self, request: Request, persona_id: int) -> Response:
        """Before it is merged or archived, and after."""
        persona = _persona(self, persona_id)
        into = merged_into(persona)
        told = {"persona": persona.pk, "merged_into": into.pk if into else None}
        return Response(told | vars(ties_of(persona)))


class MergeView(Door):
    """POST personas/<id>/merge/."""

    model = Persona
    examples: ClassVar = {"post": {"persona": 1}}

    @extend_schema(
        operation_id="personas_merge",
        summary="Merge a persona into another",
        request=PersonaMergeSerializer,
        responses={200: PersonaMergedShape},
    )
    @once
    def post(self, request: Request, persona_id: int) -> Response:
        """Let all that hangs on it hang on the other, and archive it. Its answers follow. Twice is harmless."""
        persona = _persona(self, persona_id)
        serializer = PersonaMergeSerializer(data=request.data, context={"workspace": self.workspace})
        serializer.is_valid(raise_exception=True)
        into = serializer.validated_data["persona"]
        job = merge_personas(persona, into=into, by=self.by)
        return Response({"merged_into": into.pk, "job": job.pk if job else None})


def _persona(view: Door, persona_id: int) -> Persona:
    persona: Persona | None = Persona.objects.of(view.workspace).filter(pk=persona_id).first()
    if persona is None:
        raise Http404
    persona.workspace = view.workspace
    return persona
