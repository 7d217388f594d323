"""The table of the scorecards over REST: the same lines in the same order, by the words of its address."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Model
from django.http import HttpResponse, QueryDict
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from journeys.api.unchanged import IF_NONE_MATCH, NOT_CHANGED, as_stands
from journeys.models import Journey
from personas.models import Persona
from scorecards.api.asking import OverTime
from scorecards.api.lines import LineShape, line_of
from scorecards.asked import table_of
from scorecards.columns import COLUMNS, ORDERS, USUAL
from scorecards.finding import Kind, sentences_of_table
from scorecards.ordering import NARROWING, UNKNOWN, ChosenField
from scorecards.periods import LENGTHS
from scorecards.table import TouchpointRow
from scorecards.year import Months, months_of
from touchpoints.health.bands import Band
from touchpoints.models import Channel, PhaseKind
from workspaces import clock
from workspaces.api.fields import Day, Here, asked, not_here
from workspaces.api.pages import cursor_at, place_of, refused_cursor
from workspaces.api.resource import Door
from workspaces.models import Membership, Team

OWNERS: dict[str, Any] = {"team": Team, "member": Membership}
OTHER_WORDS = ("journey", "persona", "sort", "columns")  # of the table's address, beside its days and what narrows it
DESCRIPTION = """
The table of the scorecards: every touchpoint, or those of a `journey`, with its health as of today, what customers said
from `first` to `last`, and the change against as many days before. All words are those of the page's address, so that
what stands behind its `?` can be asked here, and every figure is the page's own, unrounded. The order is the page's,
too: by default the highest priority first. It may move while you page: what must not is taken with `limit=500`.

`health` is as in a map, `change` as in `scores/changes/` (judged among all touchpoints), `nps`, `csat` and `ces` as in
`figures/`, each on the scale that the page shows and null where nobody was asked. `months` are the last twelve, those
without a health left out. With `columns` only these are told; on what a health rests (`evidence`) is part of `health`.
Below 5 answers nothing is told as a number.

`finding` is what stands above the table, in the language of `Accept-Language`; it speaks of all of the journey's or
workspace's touchpoints, as does the page. Send `If-None-Match` with the `ETag` that you got: 304 while nothing has
changed.
"""


@extend_schema_field({"type": "string", "pattern": rf"^({'|'.join(COLUMNS)})(,({'|'.join(COLUMNS)}))*$"})
class Columns(serializers.CharField):
    """Names of columns behind commas."""

    def to_internal_value(self, data: Any) -> str:
        """Those that the table has, in its order."""
        return ",".join(ChosenField(required=False).clean([super().to_internal_value(data)]))


class TableQuery(OverTime):
    """What the table may be asked for."""

    days = serializers.ChoiceField(choices=LENGTHS, required=False, help_text="so many up to `to`, instead of `from`")
    journey = Here(Journey, required=False, strict=False, help_text="the touchpoints on it, as they stand there")
    persona = Here(Persona, required=False, strict=False, help_text="health, change and figures of this persona")
    phase = serializers.ChoiceField(choices=PhaseKind.choices, required=False)
    channel = asked(Channel)
    owner = serializers.RegexField(
        r"^(team|member)-[1-9][0-9]{0,17}$", required=False, help_text="`team-3` or `member-7`, by their ids"
    )
    band = serializers.ChoiceField(choices=[*(band.value for band in Band), UNKNOWN], required=False)
    missed = serializers.BooleanField(default=False, help_text="only below target")
    real = serializers.BooleanField(default=False, help_text="only real changes")
    idle = serializers.BooleanField(default=False, help_text="only those without a measure")
    sort = serializers.ChoiceField(choices=[f"{sign}{name}" for name in ORDERS for sign in ("", "-")], default=USUAL)
    columns = Columns(required=False, help_text="names behind commas; by default all")

    def validate_owner(self, key: str) -> str:
        """An owner who is here."""
        kind, pk = key.split("-")
        if not OWNERS[kind].objects.of(self.context["workspace"]).filter(pk=pk).exists():
            raise serializers.ValidationError([not_here()])
        return key


class LinesShape(serializers.Serializer):  # type: ignore[type-arg]
    """A page of the scorecards, and what all of them come to."""

    before = Day(help_text="the first day of the period before, which ends on the day before `first`")
    first = Day()
    last = Day()
    finding = serializers.CharField(allow_null=True, help_text="the sentences above the table, in your language")
    kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=[kind.value for kind in Kind]),
        help_text="what each of them says",
    )
    count = serializers.IntegerField(help_text="touchpoints on all pages")
    next = serializers.URLField(allow_null=True, help_text="the next page; null on the last")
    results = LineShape(many=True)


class TableView(Door):
    """GET scorecards/."""

    queries: ClassVar = {"get": TableQuery, "head": TableQuery}

    @extend_schema(
        operation_id="scorecards_list",
        summary="The scorecards",
        description=DESCRIPTION,
        parameters=[TableQuery, IF_NONE_MATCH],
        responses={200: LinesShape, 304: NOT_CHANGED},
    )
    def get(self, request: Request) -> HttpResponse:
        """A page of the lines that were asked for."""
        table = table_of(self.workspace, address_of(self.asked))
        lines = [] if table.gone else table.lines()  # no line has a channel or owner that no touchpoint has
        begins = place_in(lines, self.asked.get("cursor"))
        ends = begins + self.asked["limit"]
        page, columns = lines[begins:ends], table.narrowing.chosen
        months: Months = {}
        if "months" in columns:
            months = months_of(self.workspace, page, clock.today(self.workspace.zone), persona=table.persona)
        following = cursor_at([page[-1].touchpoint.pk, ends]) if ends < len(lines) else None
        sentences = sentences_of_table(self.workspace, table.scope, persona=table.persona)
        told = {
            "before": table.period.before,
            "first": table.period.first,
            "last": table.period.last,
            "finding": " ".join(one.text for one in sentences) or None,
            "kinds": [one.kind for one in sentences],
            "count": len(lines),
            "next": self.next_page(following),
            "results": [line_of(row, columns, months) for row in table.said(page).about(page)],
        }
        return as_stands(request, told)


def address_of(asked: dict[str, Any]) -> QueryDict:
    """How the page's address asks the same."""
    period, query = asked["period"], QueryDict(mutable=True)
    query.update({"from": period.first.isoformat(), "to": period.last.isoformat()})
    for name in (*NARROWING, *OTHER_WORDS):
        if value := asked.get(name):
            query[name] = str(value.pk if isinstance(value, Model) else value)
    return query


def place_in(lines: Sequence[TouchpointRow], cursor: str | None) -> int:
    """Where a page begins: behind the last line of the one before; if that is gone, where the line behind it went."""
    if cursor is None:
        return 0
    seen, place = place_of(cursor, 2)
    if type(seen) is not int or type(place) is not int or place < 1:
        raise refused_cursor()
    return next((at for at, row in enumerate(lines, 1) if row.touchpoint.pk == seen), place - 1)
