"""The workspace itself, and long work in it."""

import functools
import json
from typing import Any

from django.db.models.functions import Greatest
from django.http import HttpRequest, HttpResponse
from django.views import View
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from workspaces import interface
from workspaces.api.fields import ListQuery, Row, ordering
from workspaces.api.resource import Door, Resource
from workspaces.models import Job, JobState, Workspace, WorkspaceQuerySet


class WorkspaceSerializer(serializers.ModelSerializer):  # type: ignore[type-arg]
    """What a program needs to know of the workspace it works in, and what its token may."""

    scopes = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Workspace
        fields = [
            "name", "language", "time_zone", "currency", "discount", "weak_from", "good_from", "strong_from", "scopes",
        ]  # fmt: skip


class WorkspaceView(Door):
    """The token's workspace, and what the token may."""

    serializer_class: type[WorkspaceSerializer] = WorkspaceSerializer

    @extend_schema(operation_id="workspace_retrieve", responses=WorkspaceSerializer)
    def get(self, request: Request) -> Response:
        """The workspace's settings and the token's scopes."""
        self.workspace.scopes = request.auth.scopes  # type: ignore[attr-defined, union-attr]
        return Response(self.serializer_class(self.workspace).data)


class SchemaView(View):
    """GET /api/v1/schema/: the description of the interface, for everyone."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """OpenAPI 3.1, as JSON."""
        return HttpResponse(_described(), content_type="application/vnd.oai.openapi+json; version=3.1")


@functools.cache
def _described() -> bytes:
    return json.dumps(interface.description(), default=str).encode()


class JobSerializer(Row):
    """Long work, such as an import: how far it is and what became of it."""

    updated_at = serializers.DateTimeField(read_only=True)
    result = serializers.JSONField(read_only=True)

    class Meta:
        model = Job
        fields = [
            "id", "kind", "state", "upload_name", "done", "total", "error", "result", "created_at", "updated_at",
            "ended_at",
        ]  # fmt: skip
        read_only_fields = fields


class JobQuery(ListQuery):
    """What may be asked of the jobs."""

    kind = serializers.CharField(max_length=40, required=False)
    state = serializers.ChoiceField(choices=JobState.choices, required=False)
    ordering = ordering("created_at", "updated_at")


@extend_schema_view(list=extend_schema(summary="Long work"), retrieve=extend_schema(summary="One piece of long work"))
class JobResource(Resource):
    """Imports and other long work, with progress."""

    model = Job
    serializer_class = JobSerializer
    queries = {"list": JobQuery}
    lookup_url_kwarg = "job_id"

    def rows(self) -> WorkspaceQuerySet:
        """With the moment of the last news of each."""
        moments: Any = Greatest("created_at", "beat_at", "ended_at")
        rows: WorkspaceQuerySet = super().rows().annotate(updated_at=moments).defer("upload", "payload")
        return rows
