"""A comparison over REST: what the page of the comparison shows, unrounded where that is known."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from journeys.api.map import the_journey
from journeys.api.shapes import BANDS, EVIDENCE, ChangeShape, RolledUpShape
from journeys.api.unchanged import IF_NONE_MATCH, NOT_CHANGED, as_stands
from journeys.comparing import Pair, Part, Stop
from journeys.comparison import Comparison, sentence
from journeys.comparison_asked import Asked
from journeys.comparison_read import read_comparison
from journeys.figures_in_full import Told, change_in_full, rolled_up_in_full
from journeys.models import Journey
from journeys.two_maps import Kind
from personas.models import Persona
from touchpoints.models import PhaseKind
from workspaces import clock
from workspaces.api.fields import Query, asked, not_here
from workspaces.api.resource import Door
from workspaces.models import EARLIEST

DESCRIPTION = """
Two sides of a journey, `a` and `b`, touchpoint by touchpoint, as the page *Compare* shows them. By `kind`:

- `persona`: the personas with the ids `a` and `b`, each with her own scores. Fewer than 5 answers show none.
- `days`: the map as it stood when the local days `a` and `b` (by default today) ended, scores as they were known then.
- `plan`: this journey and the journey with the id `b`, the one “as is” before the one “to be”.

A touchpoint is on both sides where it is the same one of the library. `points` is the difference of the scores as
shown, b less a; `change` is what the rule of real changes says of it, from unrounded values of equally long windows
that do not overlap, judged among the touchpoints told here; the journey and its phases among each other. It is null for
plans, of which both sides have the same answers. `real`: beyond chance, and in the direction of `points`.

`largest` names up to six touchpoints, real differences first, then by size. `sentence` says it in the language of
`Accept-Language`. Send `If-None-Match` with the `ETag` that you got: while nothing has changed the answer is 304.
"""
KINDS = [(kind.value, kind.value) for kind in Kind]
SIDE = r"^([1-9]\d{0,17}|(19[7-9]\d|2[01]\d\d)-\d\d-\d\d)$"


class CompareQuery(Query):
    """What is compared with what."""

    kind = serializers.ChoiceField(choices=KINDS, default=Kind.PERSONA.value)
    a = serializers.RegexField(SIDE, required=False, help_text="a persona's id or a day, by `kind`")
    b = serializers.RegexField(SIDE, required=False, help_text="a persona's or a journey's id or a day, by `kind`")
    persona = asked(Persona, help_text="of days and plans: the health of this persona instead of all customers'")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The sides as `Asked` has them."""
        kind, persona = Kind(attrs["kind"]), attrs.get("persona")
        if kind == Kind.DAYS:
            today = clock.today(self.context["workspace"].zone)
            a, b = self._day(attrs, "a", None), self._day(attrs, "b", today)
            if max(a, b) > today:
                raise serializers.ValidationError({"b" if b > today else "a": [_("This day is still to come.")]})
            return {"asked": Asked(kind, min(a, b), max(a, b), persona and persona.pk)}
        if kind == Kind.PLAN:
            return {"asked": Asked(kind, None, self._row(attrs, "b", Journey), persona and persona.pk)}
        return {"asked": Asked(kind, self._row(attrs, "a", Persona), self._row(attrs, "b", Persona), None)}

    def _day(self, attrs: dict[str, Any], side: str, usual: datetime.date | None) -> datetime.date:
        try:
            day = datetime.date.fromisoformat(attrs[side]) if side in attrs else usual
        except ValueError as wrong:
            raise serializers.ValidationError({side: [_("This is no day, as YYYY-MM-DD.")]}) from wrong
        if day is None:
            raise serializers.ValidationError({side: [_("This field is required.")]})
        return max(day, EARLIEST)

    def _row(self, attrs: dict[str, Any], side: str, model: type[Persona] | type[Journey]) -> int:
        text = attrs.get(side)
        if text is None:
            raise serializers.ValidationError({side: [_("This field is required.")]})
        rows: Any = model.objects
        if not text.isdigit() or not rows.of(self.context["workspace"]).filter(pk=int(text)).exists():
            raise serializers.ValidationError({side: [not_here()]})
        return int(text)


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
        journey = the_journey(self.workspace, journey_id)
        return as_stands(request, comparison_in_full(read_comparison(journey, self.asked["asked"])))


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
