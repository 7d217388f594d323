"""Answers and the questionnaires to which they belong, over REST."""

from typing import Any, ClassVar

from django.db.models import OuterRef
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response as Answered

from feedback.actions import record_responses, remove_responses
from feedback.api.ingest import BODY_LIMIT, IngestQuery, OutcomeSerializer, refuse_nothing_stored, rows_in, tell
from feedback.api.refusals import Pushing, troubles_of
from feedback.api.rows import MOST_ROWS, About, AnswerRow, Rows
from feedback.models import Response, Submission
from personas.models import Persona
from touchpoints.models import Channel, Device, Metric, Touchpoint
from workspaces.api.fields import Here, ListQuery, Row, Word, asked, days, ordering
from workspaces.api.once import once
from workspaces.api.resource import Resource, version_seen
from workspaces.errors import Stale
from workspaces.guard import takes
from workspaces.models import WorkspaceQuerySet
from workspaces.transactions import retried

SAID = "what it says of the workspace's attributes, by their keys"


class SubmissionSerializer(Row):
    """One filled questionnaire."""

    device = Word(choices=Device.choices, allow_blank=True, read_only=True)
    attributes = serializers.DictField(child=serializers.CharField(), read_only=True, help_text=SAID)

    class Meta:
        model = Submission
        fields = [
            "id", "source", "external_id", "occurred_at", "day", "persona", "persona_by_rule", "channel", "device",
            "segment", "attributes", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields


class SubmissionQuery(ListQuery):
    """What may be asked of the questionnaires."""

    source = serializers.CharField(max_length=80, required=False)  # type: ignore[assignment]
    external_id = serializers.CharField(max_length=120, required=False)
    persona = asked(Persona)
    channel = asked(Channel)
    device = serializers.ChoiceField(choices=Device.choices, required=False)
    ordering = ordering("id", "updated_at")

    def get_fields(self) -> dict[str, Any]:
        """With the days."""
        return super().get_fields() | days("day")


@extend_schema_view(list=extend_schema(summary="Questionnaires"), retrieve=extend_schema(summary="One questionnaire"))
class SubmissionResource(Resource):
    """The filled questionnaires; what was answered in them is at `responses/`."""

    model = Submission
    serializer_class = SubmissionSerializer
    queries = {"list": SubmissionQuery}
    lookup_url_kwarg = "submission_id"


class ResponseSerializer(Row):
    """One answer, with what is true of its questionnaire. A removed one has neither value nor text."""

    source = serializers.CharField(source="submission.source", read_only=True)  # type: ignore[assignment]
    external_id = serializers.CharField(source="submission.external_id", read_only=True)
    touchpoint = serializers.IntegerField(read_only=True, allow_null=True)
    journey = serializers.IntegerField(read_only=True, allow_null=True)
    occurred_at = serializers.DateTimeField(source="submission.occurred_at", read_only=True)
    day = serializers.DateField(source="submission.day", read_only=True)
    persona = serializers.IntegerField(source="submission.persona_id", read_only=True, allow_null=True)
    channel = serializers.IntegerField(source="submission.channel_id", read_only=True, allow_null=True)
    device = Word(source="submission.device", choices=Device.choices, allow_blank=True, read_only=True)
    segment = serializers.CharField(source="submission.segment", read_only=True)
    attributes = serializers.DictField(
        source="submission.attributes", child=serializers.CharField(), read_only=True, help_text=SAID
    )

    class Meta:
        model = Response
        fields = [
            "id", "version", "submission", "source", "external_id", "question", "touchpoint", "journey", "metric",
            "scale", "value", "text", "occurred_at", "day", "persona", "channel", "device", "segment", "attributes",
            "updated_at", "removed_at",
        ]  # fmt: skip
        read_only_fields = fields


class SubjectOf(Here):
    """A query's parameter that names what answers are about."""

    def to_internal_value(self, data: Any) -> int:
        """Its subject."""
        return int(super().to_internal_value(data).subject_id)


class ResponseQuery(ListQuery):
    """What may be asked of the answers."""

    source = serializers.CharField(source="submission__source", max_length=80, required=False)  # type: ignore[assignment]
    external_id = serializers.CharField(source="submission__external_id", max_length=120, required=False)
    submission = asked(Submission)
    touchpoint = SubjectOf(Touchpoint, source="subject", required=False, archived=True, strict=False)
    metric = serializers.ChoiceField(choices=Metric.choices, required=False)
    persona = asked(Persona, source="submission__persona")
    channel = asked(Channel, source="submission__channel")
    ordering = ordering("id", "updated_at")

    def get_fields(self) -> dict[str, Any]:
        """With the days."""
        return super().get_fields() | days("submission__day")


@takes(BODY_LIMIT)
@extend_schema_view(list=extend_schema(summary="Answers"), retrieve=extend_schema(summary="One answer"))
class ResponseResource(Pushing):
    """What customers answered.

    `about`: the models of what they answered about, by field. Journeys stand above this room, which has not heard of
    them: they are named where this resource is completed.
    """

    model = Response
    serializer_class = ResponseSerializer
    queries = {"list": ResponseQuery, "create": IngestQuery}
    lookup_url_kwarg = "response_id"
    about: ClassVar[About]

    def rows(self) -> WorkspaceQuerySet:
        """With their questionnaires, and the ids of what they are about."""
        named: Any = {
            name: model.objects.filter(subject=OuterRef("subject")).values("pk")[:1]  # type: ignore[attr-defined]
            for name, model in self.about.items()
        }
        rows: WorkspaceQuerySet = super().rows().select_related("submission").annotate(**named)
        return rows

    def shown(self, rows: WorkspaceQuerySet) -> WorkspaceQuerySet:
        """Without removed ones."""
        return rows.filter(removed_at=None)

    def is_gone(self, row: Any) -> bool:
        """Removed."""
        return row.removed_at is not None

    @extend_schema(
        summary="Push answers",
        request=AnswerRow(many=True, allow_empty=False, max_length=MOST_ROWS),  # type: ignore[call-arg]
        responses={200: OutcomeSerializer},
    )
    @once
    def create(self, request: Request) -> Answered:
        """Store up to 5,000 answers, and say of each what became of it, in the order in which they were given.

        An answer that is known by its source, external id and question is stored once, however often it is sent; with
        a higher version it replaces what was stored. A refused one keeps no other from being stored, unless
        `?atomic=true`. Where nothing is stored the answer is 422, or 404 when each row names what is not in this
        workspace; it holds `counts` and `results`, too.
        """
        rows = Rows(self.workspace, rows_in(request.data), self.about)
        outcome = record_responses(self.workspace, rows.read(), atomic=self.asked["atomic"])
        self.pushed = tell(outcome)
        self.refused = list(troubles_of(rows.rows, outcome.results))
        refuse_nothing_stored(outcome)
        return Answered(self.pushed)

    @extend_schema(summary="Remove an answer")
    def destroy(self, request: Request, **named: Any) -> Answered:
        """It counts no more, and its value and comment are deleted. Twice is harmless.

        No replay of the same version brings it back; a higher version does.
        """
        self.remove(self.get_object(), version_seen(request))
        return Answered(status=status.HTTP_204_NO_CONTENT)

    @retried
    def remove(self, response: Response, version: int | None) -> None:
        """Remove it, if it is still of that version."""
        if version is not None:
            # Its questionnaire first, as everybody does who changes answers.
            Submission.objects.select_for_update(no_key=True).get(pk=response.submission_id)
            current = self.get_object()
            if current.version != version:
                raise Stale(current)
        remove_responses(self.workspace, [response.pk], by=self.by)
