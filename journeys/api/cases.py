"""Cases over REST: about touchpoints, journeys and the workspace."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response as Answered

from feedback.actions import close_case, dismiss_case, edit_case, mark_complaint, reopen_case, take_case
from feedback.models import Case, CaseState, Play, Recovery, Response, Severity
from journeys.models import Journey
from touchpoints.models import SubjectKind, Touchpoint
from workspaces.api.fields import (
    VERSION,
    Flag,
    Here,
    KeptRow,
    ListQuery,
    OwnerSerializer,
    Strict,
    Text,
    Whole,
    Word,
    asked,
    ordering,
)
from workspaces.api.once import once
from workspaces.api.resource import Resource, version_meant, version_seen
from workspaces.models import WorkspaceQuerySet

MOST = 10**11  # minor units


class CaseSerializer(KeptRow):
    """A complaint that is looked after. It began with the answer `response`, null where that was taken back since.

    `severity` from 1 (minor) to 3 (severe) gives the deadline `due_at`, `play` the `limit` of the `cost`: both in minor
    units (cents) of the workspace's currency. What the customer wrote stands at the answer.
    """

    subject = serializers.ChoiceField(source="subject.kind", choices=SubjectKind.choices, read_only=True)
    touchpoint = serializers.IntegerField(source="subject.touchpoint.pk", default=None, allow_null=True, read_only=True)
    journey = serializers.IntegerField(source="subject.journey.pk", default=None, allow_null=True, read_only=True)
    response = serializers.IntegerField(source="response_id", allow_null=True, read_only=True)
    owner = OwnerSerializer(required=False, allow_null=True)
    severity = Whole(min_value=Severity.MINOR, max_value=Severity.SEVERE, required=False)
    play = Word(choices=Play.choices, allow_blank=True, required=False)
    outcome = Word(choices=Recovery.choices, allow_blank=True, read_only=True)
    is_overdue = serializers.BooleanField(read_only=True)

    class Meta:
        model = Case
        fields = [
            "id", "version", "response", "subject", "touchpoint", "journey", "cause", "severity", "state", "opened_at",
            "due_at", "is_overdue", "owner", "play", "limit", "cost", "outcome", "customer_told_at", "reason",
            "closed_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = [name for name in fields if name not in {"version", "owner", "severity", "play"}]


class OpenSerializer(Strict):
    """The answer that is a complaint, and how bad it is: 1 (minor) to 3 (severe)."""

    response = Here(Response)
    severity = Whole(min_value=Severity.MINOR, max_value=Severity.SEVERE)


class CloseSerializer(Strict):
    """What became of the customer, what it cost in minor units, and whether the customer has been told."""

    outcome = Word(choices=Recovery.choices)
    cost = Whole(min_value=0, max_value=MOST, required=False, allow_null=True)
    customer_told = Flag(default=False)
    version = Whole(min_value=1, max_value=2**31 - 1, required=False, help_text=VERSION)


class DismissSerializer(Strict):
    """Why it is no complaint."""

    reason = Text(max_length=500)
    version = Whole(min_value=1, max_value=2**31 - 1, required=False, help_text=VERSION)


class CaseQuery(ListQuery):
    """What may be asked of the cases."""

    state = serializers.ChoiceField(choices=CaseState.choices, required=False)
    touchpoint = asked(Touchpoint, source="subject__touchpoint")
    journey = asked(Journey, source="subject__journey")
    ordering = ordering("opened_at", "due_at", "updated_at")


class CaseResource(Resource):
    """Complaints, each of which is looked after until it is closed."""

    model = Case
    serializer_class = CaseSerializer
    queries = {"list": CaseQuery}
    lookup_url_kwarg = "case_id"
    examples = {
        "create": {"response": 4711, "severity": 2},
        "partial_update": {"severity": 3, "play": "call", "version": 1},
        "close": {"outcome": "recovered", "cost": 2500, "customer_told": True, "version": 1},
        "dismiss": {"reason": "Meant another company", "version": 1},
    }

    def rows(self) -> WorkspaceQuerySet:
        """With what they are about, and who looks after them."""
        about = ("subject__touchpoint", "subject__journey", "owner_team", "owner_member__user")
        return super().rows().select_related(*about)

    @extend_schema(request=OpenSerializer, responses={200: CaseSerializer, 201: CaseSerializer}, summary="Open a case")
    @once
    def create(self, request: Request) -> Answered:
        """Mark an answer as a complaint, whatever the rule says. The case that it has already stays as it is: 200.

        422 where the answer has been removed.
        """
        said = OpenSerializer(data=request.data, context=self.get_serializer_context())
        said.is_valid(raise_exception=True)
        known = Case.objects.filter(response=said.validated_data["response"]).exists()
        case = mark_complaint(by=self.by, **said.validated_data)
        return self.answer(self.rows().get(pk=case.pk), status.HTTP_200_OK if known else status.HTTP_201_CREATED)

    def partial_update(self, request: Request, **named: Any) -> Answered:
        """Give it to another, weigh it anew, or say what is done. Sent twice it is harmless."""
        case = self.get_object()
        facts = self.read(case)
        version = version_meant(request, facts.pop("version", None))
        edit_case(case, version=version, by=self.by, **facts)
        return self.answer(self.get_object())

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    @once
    def take(self, request: Request, **named: Any) -> Answered:
        """Take it in hand: a person looks after it from then on. Twice is harmless."""
        take_case(self.get_object(), by=self.by)
        return self.answer(self.get_object())

    @extend_schema(request=CloseSerializer, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    @once
    def close(self, request: Request, **named: Any) -> Answered:
        """Say what became of the customer. 409 for a cost above the limit. Twice is harmless."""
        return self.end(request, CloseSerializer, close_case)

    @extend_schema(request=DismissSerializer, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    @once
    def dismiss(self, request: Request, **named: Any) -> Answered:
        """Say why it is no complaint; it counts in no figure then. Twice is harmless."""
        return self.end(request, DismissSerializer, dismiss_case)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    @once
    def reopen(self, request: Request, **named: Any) -> Answered:
        """Take up again what had come to its end. Twice is harmless."""
        reopen_case(self.get_object(), by=self.by)
        return self.answer(self.get_object())

    def end(self, request: Request, shape: type[Strict], verb: Callable[..., Case]) -> Answered:
        """Bring it to its end, as the body says."""
        case = self.get_object()
        said = shape(data=request.data)
        said.is_valid(raise_exception=True)
        facts = dict(said.validated_data)
        version = version_seen(request, facts.pop("version", None))
        verb(case, version=case.version if version is None else version, by=self.by, **facts)
        return self.answer(self.get_object())
