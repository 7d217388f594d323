"""Stakeholders over REST, for tokens that may write: a read token is told nothing of them."""

from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from measures.actions import decided_by, rewrite_stakeholder, write_stakeholder
from measures.models import Decider, Measure
from personas.access import stakeholders_for
from personas.actions import (
    archive_stakeholder,
    archive_step,
    create_step,
    edit_step,
    restore_stakeholder,
    restore_step,
)
from personas.models import NextStep, Quadrant, Stakeholder, StakeholderPosition
from workspaces.api.fields import Flag, Here, HereAll, KeptRow, ListQuery, Row, Word, ordering, part_of
from workspaces.api.resource import KeptResource, Verbs
from workspaces.models import ApiToken, Membership, Scope, WorkspaceQuerySet


class DecidesOn(HereAll):
    """The ids of the measures that somebody decides on, archived ones too."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Measure, **options)

    def get_attribute(self, instance: Any) -> Any:
        """As the rows were asked for, or else asked now."""
        found = getattr(instance, "decides_on", None)
        return [one.pk for one in decided_by(instance)] if found is None else found

    def to_internal_value(self, data: Any) -> Any:
        """The measures."""
        instance = self.parent.instance
        if instance is not None:
            chosen = self.get_attribute(instance)
            instance.decides = Measure.objects.of(self.context["workspace"]).filter(pk__in=chosen)
        return super().to_internal_value(data)

    def to_representation(self, data: Any) -> list[int]:
        """Their ids."""
        return sorted(data)


class StakeholderStepSerializer(Row):
    """A next step as its stakeholder tells it; it is written at `next-steps/`."""

    done = serializers.BooleanField(read_only=True)

    class Meta:
        model = NextStep
        fields = ["id", "text", "with_whom", "due_on", "done", "done_at"]
        read_only_fields = fields


class StakeholderSerializer(KeptRow):
    """Somebody with a say in what is done: `influence` and `support` from 0 to 100, of which the `quadrant` follows.

    The goal is `goal_influence`, `goal_support` and `goal_on`, or none of them. `decides`: the measures that are not
    done without their yes. `named_only`: only the members in `named` see them, and no program but those members' own;
    once these have all left the workspace, its owners. Setting influence or support moves them, and the move is
    remembered at `positions/`.
    """

    quadrant = Word(choices=Quadrant.choices, read_only=True)
    decides = DecidesOn(required=False)
    named = HereAll(Membership, required=False)
    next_steps = StakeholderStepSerializer(source="steps", many=True, read_only=True)

    class Meta:
        model = Stakeholder
        fields = [
            "id", "version", "name", "role", "influence", "support", "quadrant", "interests", "goal_influence",
            "goal_support", "goal_on", "decides", "named_only", "named", "next_steps", "created_at", "updated_at",
            "archived_at",
        ]  # fmt: skip


class StakeholderPositionSerializer(Row):
    """Where somebody was put, when, and by whom."""

    quadrant = Word(choices=Quadrant.choices, read_only=True)
    by = serializers.CharField(read_only=True, allow_null=True, help_text="the person or token, as far as known")

    class Meta:
        model = StakeholderPosition
        fields = ["influence", "support", "quadrant", "at", "by"]
        read_only_fields = fields


class SeenStakeholder(Here):
    """A stakeholder whom the token may see; any other is as if they never were."""

    def get_queryset(self) -> WorkspaceQuerySet:
        """Those."""
        return cast("WorkspaceQuerySet", self.context["stakeholders"])


class NextStepSerializer(KeptRow):
    """What is done next to win a stakeholder. `done` says so, and `done_at` since when."""

    stakeholder = SeenStakeholder(Stakeholder)
    done = Flag(required=False)

    class Meta:
        model = NextStep
        fields = [
            "id", "version", "stakeholder", "text", "with_whom", "due_on", "done", "done_at", "created_at",
            "updated_at", "archived_at",
        ]  # fmt: skip
        read_only_fields = ["done_at"]


class Told(KeptResource):
    """What is told of stakeholders only: to tokens that may write, of those whom the token's person may see."""

    scope = Scope.WRITE.value  # of every method, reading too

    def seen(self) -> WorkspaceQuerySet:
        """The stakeholders whom the token may see."""
        token = cast("ApiToken", self.request.auth)
        member = Membership.objects.of(self.workspace).filter(user=token.user).first() if token.user else None
        return stakeholders_for(self.workspace, member)

    def get_serializer_context(self) -> dict[str, Any]:
        """With the stakeholders whom the token may see."""
        context = super().get_serializer_context()
        seen = {"stakeholders": self.seen()} if "workspace" in context else {}
        return {**context, **seen}


class StakeholderQuery(ListQuery):
    """What may be asked of the stakeholders."""

    q = part_of("name")
    ordering = ordering("name", "influence", "support", "updated_at")


class StakeholderResource(Told):
    """People and groups with a say in what is done for customers. Every method asks for the scope `write`."""

    model = Stakeholder
    serializer_class = StakeholderSerializer
    queries = {"list": StakeholderQuery}
    lookup_url_kwarg = "stakeholder_id"
    examples = {
        "create": {
            "name": "Finance, M. Beck",
            "role": "Controlling",
            "influence": 68,
            "support": 13,
            "goal_influence": 68,
            "goal_support": 55,
            "goal_on": "2027-03-01",
            "decides": [5],
        },
        "partial_update": {"support": 21, "version": 1},
    }
    verbs = Verbs(write_stakeholder, rewrite_stakeholder, archive_stakeholder, restore_stakeholder)

    def rows(self) -> WorkspaceQuerySet:
        """Those whom the token may see, with what they decide on and what is done next."""
        ties = Decider.objects.of(self.workspace).filter(stakeholder=OuterRef("pk")).order_by("measure")
        steps = Prefetch("steps", NextStep.objects.of(self.workspace).kept())
        named = Prefetch("named", Membership.objects.of(self.workspace).only("pk"))
        decides = ArraySubquery(ties.values("measure"))
        rows: WorkspaceQuerySet = self.seen().prefetch_related(steps, named).annotate(decides_on=decides)
        return rows

    @extend_schema(responses=StakeholderPositionSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def positions(self, request: Request, **named: Any) -> Response:
        """Where they stood, the latest first."""
        rows = self.get_object().positions.select_related("actor", "token")
        return Response(StakeholderPositionSerializer(rows, many=True).data)


class NextStepQuery(ListQuery):
    """What may be asked of the next steps."""

    q = part_of("text")
    ordering = ordering("created_at", "updated_at")


class NextStepResource(Told):
    """What is done next to win stakeholders. Every method asks for the scope `write`."""

    model = NextStep
    serializer_class = NextStepSerializer
    queries = {"list": NextStepQuery}
    lookup_url_kwarg = "step_id"
    examples = {
        "create": {"stakeholder": 3, "text": "Walk through the savings", "with_whom": "Katrin Voss"},
        "partial_update": {"done": True, "version": 1},
    }
    verbs = Verbs(create_step, edit_step, archive_step, restore_step)

    def rows(self) -> WorkspaceQuerySet:
        """Those of stakeholders whom the token may see."""
        return super().rows().filter(stakeholder__in=self.seen())
