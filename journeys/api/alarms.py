"""Alarms over REST: about touchpoints, journeys and the workspace."""

from typing import Any

from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from journeys.models import Journey
from touchpoints.actions import acknowledge_alarm
from touchpoints.health.figures import FEWEST_SHOWN
from touchpoints.models import METRICS, Alarm, AlarmKind, AlarmState, Cause, SubjectKind, Touchpoint
from workspaces.api.fields import KeptRow, ListQuery, Word, asked, ordering
from workspaces.api.once import once
from workspaces.api.resource import Resource, version_seen
from workspaces.models import WorkspaceQuerySet


class AlarmSerializer(KeptRow):
    """Something that was raised, as it was known then.

    Of a deterioration `before` and `after` are the means of `metric` on `scale` before the change date `since` and from
    then on, as points of 0 to 100, unrounded (NPS: half of NPS + 100; complaint and visit: percent of contacts without
    complaint, of visits completed); of a change of band the health. They are null below 5 answers. A burst counts
    complaints in `after_answers`, beside the `chance` (0 to 1) of as many or more.
    """

    subject = serializers.ChoiceField(source="subject.kind", choices=SubjectKind.choices, read_only=True)
    touchpoint = serializers.IntegerField(source="subject.touchpoint.pk", default=None, allow_null=True, read_only=True)
    journey = serializers.IntegerField(source="subject.journey.pk", default=None, allow_null=True, read_only=True)
    metric = Word(choices=METRICS, allow_blank=True, read_only=True)
    cause = Word(choices=Cause.choices, allow_blank=True, read_only=True)
    acknowledged_by = serializers.CharField(
        source="acknowledged_by_whom", read_only=True, allow_null=True, help_text="the person or token, as far as known"
    )

    class Meta:
        model = Alarm
        fields = [
            "id", "version", "kind", "subject", "touchpoint", "journey", "metric", "scale", "cause", "was", "became",
            "since", "day", "raised_at", "before", "before_answers", "after", "after_answers", "chance", "state",
            "acknowledged_at", "acknowledged_by", "note", "restated_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = [name for name in fields if name not in {"version", "note"}]

    def to_representation(self, instance: Alarm) -> dict[str, Any]:
        """Nothing below five answers is told as a number."""
        told: dict[str, Any] = super().to_representation(instance)
        for side in ("before", "after"):
            if told[f"{side}_answers"] < FEWEST_SHOWN or instance.kind == AlarmKind.BURST:
                told[side] = None
        return told


class AlarmQuery(ListQuery):
    """What may be asked of the alarms."""

    state = serializers.ChoiceField(choices=AlarmState.choices, required=False)
    kind = serializers.ChoiceField(choices=AlarmKind.choices, required=False)
    touchpoint = asked(Touchpoint, source="subject__touchpoint")
    journey = asked(Journey, source="subject__journey")
    ordering = ordering("raised_at", "updated_at")


class AlarmResource(Resource):
    """What got worse, bursts of complaints and changes of band, from the first on."""

    model = Alarm
    serializer_class = AlarmSerializer
    queries = {"list": AlarmQuery}
    lookup_url_kwarg = "alarm_id"
    examples = {"acknowledge": {"note": "The new app; fixed on Monday"}}

    def rows(self) -> WorkspaceQuerySet:
        """With what they are about, and who acknowledged them."""
        about = ("subject__touchpoint", "subject__journey", "acknowledged_by", "acknowledged_token")
        return super().rows().select_related(*about)

    @action(detail=True, methods=["post"])
    @once
    def acknowledge(self, request: Request, **named: Any) -> Response:
        """Say that it has been seen, with a note if you like. Its series is watched anew. Twice is harmless."""
        alarm = self.get_object()
        facts = self.read(alarm)
        version = version_seen(request, facts.get("version"))
        acknowledge_alarm(alarm, by=self.by, note=facts.get("note", ""), version=version)
        return self.answer(self.get_object())
