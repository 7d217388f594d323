"""Across journeys over REST: one persona through all of them, and all personas by category."""

from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from journeys.api.shapes import BANDS, EVIDENCE
from journeys.api.unchanged import IF_NONE_MATCH, NOT_CHANGED, as_stands
from journeys.models import Category, Standing
from personas.models import Persona
from scorecards.across import Grid, Life, Moment, Taken, grid_of, life_of
from workspaces.api.resource import Door

OF_ONE = """
The persona's journeys in the order of a customer's life: onboarding, maintenance, use, renewal. Of a category those
that show today are told; where there is none, the plans. A category without a journey is in `gaps`. `health` is that of
the map with this persona, and `own` true; where too few of her own answers are known for one, that of all customers.
`moments` are all touchpoints along the way, `weakest` the three that are felt so. Sub-journeys of hers are in `below`:
what they tell is on the line already, by what opens them.
"""
OF_ALL = """
All personas by category, each cell with the journeys drawn for her and the health that her own answers give them. A
cell without a journey is in `gaps`, by category.
"""
SOURCES = ["emotion", "satisfaction", "assumption", "unknown"]


class TakenHealthShape(serializers.Serializer):  # type: ignore[type-arg]
    """The health of a journey as her map shows it."""

    score = serializers.IntegerField(allow_null=True)
    band = serializers.ChoiceField(choices=BANDS, allow_null=True)
    state = serializers.ChoiceField(choices=EVIDENCE)
    partial = serializers.BooleanField()  # type: ignore[assignment]
    own = serializers.BooleanField(help_text="from her own answers; otherwise those of all customers")
    known = serializers.IntegerField(help_text="touchpoints that have a health")
    touchpoints = serializers.IntegerField()


class LivedJourneyShape(serializers.Serializer):  # type: ignore[type-arg]
    """A journey that a persona takes."""

    journey = serializers.IntegerField()
    name = serializers.CharField()
    category = serializers.ChoiceField(choices=Category.choices)
    standing = serializers.ChoiceField(choices=Standing.choices)
    health = TakenHealthShape()


class FeltMomentShape(serializers.Serializer):  # type: ignore[type-arg]
    """A touchpoint along the way, and what is felt there, -2 to +2."""

    journey = serializers.IntegerField()
    placement = serializers.IntegerField()
    touchpoint = serializers.IntegerField()
    name = serializers.CharField()
    perceived = serializers.FloatField(allow_null=True)
    source = serializers.ChoiceField(choices=SOURCES)  # type: ignore[assignment]
    expected = serializers.FloatField(allow_null=True)
    own = serializers.BooleanField(help_text="from five of her own answers or more")


class LifeShape(serializers.Serializer):  # type: ignore[type-arg]
    """One persona through all journeys."""

    persona = serializers.IntegerField()
    name = serializers.CharField()
    journeys = LivedJourneyShape(many=True)
    gaps = serializers.ListField(
        child=serializers.ChoiceField(choices=Category.choices), help_text="categories without one"
    )
    moments = FeltMomentShape(many=True)
    weakest = FeltMomentShape(many=True)
    below = LivedJourneyShape(many=True)


class CellShape(serializers.Serializer):  # type: ignore[type-arg]
    """What a persona has of a category."""

    category = serializers.ChoiceField(choices=Category.choices)
    journeys = LivedJourneyShape(many=True)


class GridRowShape(serializers.Serializer):  # type: ignore[type-arg]
    """A persona by category."""

    persona = serializers.IntegerField()
    name = serializers.CharField()
    cells = CellShape(many=True)


class GapShape(serializers.Serializer):  # type: ignore[type-arg]
    """The personas for whom no journey of a category is drawn."""

    category = serializers.ChoiceField(choices=Category.choices)
    personas = serializers.ListField(child=serializers.IntegerField())


class GridShape(serializers.Serializer):  # type: ignore[type-arg]
    """All personas by category."""

    results = GridRowShape(many=True)
    gaps = GapShape(many=True)


class PersonaJourneysView(Door):
    """GET personas/<id>/journeys/."""

    @extend_schema(
        operation_id="personas_journeys",
        summary="A persona through all journeys",
        description=OF_ONE,
        parameters=[IF_NONE_MATCH],
        responses={200: LifeShape, 304: NOT_CHANGED},
    )
    def get(self, request: Request, persona_id: int) -> HttpResponse:
        """Her line, as of today."""
        persona = Persona.objects.of(self.workspace).filter(pk=persona_id).first()
        if persona is None:
            raise Http404
        return as_stands(request, _life(life_of(self.workspace, persona)))


class PersonaGridView(Door):
    """GET personas/across/."""

    @extend_schema(
        operation_id="personas_across",
        summary="Personas across journeys",
        description=OF_ALL,
        parameters=[IF_NONE_MATCH],
        responses={200: GridShape, 304: NOT_CHANGED},
    )
    def get(self, request: Request) -> HttpResponse:
        """The grid, as of today."""
        return as_stands(request, _grid(grid_of(self.workspace)))


def _life(life: Life) -> dict[str, Any]:
    return {
        "persona": life.persona.pk,
        "name": life.persona.name,
        "journeys": [_taken(one) for stretch in life.stretches for one in stretch.taken],
        "gaps": [category.value for category in life.gaps],
        "moments": [_moment(one) for one in life.moments],
        "weakest": [_moment(one) for one in life.weakest],
        "below": [_taken(one) for one in life.below],
    }


def _grid(grid: Grid) -> dict[str, Any]:
    return {
        "results": [
            {
                "persona": persona.pk,
                "name": persona.name,
                "cells": [
                    {"category": cell.category.value, "journeys": [_taken(one) for one in cell.taken]} for cell in cells
                ],
            }
            for persona, cells in grid.rows
        ],
        "gaps": [
            {"category": category.value, "personas": [one.pk for one in personas]} for category, personas in grid.gaps
        ],
    }


def _taken(one: Taken) -> dict[str, Any]:
    return {
        "journey": one.journey.pk,
        "name": one.journey.name,
        "category": one.journey.category,
        "standing": one.journey.standing,
        "health": {
            "score": one.health.number,
            "band": one.health.band,
            "state": one.evidence,
            "partial": one.health.partial,
            "own": one.own,
            "known": one.known,
            "touchpoints": one.count,
        },
    }


def _moment(one: Moment) -> dict[str, Any]:
    return {
        "journey": one.journey.pk,
        "placement": one.at.placement,
        "touchpoint": one.at.touchpoint,
        "name": one.at.name,
        "perceived": one.at.perceived,
        "source": one.at.source or "unknown",
        "expected": one.at.expected,
        "own": one.own,
    }
