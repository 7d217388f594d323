"""Phases over REST: what the team calls them."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from journeys.actions.placements import label_phase
from journeys.models import Journey, Phase
from touchpoints.models import PhaseKind
from workspaces.api.fields import KeptRow, ListQuery, asked, ordering
from workspaces.api.resource import Resource, version_meant
from workspaces.models import WorkspaceQuerySet


class PhaseSerializer(KeptRow):
    """One of the five phases of a journey. `label`: the team's own name, "" for the usual one; `name`: as shown."""

    name = serializers.CharField(source="__str__", read_only=True)

    class Meta:
        model = Phase
        fields = ["id", "version", "journey", "kind", "position", "label", "name"]
        read_only_fields = ["journey", "kind", "position"]


class PhaseQuery(ListQuery):
    """What may be asked of the phases."""

    journey = asked(Journey)
    kind = serializers.ChoiceField(choices=PhaseKind.choices, required=False)
    ordering = ordering("position")


class PhaseResource(Resource):
    """The phases of all journeys. A journey has the same five for ever; only their labels change."""

    model = Phase
    serializer_class = PhaseSerializer
    queries = {"list": PhaseQuery}
    examples = {"partial_update": {"label": "On board", "version": 1}}
    lookup_url_kwarg = "phase_id"

    def rows(self) -> WorkspaceQuerySet:
        """With their journeys."""
        return super().rows().select_related("journey__workspace")

    def partial_update(self, request: Request, **named: Any) -> Response:
        """Call it what the team calls it. Sent twice it is harmless."""
        phase = self.get_object()
        facts = self.read(phase)
        version = version_meant(request, facts.pop("version", None))
        label_phase(phase, label=facts.get("label", phase.label), version=version, by=self.by)
        return self.answer(self.get_object())
