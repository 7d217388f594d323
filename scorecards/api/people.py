"""What is known of a persona by its answers, over REST."""

from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from feedback.models import InsightKind
from journeys.api.shapes import BANDS
from journeys.api.unchanged import IF_NONE_MATCH, NOT_CHANGED, as_stands
from personas.models import Persona
from scorecards.api.asking import Between
from scorecards.api.shapes import FigureShape, number
from scorecards.people import About, PersonaFigures, Worse, figures_of
from workspaces.api.fields import Day
from workspaces.api.resource import Door

DESCRIPTION = """
What a persona's answers from `first` to `last` say, whether they name it themselves or a rule gave it to them. With
fewer than five `respondents` nothing is told but how many questionnaires there are, and `reason` says so. `answers` are
those that count as its own: about what five of its people answered.

`health` is that of the roll-ups as it stands: over the journeys that the persona takes, by its own answers. `nps` with
`promoters` (their share, 0 to 1) is from the question about the workspace, or where fewer than five were asked that,
those about journeys, or about touchpoints: `nps_about` says which. `themes` are counted in the newest 500 comments.

`worse` names the touchpoints that serve it worse than all other personas together, beyond chance: points of health, of
the windows of which health is made, from 30 answers on either side (Benjamini and Hochberg at 5 % over all touchpoints
and personas).
"""


class PersonaThemeShape(serializers.Serializer):  # type: ignore[type-arg]
    """A theme of a touchpoint that three and more of the persona's questionnaires name."""

    theme = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=InsightKind.choices)
    label = serializers.CharField()  # type: ignore[assignment]
    touchpoint = serializers.IntegerField()
    touchpoint_name = serializers.CharField()
    named_by = serializers.IntegerField()


class WorseShape(serializers.Serializer):  # type: ignore[type-arg]
    """A touchpoint that serves the persona worse, with the 95 % interval of the difference."""

    touchpoint = serializers.IntegerField()
    name = serializers.CharField()
    delta = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()
    p = serializers.FloatField()
    answers = serializers.IntegerField()
    others = serializers.IntegerField(help_text="answers of the other personas")


class RolledShape(serializers.Serializer):  # type: ignore[type-arg]
    """Health over several touchpoints, of which `known` have one; `partial`: less than half of the weight is known."""

    score = serializers.IntegerField(min_value=0, max_value=100, allow_null=True)
    band = serializers.ChoiceField(choices=BANDS, allow_null=True)
    coverage = serializers.FloatField()
    partial = serializers.BooleanField()  # type: ignore[assignment]
    touchpoints = serializers.IntegerField()
    known = serializers.IntegerField()


class PersonaFiguresShape(serializers.Serializer):  # type: ignore[type-arg]
    """A persona by its answers."""

    persona = serializers.IntegerField()
    name = serializers.CharField()
    first = Day()
    last = Day()
    respondents = serializers.IntegerField()
    questionnaires = serializers.IntegerField()
    answers = serializers.IntegerField()
    reason = serializers.ChoiceField(choices=[("too few respondents", "too few respondents")], allow_null=True)
    health = RolledShape(allow_null=True)
    nps = FigureShape(allow_null=True)
    promoters = number()
    nps_about = serializers.ChoiceField(choices=[(about.value, about.value) for about in About], allow_null=True)
    themes = PersonaThemeShape(many=True)
    worse = WorseShape(many=True)


class PersonaFiguresView(Door):
    """GET personas/<id>/figures/."""

    queries: ClassVar = {"get": Between, "head": Between}

    @extend_schema(
        operation_id="personas_figures",
        summary="A persona by its answers",
        description=DESCRIPTION,
        parameters=[Between, IF_NONE_MATCH],
        responses={200: PersonaFiguresShape, 304: NOT_CHANGED},
    )
    def get(self, request: Request, persona_id: int) -> HttpResponse:
        """All of it at once; what has not changed costs a 304."""
        persona = Persona.objects.of(self.workspace).filter(pk=persona_id).first()
        if persona is None:
            raise Http404
        figures = figures_of(self.workspace, [persona], self.asked["period"])[persona.pk]
        return as_stands(request, told(figures))


def told(figures: PersonaFigures) -> dict[str, Any]:
    """The figures as JSON says them."""
    health, nps = figures.health, figures.nps
    return {
        "persona": figures.persona.pk,
        "name": figures.persona.name,
        "first": figures.period.first,
        "last": figures.period.last,
        "respondents": figures.respondents,
        "questionnaires": figures.questionnaires,
        "answers": figures.answers,
        "reason": None if figures.shown else "too few respondents",
        "health": health
        and {
            "score": health.number,
            "band": health.band,
            "coverage": health.coverage,
            "partial": health.partial,
            "touchpoints": figures.touchpoints,
            "known": figures.known,
        },
        "nps": nps and {"value": nps.value, "low": nps.low, "high": nps.high},
        "promoters": figures.promoters,
        "nps_about": figures.about,
        "themes": [theme._asdict() for theme in figures.themes],
        "worse": [_worse(one) for one in figures.worse],
    }


def _worse(one: Worse) -> dict[str, Any]:
    change = one.change
    return {
        "touchpoint": one.touchpoint,
        "name": one.name,
        "delta": change.delta,
        "low": change.low,
        "high": change.high,
        "p": change.p,
        "answers": change.after,
        "others": change.before,
    }
