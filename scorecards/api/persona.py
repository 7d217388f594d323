"""A persona as a file over REST: as JSON, Markdown or PDF."""

from typing import Any, ClassVar

from django.http import Http404, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from personas.api.files import PersonaDocumentShape
from personas.exchange.document import document_of
from personas.exchange.markdown import markdown_of
from personas.models import Persona
from scorecards.paper_persona import persona_pdf_of
from workspaces.api.fields import Query
from workspaces.api.resource import Door
from workspaces.files import as_file

MARKDOWN, PDF = "text/markdown", "application/pdf"


class Markdown(BaseRenderer):
    """Lets programs ask for text/markdown; the view writes it itself."""

    media_type = MARKDOWN
    format = "markdown"


class Pdf(BaseRenderer):
    """Lets programs ask for application/pdf; the view writes it itself."""

    media_type = PDF
    format = "pdf"


class PersonaExportQuery(Query):
    """In which form."""

    format = serializers.ChoiceField(
        choices=["json", "markdown", "pdf"], required=False, help_text="instead of `Accept`"
    )


class PersonaExportView(Door):
    """GET personas/<id>/export/."""

    queries: ClassVar = {"get": PersonaExportQuery, "head": PersonaExportQuery}
    renderer_classes = (JSONRenderer, Markdown, Pdf)

    @extend_schema(
        operation_id="personas_export",
        summary="A persona as a file",
        parameters=[PersonaExportQuery],
        responses={
            (200, "application/json"): PersonaDocumentShape,
            (200, MARKDOWN): OpenApiTypes.STR,
            (200, PDF): OpenApiTypes.BINARY,
        },
    )
    def get(self, request: Request, persona_id: int) -> HttpResponseBase:
        """All that is said of a persona, as `personas/import/` takes it again; as PDF to be printed."""
        persona: Persona | None = Persona.objects.of(self.workspace).filter(pk=persona_id).first()
        if persona is None:
            raise Http404
        persona.workspace = self.workspace
        wanted: Any = self.asked.get("format", request.accepted_renderer.format)
        if wanted == "markdown":
            return as_file(markdown_of(persona).encode(), f"{MARKDOWN}; charset=utf-8", persona.name, "md")
        if wanted == "pdf":
            return as_file(persona_pdf_of(persona), PDF, persona.name, "pdf")
        return Response(document_of(persona))
