"""How often touchpoints were used, pushed by programs and read by them."""

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.db.models import OuterRef
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from feedback.actions import Used, Wrong, record_usage, wrong_with
from feedback.actions.answer import quoted
from feedback.actions.troubles import Trouble
from feedback.api.answers import SubjectOf
from feedback.api.ingest import BODY_LIMIT, NothingStored, rows_in
from feedback.api.refusals import Pushing, of_fields, source_in
from feedback.api.rows import MOST_ROWS, faults, named, shape_of, whole
from feedback.models import UsageDay
from feedback.models.usage import MOST
from personas.models import Persona
from touchpoints.models import Touchpoint
from workspaces.api.fields import Day, ListQuery, Row, Strict, Text, Whole, asked, days, not_here, ordering
from workspaces.api.once import once
from workspaces.guard import takes
from workspaces.models import Workspace, WorkspaceQuerySet

HERE = {"touchpoint": (Touchpoint, "subject_id"), "persona": (Persona, "pk")}
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
NOT_HERE = {wrong.field: wrong for wrong in (Wrong.SUBJECT, Wrong.PERSONA)}


class UsageRow(Strict):
    """What a source counted of a touchpoint on one local day; it takes the place of what it told of that day before."""

    source = Text(max_length=80, help_text="who counts, such as a till or a web analysis")  # type: ignore[assignment]
    touchpoint = Whole(min_value=1, max_value=2**63 - 1)
    day = Day(help_text="local day, at most one ahead")
    contacts = Whole(
        min_value=0, max_value=MOST, required=False, default=0, help_text="customers, among whom complaints count"
    )
    visits = Whole(min_value=0, max_value=MOST, required=False, default=0, help_text="that are over")
    completed = Whole(
        min_value=0, max_value=MOST, required=False, default=0, help_text="of the visits, those that reached their end"
    )
    complaints = Whole(
        min_value=0, max_value=MOST, required=False, default=0, help_text="beside those pushed as single answers"
    )
    persona = Whole(min_value=1, max_value=2**63 - 1, required=False, allow_null=True)


USAGE = shape_of(UsageRow())


class UsageSerializer(Row):
    """How often a touchpoint was used on one local day, as a source counts it."""

    touchpoint = serializers.IntegerField(read_only=True, allow_null=True)

    class Meta:
        model = UsageDay
        fields = [
            "id", "source", "touchpoint", "persona", "day", "contacts", "visits", "completed", "complaints",
            "updated_at",
        ]  # fmt: skip
        read_only_fields = fields


class UsageQuery(ListQuery):
    """What may be asked of the counts."""

    source = serializers.CharField(max_length=80, required=False)  # type: ignore[assignment]
    touchpoint = SubjectOf(Touchpoint, source="subject", required=False, archived=True, strict=False)
    persona = asked(Persona)
    ordering = ordering("id", "updated_at")

    def get_fields(self) -> dict[str, Any]:
        """With the days."""
        return super().get_fields() | days("day")


class UsageCountsSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """How many rows met each fate."""

    stored = serializers.IntegerField(help_text="new, or other than what was told before")
    unchanged = serializers.IntegerField(help_text="told before")


class UsageOutcomeSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """What became of the rows."""

    counts = UsageCountsSerializer()


class Fault(NamedTuple):
    """What is wrong with the fields of a row; 404 where one names what is not in the workspace, else 400.

    `known`: of fields that can be read, what stands against them.
    """

    status: int
    errors: dict[str, list[str]]
    known: dict[str, Wrong]


@takes(BODY_LIMIT)
@extend_schema_view(list=extend_schema(summary="Usage"), retrieve=extend_schema(summary="The usage of one day"))
class UsageResource(Pushing):
    """How often touchpoints were used: contacts, complaints among them, and visits, and how many reached their end."""

    model = UsageDay
    serializer_class = UsageSerializer
    queries = {"list": UsageQuery}
    lookup_url_kwarg = "usage_id"
    examples = {
        "create": [
            {
                "source": "till",
                "touchpoint": 12,
                "day": "2026-11-20",
                "contacts": 412,
                "visits": 380,
                "completed": 301,
            },
            {"source": "till", "touchpoint": 12, "day": "2026-11-21", "contacts": 398, "complaints": 4, "persona": 5},
        ]
    }

    def rows(self) -> WorkspaceQuerySet:
        """With the ids of their touchpoints."""
        touchpoint: Any = Touchpoint.objects.filter(subject=OuterRef("subject")).values("pk")[:1]
        rows: WorkspaceQuerySet = super().rows().annotate(touchpoint=touchpoint)
        return rows

    @extend_schema(
        summary="Push usage",
        request=UsageRow(many=True, allow_empty=False, max_length=MOST_ROWS),  # type: ignore[call-arg]
        responses={200: UsageOutcomeSerializer},
    )
    @once
    def create(self, request: Request) -> Response:
        """Store up to 5,000 counts, all or, when one is refused, none.

        A count of a source, touchpoint, day and persona takes the place of the one before, so sending it again is
        harmless. A refusal is 422, or 404 when each faulty row names what is not in this workspace; `results` says
        what is wrong with each row, with 424 for those without fault.
        """
        rows = rows_in(request.data)
        read = read_usage(self.workspace, rows)
        found = [one for one in read if isinstance(one, Fault)]
        if found:
            self.pushed = {"results": [_tell(one) for one in read]}
            self.refused = list(_troubles(rows, read))
            sentence = _("Nothing was stored: %(count)d of %(all)d rows are refused.")
            status = 404 if {fault.status for fault in found} == {404} else 422
            raise NothingStored(sentence % {"count": len(found), "all": len(read)}, status)
        changed = record_usage(self.workspace, [one for one in read if isinstance(one, Used)])
        return Response({"counts": {"stored": changed, "unchanged": len(read) - changed}})


def read_usage(workspace: Workspace, rows: Sequence[Any]) -> list[Used | Fault]:
    """Each row as a count, or what is wrong with it, in the order in which they were given."""
    here = {field: named(workspace, rows, field, *what) for field, what in HERE.items()}
    read = [_read(row, here) for row in rows]
    counted = [one for one in read if isinstance(one, Used)]
    wrong = iter(wrong_with(workspace, counted))
    return [_judged(one, next(wrong)) if isinstance(one, Used) else one for one in read]


def _read(row: Any, here: dict[str, dict[int, int]]) -> Used | Fault:
    if type(row) is not dict:
        return Fault(400, {"": [_("This is not an object.")]}, {})
    errors = faults(row, USAGE)
    missing = {
        field: [str(not_here())]
        for field, ids in here.items()
        if field not in errors and row.get(field) is not None and row[field] not in ids
    }
    day = _day(row.get("day"))
    if "day" in row and day is None:
        errors["day"] = [_("“%(value)s” is not a date.") % {"value": quoted(str(row["day"]))}]
    if errors or missing:
        known = {field: wrong for field, wrong in NOT_HERE.items() if field in missing}
        return Fault(404 if missing else 400, errors | missing, known)
    values = whole(dict(row), USAGE)
    touchpoint = values.pop("touchpoint")
    return Used(subject=here["touchpoint"][touchpoint], **values | {"day": day})


def _day(written: object) -> datetime.date | None:
    if type(written) is not str or not DAY.fullmatch(written):
        return None
    try:
        return datetime.date.fromisoformat(written)
    except ValueError:
        return None


def _judged(one: Used, wrong: Sequence[Wrong]) -> Used | Fault:
    if not wrong:
        return one
    errors = {fault.field: [str(fault.label)] for fault in wrong}
    return Fault(404 if NOT_HERE.keys() & errors.keys() else 400, errors, {fault.field: fault for fault in wrong})


def _troubles(rows: Sequence[Any], read: Sequence[Used | Fault]) -> Iterator[Trouble]:
    for row, one in zip(rows, read, strict=True):
        if isinstance(one, Fault) and (source := source_in(row)):
            yield from of_fields(source, one.errors, one.known, USAGE)


def _tell(one: Used | Fault) -> dict[str, Any]:
    """What became of a row where others, or it, were refused."""
    if isinstance(one, Fault):
        return {"outcome": "refused", "status": one.status, "errors": one.errors}
    return {"outcome": "refused", "status": 424, "errors": {"": [_("Not stored, because other rows were refused.")]}}
