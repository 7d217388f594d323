"""Measures over REST."""

from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from measures.actions import (
    archive_measure,
    choose_controls,
    cost_measure,
    create_measure,
    edit_measure,
    move_measure,
    restore_measure,
)
from measures.api.shapes import (
    AssessmentSerializer,
    BenefitSerializer,
    MeasureCostSerializer,
    MeasureMoveSerializer,
    ReviewControlsSerializer,
    ReviewSerializer,
    StepSerializer,
)
from measures.models import Measure, MeasureKind, Opportunity, Review, Status, Step
from personas.models import Persona
from touchpoints.models import Touchpoint
from workspaces.api.fields import HereAll, KeptRow, ListQuery, OwnerSerializer, Strict, asked, ordering, part_of
from workspaces.api.once import once
from workspaces.api.resource import KeptResource, Verbs
from workspaces.errors import Refused
from workspaces.models import Membership, Team, WorkspaceQuerySet


class MeasureSerializer(KeptRow):
    """Something that is done for customers at some touchpoints, from the idea to its review.

    Of what it was born: an `opportunity`, an `insight`, a `case` or an `alarm`. `decider`: the member who decides. What
    it costs and brings is said by `cost/`, its `status` by `move/`; what nobody has said is null. Amounts are minor
    units of the workspace's currency. `steps`: what was decided, the latest first; `reviews`: whether it
    worked, the latest first, of which all but an open one stay as they are.
    """

    touchpoints = HereAll(Touchpoint, min_length=1)
    personas = HereAll(Persona, required=False)
    owner = OwnerSerializer(required=False, allow_null=True)
    benefits = BenefitSerializer(many=True, read_only=True)
    steps = StepSerializer(many=True, read_only=True)
    reviews = ReviewSerializer(many=True, read_only=True)
    assessment = AssessmentSerializer(
        source="*", read_only=True, allow_null=True, help_text="null while costs or benefits are unknown"
    )

    class Meta:
        model = Measure
        fields = [
            "id", "version", "title", "note", "kind", "status", "reason", "touchpoints", "personas", "opportunity",
            "insight", "case", "alarm", "owner", "decider", "decide_on", "starts_on", "live_on", "once", "yearly",
            "years", "points", "benefits", "assessment", "reviews", "steps", "created_at", "updated_at", "archived_at",
        ]  # fmt: skip
        read_only_fields = ["status", "reason", "live_on", "once", "yearly", "years", "points"]


class MeasureQuery(ListQuery):
    """What may be asked of the measures."""

    q = part_of("title")
    status = serializers.ChoiceField(choices=Status.choices, required=False)
    kind = serializers.ChoiceField(choices=MeasureKind.choices, required=False)
    touchpoint = asked(Touchpoint, source="touchpoints")
    persona = asked(Persona, source="personas")
    opportunity = asked(Opportunity)
    owner_team = asked(Team)
    owner_member = asked(Membership)
    decider = asked(Membership)
    ordering = ordering("title", "created_at", "updated_at")


class MeasureResource(KeptResource):
    """What is done about what customers say, what it costs and brings, and what was decided."""

    model = Measure
    serializer_class = MeasureSerializer
    queries = {"list": MeasureQuery}
    lookup_url_kwarg = "measure_id"
    examples = {
        "create": {
            "title": "Reason and forecast in every push",
            "kind": "technical",
            "touchpoints": [19],
            "personas": [5],
            "opportunity": 3,
            "owner": {"team": 2},
            "decider": 4,
            "decide_on": "2026-12-15",
        },
        "partial_update": {"starts_on": "2027-02-01", "version": 1},
        "cost": {
            "once": 2_500_000,
            "yearly": 300_000,
            "years": 3,
            "points": 6.5,
            "benefits": [
                {"kind": "avoided", "count": 9000, "each": 450, "low": 0.2, "likely": 0.35, "high": 0.5},
                {"kind": "typed", "low": 0, "likely": 500_000, "high": 800_000, "reason": "Fewer refunds, as in May"},
            ],
            "version": 1,
        },
        "controls": {"touchpoints": [7, 12]},
        "move": {"to": "in_progress", "reason": "The board agreed on 12 December", "version": 2},
    }
    verbs = Verbs(create_measure, edit_measure, archive_measure, restore_measure)

    def rows(self) -> WorkspaceQuerySet:
        """With what their representation needs of other tables, in one statement each."""
        rows = super().rows().select_related("owner_team", "owner_member__user")
        return rows.prefetch_related(
            Prefetch("touchpoints", Touchpoint.objects.of(self.workspace).only("pk")),
            Prefetch("personas", Persona.objects.of(self.workspace).only("pk")),
            "benefits",
            Prefetch("reviews", Review.objects.of(self.workspace).defer("workings").prefetch_related("controls")),
            Prefetch("steps", Step.objects.of(self.workspace).select_related("actor", "token")),
        )

    @extend_schema(request=MeasureCostSerializer, responses=MeasureSerializer, summary="Cost a measure")
    @action(detail=True, methods=["post"])
    @once
    def cost(self, request: Request, **named: Any) -> Response:
        """Say what it costs and why it pays. Twice is harmless.

        422 where a measure that has been assessed would be left without.
        """
        return self.done(request, MeasureCostSerializer, cost_measure)

    @extend_schema(request=MeasureMoveSerializer, responses=MeasureSerializer, summary="Move a measure")
    @action(detail=True, methods=["post"])
    @once
    def move(self, request: Request, **named: Any) -> Response:
        """Let it go on, back, or drop it; what was decided is written down. Twice is harmless.

        422 where cost and benefit are missing, a reason to drop it, or while it is too early for a verdict.
        """
        return self.done(request, MeasureMoveSerializer, move_measure)

    @extend_schema(request=ReviewControlsSerializer, responses=MeasureSerializer, summary="Choose what is compared")
    @action(detail=True, methods=["post"])
    @once
    def controls(self, request: Request, **named: Any) -> Response:
        """Compare its open review with these touchpoints. Twice is harmless.

        422 where none is open, and where one of them is a touchpoint of the measure itself.
        """
        measure = self.get_object()
        if self.is_gone(measure):
            raise Http404
        said = ReviewControlsSerializer(data=request.data, context=self.get_serializer_context())
        said.is_valid(raise_exception=True)
        review = measure.reviews.filter(closed_at=None).first()
        if review is None:
            raise Refused(_("No review of this measure is open."))
        choose_controls(review, by=self.by, **said.validated_data)
        return self.answer(self.get_object())

    def done(self, request: Request, shape: type[Strict], verb: Callable[..., Measure]) -> Response:
        """Do with it what the body says."""
        measure = self.get_object()
        if self.is_gone(measure):
            raise Http404
        said = shape(data=request.data, context=self.get_serializer_context())
        said.is_valid(raise_exception=True)
        verb(measure, by=self.by, **said.validated_data)
        return self.answer(self.get_object())
