"""What to do next at a touchpoint, over REST."""

from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from feedback.models import InsightKind
from journeys.api.shapes import BANDS, EVIDENCE
from journeys.api.unchanged import IF_NONE_MATCH, NOT_CHANGED, as_stands
from measures.models import Cause, Measure, MeasureKind, Status
from scorecards.next_actions import Action, Named, NextActions, Similar, WhyNot, next_actions_of
from touchpoints.models import Touchpoint
from workspaces.api.resource import Door

WHY_NOT = [(one.value, one.value) for one in WhyNot]
DESCRIPTION = """
What could be done at a touchpoint whose health lies below its target, is founded on answers, and counts on a journey.
One proposal for each cause to which the table at `causes/` sorts what customers suffer and wish there, the most named
first, at most three; where a measure of that kind is under way it is named instead. Nothing is guessed: what holds no
word of the table is `unsorted`. With `why_not` nothing is proposed, and this says why. A proposal becomes a measure by
`POST measures/`.
"""


class GainShape(serializers.Serializer):  # type: ignore[type-arg]
    """Points of health that a journey would gain if the touchpoint met its target."""

    journey = serializers.IntegerField()
    name = serializers.CharField()
    points = serializers.FloatField()


class NamedShape(serializers.Serializer):  # type: ignore[type-arg]
    """What customers name: a `theme` that is suggested, or an `insight`; the other one is null."""

    theme = serializers.IntegerField(allow_null=True)
    insight = serializers.IntegerField(allow_null=True)
    kind = serializers.ChoiceField(choices=InsightKind.choices)
    text = serializers.CharField()
    named_by = serializers.IntegerField(help_text="customers who named the theme, or mentions of the insight")
    words = serializers.ListField(child=serializers.CharField(), help_text="of the table, by which it was sorted")
    as_well = serializers.ListField(
        child=serializers.ChoiceField(choices=Cause.choices), help_text="causes to which it belongs just as much"
    )


class SimilarShape(serializers.Serializer):  # type: ignore[type-arg]
    """How the measures of this kind in this workspace fared that have been reviewed, the last review of each."""

    reviewed = serializers.IntegerField()
    works = serializers.IntegerField()
    partly = serializers.IntegerField()
    middle = serializers.FloatField(help_text="the median of their effects, in points of health")
    is_closed = serializers.BooleanField(help_text="false: none is closed, and what open ones say may change")


class MeantShape(serializers.Serializer):  # type: ignore[type-arg]
    """A measure of this kind for this touchpoint."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    status = serializers.ChoiceField(choices=Status.choices)


class ActionShape(serializers.Serializer):  # type: ignore[type-arg]
    """A proposal; where something is `under_way` it is none. `earlier`: what was reviewed or dropped."""

    kind = serializers.ChoiceField(choices=MeasureKind.choices)
    cause = serializers.ChoiceField(choices=Cause.choices)
    named = NamedShape(many=True)
    similar = SimilarShape(allow_null=True, help_text="null: none has been reviewed yet")
    under_way = MeantShape(many=True)
    earlier = MeantShape(many=True)


class NextActionsShape(serializers.Serializer):  # type: ignore[type-arg]
    """What could be done at a touchpoint, and on what that rests."""

    touchpoint = serializers.IntegerField()
    name = serializers.CharField()
    score = serializers.IntegerField(allow_null=True)
    band = serializers.ChoiceField(choices=BANDS, allow_null=True)
    state = serializers.ChoiceField(choices=EVIDENCE)
    target = serializers.IntegerField()
    gains = GainShape(many=True)
    place = serializers.IntegerField(
        allow_null=True, help_text="among those of the first journey that fall short, by points to gain"
    )
    drop = serializers.FloatField(allow_null=True, help_text="points, where health has really fallen in 90 days")
    alarms = serializers.ListField(child=serializers.IntegerField(), help_text="that are open")
    why_not = serializers.ChoiceField(choices=WHY_NOT, allow_null=True)
    customers = serializers.IntegerField(help_text="whose comments were searched for themes")
    actions = ActionShape(many=True)
    unsorted = NamedShape(many=True)


class NextActionsView(Door):
    """GET touchpoints/<id>/next-actions/."""

    @extend_schema(
        operation_id="touchpoints_next_actions",
        summary="What to do next",
        description=DESCRIPTION,
        parameters=[IF_NONE_MATCH],
        responses={200: NextActionsShape, 304: NOT_CHANGED},
    )
    def get(self, request: Request, touchpoint_id: int) -> HttpResponse:
        """All of it at once; what has not changed costs a 304."""
        touchpoint = Touchpoint.objects.of(self.workspace).kept().filter(pk=touchpoint_id).first()
        if touchpoint is None:
            raise Http404
        touchpoint.workspace = self.workspace
        return as_stands(request, told(next_actions_of(touchpoint)))


def told(found: NextActions) -> dict[str, Any]:
    """As plain values."""
    return {
        "touchpoint": found.touchpoint.pk,
        "name": found.touchpoint.name,
        "score": found.reading.number,
        "band": found.reading.band,
        "state": found.reading.evidence,
        "target": found.touchpoint.target,
        "gains": [{"journey": one.journey, "name": one.name, "points": one.points} for one in found.gained],
        "place": found.place[0] or None,
        "drop": found.drop.delta if found.drop else None,
        "alarms": [one["alarm"] for one in found.alarms],
        "why_not": found.why_not,
        "customers": found.customers,
        "actions": [_action(one) for one in found.actions],
        "unsorted": [_named(one) for one in found.unsorted],
    }


def _action(action: Action) -> dict[str, Any]:
    return {
        "kind": action.kind.value,
        "cause": action.cause.value,
        "named": [_named(one) for one in action.named],
        "similar": _similar(action.similar),
        "under_way": [_meant(one) for one in action.under_way],
        "earlier": [_meant(one) for one in action.earlier],
    }


def _named(one: Named) -> dict[str, Any]:
    return {
        "theme": one.thing.pk if one.is_theme else None,
        "insight": None if one.is_theme else one.thing.pk,
        "kind": one.thing.kind,
        "text": str(one.thing),
        "named_by": one.by,
        "words": list(one.found.words) if one.found else [],
        "as_well": list(one.found.tied) if one.found else [],
    }


def _similar(similar: Similar | None) -> dict[str, Any] | None:
    return similar and similar._asdict()


def _meant(measure: Measure) -> dict[str, Any]:
    return {"id": measure.pk, "title": measure.title, "status": measure.status}
