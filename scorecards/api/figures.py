"""What was answered over time, over REST: distributions and figures, flat, for tables and BI tools."""

import datetime
from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from journeys.api.unchanged import IF_NONE_MATCH, NOT_CHANGED, as_stands
from journeys.models import Journey
from personas.models import Persona
from scorecards.api.asking import OverTime
from scorecards.api.shapes import OnScaleShape
from scorecards.api.telling import on_scale
from scorecards.figures_over_time import ASKED, START, Answered, Place, Wanted, page_of
from scorecards.history import measured
from touchpoints.health.figures import FEWEST_SHOWN
from touchpoints.health.metrics import Metric, scale_of
from touchpoints.models import SubjectKind, Touchpoint
from workspaces.api.fields import Day, asked
from workspaces.api.pages import cursor_at, place_of, refused_cursor
from workspaces.api.resource import Door

DESCRIPTION = """
One row for each thing that is measured (touchpoint, journey, workspace), period, metric and scale: how many gave each
value, and the figures that pages show of them. Plain counts, never weighted; a removed or edited answer is gone from
the day it was counted on. By default one row for all days from `from` to `to`; with `every` one for each day, ISO week
or month, of which `first` to `last` are the days within.

`headline` is the NPS (-100 to 100) or the mean on the scale itself, `top` the share (0 to 1) of the best values, both
with their 95 % interval. With fewer than five answers nothing is told but `answers`: `counts`, `headline` and `top` are
null. What was not asked in a period has no row. Send `If-None-Match` with the `ETag` that you got: 304 while nothing
has changed.
"""


class AnsweredQuery(OverTime):
    """Which figures are wanted."""

    every = serializers.ChoiceField(choices=["all", "day", "week", "month"], default="all")
    metric = serializers.ChoiceField(choices=[str(metric) for metric in ASKED], required=False)
    touchpoint = asked(Touchpoint, help_text="this one only")
    journey = asked(Journey, help_text="the journey itself and the touchpoints that stand on it now")
    persona = asked(Persona, help_text="what this persona said only")


class AnsweredShape(OnScaleShape):
    """What was answered on one scale in these days."""

    first = Day()
    last = Day()
    subject = serializers.ChoiceField(choices=SubjectKind.choices)
    touchpoint = serializers.IntegerField(allow_null=True)
    journey = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    values = serializers.ListField(child=serializers.IntegerField(), help_text="of the scale, in the order of `counts`")
    counts = serializers.ListField(child=serializers.IntegerField(), allow_null=True)


class AnsweredPageShape(serializers.Serializer):  # type: ignore[type-arg]
    """A page of them."""

    next = serializers.URLField(allow_null=True, help_text="the next page; null on the last")
    results = AnsweredShape(many=True)


class AnsweredView(Door):
    """GET figures/."""

    queries: ClassVar = {"get": AnsweredQuery, "head": AnsweredQuery}

    @extend_schema(
        operation_id="figures_list",
        summary="What was answered over time",
        description=DESCRIPTION,
        parameters=[AnsweredQuery, IF_NONE_MATCH],
        responses={200: AnsweredPageShape, 304: NOT_CHANGED},
    )
    def get(self, request: Request) -> HttpResponse:
        """A page."""
        ask = self.asked
        wanted = Wanted(
            subjects=measured(self.workspace, touchpoint=ask.get("touchpoint"), journey=ask.get("journey")),
            period=ask["period"],
            every=ask["every"],
            metrics=[ask["metric"]] if "metric" in ask else ASKED,
            persona=ask.get("persona"),
        )
        rows, place = page_of(wanted, place_asked(ask.get("cursor")), ask["limit"])
        following = self.next_page(cursor_at(place) if place else None)
        return as_stands(request, {"next": following, "results": list(map(told, rows))})


def place_asked(cursor: str | None) -> Place:
    """Where a page begins. Raises ValidationError for a cursor that is none of ours."""
    if cursor is None:
        return START
    subject, day, metric, scale = place_of(cursor, len(Place._fields))
    try:
        place = Place(subject, datetime.date.fromisoformat(day), Metric(metric), scale_of(metric, scale).code)
    except (TypeError, ValueError, KeyError) as error:
        raise refused_cursor() from error
    if type(subject) is not int or not 0 <= subject < 2**63:
        raise refused_cursor()
    return place


def told(row: Answered) -> dict[str, Any]:
    """A row as plain values."""
    figures = row.figures
    return {
        "first": row.first,
        "last": row.last,
        "subject": row.measured.kind,
        "touchpoint": row.measured.touchpoint,
        "journey": row.measured.journey,
        "name": row.measured.name,
        **on_scale(figures),
        "values": list(figures.scale.values),
        "counts": list(figures.counts) if sum(figures.counts) >= FEWEST_SHOWN else None,
    }
