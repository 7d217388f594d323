"""The quality gate over REST."""

from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from journeys.api.unchanged import IF_NONE_MATCH, NOT_CHANGED, as_stands
from journeys.models import Journey
from scorecards.gate import gate_of, told
from touchpoints.health.bands import Evidence
from touchpoints.health.gate import Judgement
from workspaces.api.fields import Here, Query
from workspaces.api.resource import Door

DESCRIPTION = """
Whether a moment of truth is below its target by more than chance explains, for pipelines: the answer is 200 either way,
`passed` says which. Those that fail come first.

`verdict` is `below`, which alone fails, where the health is `measured` and all of its 95 % interval `low` to `high` is
below the `target`; `within range` where it is below, but its interval reaches the target; `too few answers` where all
of the interval is below, but the health is only `indicative`; `unknown` where no health is shown; else `met`. It
compares the whole numbers that every screen shows.

All journeys that show today are looked at, plans only where `journey` names one; what is archived, or no customer
passes, takes no part. A touchpoint that is a moment of truth on several journeys is told once for each.
"""


class GateQuery(Query):
    """What may be asked of the gate."""

    journey = Here(Journey, required=False, strict=False, help_text="the moments of truth of this journey only")


class GateMomentShape(serializers.Serializer):  # type: ignore[type-arg]
    """A moment of truth, and what the gate says of it."""

    journey = serializers.IntegerField()
    journey_name = serializers.CharField()
    station = serializers.IntegerField(help_text="its number on the map")
    touchpoint = serializers.IntegerField()
    name = serializers.CharField()
    score = serializers.IntegerField(min_value=0, max_value=100, allow_null=True)
    low = serializers.IntegerField(min_value=0, max_value=100, allow_null=True)
    high = serializers.IntegerField(min_value=0, max_value=100, allow_null=True)
    target = serializers.IntegerField(min_value=0, max_value=100)
    answers = serializers.IntegerField()
    state = serializers.ChoiceField(choices=[(evidence.value, evidence.value) for evidence in Evidence])
    verdict = serializers.ChoiceField(choices=[(judgement.value, judgement.value) for judgement in Judgement])


class GateShape(serializers.Serializer):  # type: ignore[type-arg]
    """The gate with all that it looked at."""

    passed = serializers.BooleanField()
    checked = serializers.IntegerField(help_text="moments of truth that were looked at")
    failed = serializers.IntegerField(help_text="how many of them are below")
    results = GateMomentShape(many=True)


class GateView(Door):
    """GET gate/."""

    queries: ClassVar = {"get": GateQuery, "head": GateQuery}

    @extend_schema(
        operation_id="gate_retrieve",
        summary="The quality gate",
        description=DESCRIPTION,
        parameters=[GateQuery, IF_NONE_MATCH],
        responses={200: GateShape, 304: NOT_CHANGED},
    )
    def get(self, request: Request) -> HttpResponse:
        """All moments of truth at once."""
        journey: Any = self.asked.get("journey")
        return as_stands(request, told(gate_of(self.workspace, journey)))
