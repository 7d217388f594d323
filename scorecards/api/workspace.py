"""The workspace itself over REST, with the rule by which it makes its health."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from touchpoints.actions import rule_of
from touchpoints.models import CHOICES, HealthRule
from workspaces.api.views import WorkspaceSerializer, WorkspaceView
from workspaces.models import Workspace


class RuleSerializer(serializers.ModelSerializer):  # type: ignore[type-arg]
    """By which rule answers become a health; weights are importance from 0 to 100, rates shares from 0 to 1."""

    class Meta:
        model = HealthRule
        fields = ("number", *CHOICES)
        read_only_fields = fields


class RuledWorkspaceSerializer(WorkspaceSerializer):
    """What a program needs to know of the workspace it works in, how its health is made, and what its token may."""

    rule = serializers.SerializerMethodField()

    class Meta(WorkspaceSerializer.Meta):
        fields = [*WorkspaceSerializer.Meta.fields, "target", "rule"]

    @extend_schema_field(RuleSerializer)
    def get_rule(self, workspace: Workspace) -> dict[str, Any]:
        """The rule in force; number 0 are the defaults."""
        return dict(RuleSerializer(rule_of(workspace)).data)


class RuledWorkspaceView(WorkspaceView):
    """The token's workspace, and what the token may."""

    serializer_class = RuledWorkspaceSerializer

    @extend_schema(operation_id="workspace_retrieve", responses=RuledWorkspaceSerializer)
    def get(self, request: Request) -> Response:
        """The workspace's settings and the token's scopes."""
        return super().get(request)
