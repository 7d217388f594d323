"""Scores over time over REST, flat, for tables and BI tools."""

import csv
import datetime
from collections.abc import Iterator
from typing import Any, ClassVar

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from journeys.api.unchanged import IF_NONE_MATCH, NOT_CHANGED, as_stands
from journeys.models import Journey
from personas.models import Persona
from scorecards.api.asking import OverTime
from scorecards.history import START, Place, ScoreRow, Wanted, all_of, measured, page_of
from touchpoints.borders import borders_of
from touchpoints.health.bands import Band, Evidence
from touchpoints.models import SubjectKind, Touchpoint
from workspaces.api.fields import Day, asked
from workspaces.api.pages import cursor_at, place_of, refused_cursor
from workspaces.api.resource import Door
from workspaces.cells import harmless

AT_ONCE = 2_000  # rows of a CSV that a statement reads
DESCRIPTION = """
One row for each thing that is measured (touchpoint, journey, workspace), period and persona: the last score known in
that day, ISO week or month, of days from `from` to `to`. `persona` is null in the totals over all customers. Rows come
by subject, period and persona, those of the total first.

Rows with `closed: true` say what was known when `day` ended, and are never restated: to go on where you stopped, ask
`from` the day of the last closed row. The running score of today (or of a day that is not closed yet) has
`closed: false` and may still change.

`score` is the whole number that every screen shows, null with a `state` where none is shown: below 5 answers nothing is
told as a number. `exact`, `sd` and the 95 % interval `low` to `high` stand beside it, unrounded. `evidence` (0 to 1) is
how much of the score own answers decide. `band` follows today's borders of the workspace. What nobody was ever heard
about has no row, and what is archived none unless `touchpoint` or `journey` names it.

With `restated=true` each row also says what its day is told to have been today (`restated`, unrounded
`restated_exact`): counted anew from all answers there are by now, by the rule and the usual means of today. This can be
asked of one `touchpoint` at a time, with `totals=true` or a `persona`.

At most 500 rows a page. As CSV (`Accept: text/csv`, or `format=csv`) all of them at once, without pages.
"""


class Csv(BaseRenderer):
    """Lets programs ask for text/csv; the view writes it itself, row by row."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"


class ScoresQuery(OverTime):
    """Which scores are wanted."""

    every = serializers.ChoiceField(choices=["day", "week", "month"], default="day")
    touchpoint = asked(Touchpoint, help_text="this one only")
    journey = asked(Journey, help_text="the journey itself and the touchpoints that stand on it now")
    persona = asked(Persona, help_text="the scores of this persona only")
    totals = serializers.BooleanField(default=False, help_text="only the totals over all customers")
    restated = serializers.BooleanField(
        default=False, help_text="each day counted anew beside; only with `touchpoint`, and `totals` or `persona`"
    )
    format = serializers.ChoiceField(choices=["json", "csv"], required=False, help_text="instead of `Accept`")

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        """Persona or totals; restated only of one series."""
        if values["totals"] and "persona" in values:
            raise serializers.ValidationError({"totals": [_("Choose a persona or totals, not both.")]})
        if values["restated"] and not ("touchpoint" in values and (values["totals"] or "persona" in values)):
            told = _("Scores are restated for one touchpoint at a time, with totals or a persona: name them, too.")
            raise serializers.ValidationError({"restated": [told]})
        return super().validate(values)


class ScoreShape(serializers.Serializer):  # type: ignore[type-arg]
    """A score at the end of a day."""

    day = Day(help_text="at the end of which it was known")
    period = Day(help_text="the first day of the week or month, or the day")
    subject = serializers.ChoiceField(choices=SubjectKind.choices)
    touchpoint = serializers.IntegerField(allow_null=True)
    journey = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    persona = serializers.IntegerField(allow_null=True)
    persona_name = serializers.CharField(allow_null=True)
    score = serializers.IntegerField(min_value=0, max_value=100, allow_null=True)
    exact = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    sd = serializers.FloatField(allow_null=True)
    band = serializers.ChoiceField(choices=[(band.value, band.value) for band in Band], allow_null=True)
    state = serializers.ChoiceField(choices=[(evidence.value, evidence.value) for evidence in Evidence])
    answers = serializers.IntegerField()
    evidence = serializers.FloatField()
    closed = serializers.BooleanField()
    restated = serializers.IntegerField(min_value=0, max_value=100, allow_null=True, help_text="null unless asked for")
    restated_exact = serializers.FloatField(allow_null=True)


class ScoresShape(serializers.Serializer):  # type: ignore[type-arg]
    """A page of scores."""

    next = serializers.URLField(allow_null=True, help_text="the next page; null on the last")
    results = ScoreShape(many=True)


class ScoresView(Door):
    """GET scores/."""

    queries: ClassVar = {"get": ScoresQuery, "head": ScoresQuery}
    renderer_classes = (JSONRenderer, Csv)

    @extend_schema(
        operation_id="scores_list",
        summary="Scores over time",
        description=DESCRIPTION,
        parameters=[ScoresQuery, IF_NONE_MATCH],
        responses={
            (200, "application/json"): ScoresShape,
            (200, "text/csv"): OpenApiTypes.STR,
            304: NOT_CHANGED,
        },
    )
    def get(self, request: Request) -> HttpResponseBase:
        """A page, or all as CSV."""
        wanted = self.wanted()
        if self.asked.get("format", request.accepted_renderer.format) == "csv":
            headers = {"Content-Disposition": 'attachment; filename="etappe-scores.csv"'}
            return StreamingHttpResponse(lines(wanted), content_type="text/csv; charset=utf-8", headers=headers)
        rows, place = page_of(wanted, place_asked(self.asked.get("cursor")), self.asked["limit"])
        following = self.next_page(cursor_at(place) if place else None)
        return as_stands(request, {"next": following, "results": [row._asdict() for row in rows]})

    def wanted(self) -> Wanted:
        """What the address asks for."""
        ask = self.asked
        return Wanted(
            subjects=measured(self.workspace, touchpoint=ask.get("touchpoint"), journey=ask.get("journey")),
            period=ask["period"],
            every=ask["every"],
            persona=ask.get("persona"),
            totals=ask["totals"],
            restated=ask["restated"],
            borders=borders_of(self.workspace),
        )


def place_asked(cursor: str | None) -> Place:
    """Where a page begins. Raises ValidationError for a cursor that is none of ours."""
    if cursor is None:
        return START
    subject, day, persona = place_of(cursor, len(Place._fields))
    try:
        place = Place(subject, datetime.date.fromisoformat(day), persona)
    except (TypeError, ValueError) as error:
        raise refused_cursor() from error
    if not all(type(number) is int and 0 <= number < 2**63 for number in (subject, persona)):
        raise refused_cursor()
    return place


class Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        """The text."""
        return text


def lines(wanted: Wanted) -> Iterator[str]:
    """The rows as CSV, many lines at once: a header, then a line a row. Null is empty, true and false are words."""
    writer = csv.writer(Echo())
    yield writer.writerow(ScoreRow._fields)
    for rows in all_of(wanted, AT_ONCE):
        yield "".join(writer.writerow(harmless([as_cell(value) for value in row])) for row in rows)


def as_cell(value: Any) -> Any:
    """A value as CSV has it."""
    return str(value).lower() if isinstance(value, bool) else value
