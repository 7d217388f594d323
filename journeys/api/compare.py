"""A comparison over REST: what the page of the comparison shows, unrounded where that is known."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from journeys.api.map import the_journey
from journeys.api.shapes import BANDS, EVIDENCE, ChangeShape, RolledUpShape
from journeys.api.unchanged import IF_NONE_MATCH, NOT_CHANGED, as_stands
from journeys.comparing import Pair, Part, Stop
from journeys.comparison import Comparison, sentence
from journeys.comparison_asked import asked_in, choices_for
from journeys.comparison_read import Missing, read_comparison
from journeys.figures_in_full import Told, change_in_full, rolled_up_in_full
from journeys.models import Journey
from journeys.two_maps import Kind
from personas.models import Persona
from touchpoints.models import PhaseKind
from workspaces import clock
from workspaces.api.fields import Day, Query, asked
from workspaces.api.resource import Door

DESCRIPTION = """
Two sides of a journey, `a` and `b`, touchpoint by touchpoint, as the page *Compare* shows them. By `kind`:

- `days`: the map as it stood when the local day `since` ended, and when `as_of` did, scores as they were known then;
  with a `persona`, hers. By default today, and 90 days earlier or when the map was begun.
- `persona`: this `persona`, and the one it is compared `against`, each with her own scores. Fewer than 5 answers show
  none. By default the first two that the page offers.
- `plan`: this journey and the other `journey`, the one “as is” before the one “to be”; with a `persona`, hers. By
  default the one that shares most touchpoints.

Where the workspace has no second persona, or no such journey, the answer is 404.

A touchpoint is on both sides where it is the same one of the library. `points` is the difference of the scores as
shown, b less a; `change` is what the rule of real changes says of it, from unrounded values of equally long windows
that do not overlap, judged among the touchpoints told here; the journey and its phases among each other. It is null for
plans, of which both sides have the same answers. `real`: beyond chance, and in the direction of `points`.

`largest` names up to six touchpoints, real differences first, then by size. `sentence` says it in the language of
`Accept-Language`. Send `If-None-Match` with the `ETag` that you got: while nothing has changed the answer is 304.
"""
KINDS = [(kind.value, kind.value) for kind in Kind]


class CompareQuery(Query):
    """What is compared with what."""

    kind = serializers.ChoiceField(choices=KINDS, default=Kind.DAYS.value)
    since = Day(required=False, help_text="of `days`: the earlier day")
    as_of = Day(required=False, help_text="of `days`: the later day")
    persona = asked(Persona, help_text="whose health; of `persona` side a")
    against = asked(Persona, help_text="of `persona`: side b")
    journey = asked(Journey, help_text="of `plan`: the other journey")

    def validate_since(self, day: datetime.date) -> datetime.date:
        """Not a day to come."""
        return self._past(day)

    def validate_as_of(self, day: datetime.date) -> datetime.date:
        """Not a day to come."""
        return self._past(day)

    def _past(self, day: datetime.date) -> datetime.date:
        if day > clock.today(self.context["workspace"].zone):
            raise serializers.ValidationError(_("This day is still to come."))
        return day


class SideHealthShape(RolledUpShape):
    """The health of a journey or a phase on one side."""

    change = None  # type: ignore[assignment]


class SideShape(serializers.Serializer):  # type: ignore[type-arg]
    """One side of the comparison."""

    name = serializers.CharField(help_text="of the persona or the journey; or the day, in words")
    health = SideHealthShape()


class StopShape(serializers.Serializer):  # type: ignore[type-arg]
    """A touchpoint on one side."""

    placement = serializers.IntegerField()
    station = serializers.IntegerField(help_text="its number along the journey, from 1")
    phase = serializers.ChoiceField(choices=PhaseKind.choices)
    score = serializers.IntegerField(min_value=0, max_value=100, allow_null=True)
    state = serializers.ChoiceField(choices=EVIDENCE)
    band = serializers.ChoiceField(choices=BANDS, allow_null=True)
    answers = serializers.IntegerField()
    perceived = serializers.FloatField(min_value=-2, max_value=2, allow_null=True)


class PairShape(serializers.Serializer):  # type: ignore[type-arg]
    """A touchpoint on both sides; null on the one on which it does not stand."""

    touchpoint = serializers.IntegerField()
    name = serializers.CharField()
    a = StopShape(allow_null=True)
    b = StopShape(allow_null=True)
    moved = serializers.BooleanField(help_text="in another phase, or among other neighbours")
    points = serializers.IntegerField(min_value=-100, max_value=100, allow_null=True)
    felt = serializers.FloatField(min_value=-4, max_value=4, allow_null=True, help_text="what is felt, b less a")
    real = serializers.BooleanField()
    change = ChangeShape(allow_null=True)


class ComparedPhaseShape(serializers.Serializer):  # type: ignore[type-arg]
    """A phase on both sides, and what stands in it on either."""

    kind = serializers.ChoiceField(choices=PhaseKind.choices)
    name = serializers.CharField()
    a = SideHealthShape()
    b = SideHealthShape()
    points = serializers.IntegerField(min_value=-100, max_value=100, allow_null=True)
    change = ChangeShape(allow_null=True)
    touchpoints = PairShape(many=True)


class ComparisonShape(serializers.Serializer):  # type: ignore[type-arg]
    """The whole comparison. Lists name touchpoints by their ids."""

    kind = serializers.ChoiceField(choices=KINDS)
    sentence = serializers.CharField()
    a = SideShape()
    b = SideShape()
    change = ChangeShape(allow_null=True, help_text="of the journey's health")
    largest = serializers.ListField(child=serializers.IntegerField(), max_length=6)
    came = serializers.ListField(child=serializers.IntegerField(), help_text="on side b alone")
    went = serializers.ListField(child=serializers.IntegerField(), help_text="on side a alone")
    moved = serializers.ListField(child=serializers.IntegerField())
    changed_band = serializers.ListField(child=serializers.IntegerField())
    phases = ComparedPhaseShape(many=True)


class CompareView(Door):
    """GET journeys/<id>/compare/."""

    queries = {"get": CompareQuery, "head": CompareQuery}

    @extend_schema(
        operation_id="journeys_compare",
        summary="Two sides of a journey",
        description=DESCRIPTION,
        parameters=[CompareQuery, IF_NONE_MATCH],
        responses={200: ComparisonShape, 304: NOT_CHANGED},
    )
    def get(self, request: Request, journey_id: int) -> HttpResponse:
        """The comparison; an unchanged one costs a 304."""
        journey, said = the_journey(self.workspace, journey_id), self.asked
        kind, persona = Kind(said["kind"]), said.get("persona")
        sides = {
            Kind.DAYS: {"a": said.get("since"), "b": said.get("as_of")},
            Kind.PERSONA: {"a": persona, "b": said.get("against")},
            Kind.PLAN: {"b": said.get("journey")},
        }[kind]
        named = {"persona": persona, **sides}
        address = {name: str(getattr(one, "pk", one)) for name, one in named.items() if one is not None}
        found = asked_in({"kind": kind.value, **address}, choices_for(journey), clock.today(self.workspace.zone))
        try:
            return as_stands(request, comparison_in_full(read_comparison(journey, found)))
        except Missing as missing:
            raise NotFound(str(missing)) from missing


def comparison_in_full(told: Comparison) -> Told:
    """A comparison as plain values that JSON can say."""
    found = told.found
    return {
        "kind": told.kind.value,
        "sentence": sentence(told),
        "a": {"name": told.a, "health": _health(found.a.health)},
        "b": {"name": told.b, "health": _health(found.b.health)},
        "change": change_in_full(found.b.health.change),
        "largest": _ids(found.largest),
        "came": _ids(found.came),
        "went": _ids(found.went),
        "moved": _ids(found.moved),
        "changed_band": _ids(found.banded),
        "phases": [_part(part) for part in found.phases],
    }


def _ids(pairs: list[Pair]) -> list[int]:
    return [pair.stop.seen.touchpoint for pair in pairs]


def _health(shown: Any) -> Told:
    told = rolled_up_in_full(shown)
    del told["change"]
    return told


def _part(part: Part) -> Told:
    return {
        "kind": part.kind,
        "name": part.label,
        "a": _health(part.a),
        "b": _health(part.b),
        "points": part.points,
        "change": change_in_full(part.b.change),
        "touchpoints": [_pair(pair) for pair in part.pairs],
    }


def _pair(pair: Pair) -> Told:
    return {
        "touchpoint": pair.stop.seen.touchpoint,
        "name": pair.name,
        "a": pair.a and _stop(pair.a),
        "b": pair.b and _stop(pair.b),
        "moved": pair.moved,
        "points": pair.points,
        "felt": pair.felt,
        "real": pair.real,
        "change": change_in_full(pair.change),
    }


def _stop(stop: Stop) -> Told:
    seen = stop.seen
    return {
        "placement": seen.placement,
        "station": stop.number,
        "phase": stop.phase,
        "score": seen.number,
        "state": seen.evidence,
        "band": seen.band,
        "answers": seen.answers or 0,
        "perceived": seen.perceived,
    }
