"""Rows that programs send, read as answers: fast, for thousands come at once, and strictly, each fault by its field."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeGuard

from django.db import models
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from feedback.actions import Answer, Reason, Refused
from feedback.actions.answer import quoted
from feedback.models import LONGEST_REFERENCE
from personas.models import Persona
from touchpoints.actions import subject_of
from touchpoints.health.metrics import ANSWERED
from touchpoints.models import Channel, Device, Metric
from workspaces.api.fields import Strict, Text, Whole, Word
from workspaces.models import LONGEST_ATTRIBUTE, Workspace

MOST_ROWS = 5_000
HERE = {"persona": Persona, "channel": Channel}
NOT_HERE = {"persona": Reason.PERSONA, "channel": Reason.CHANNEL}
About = Mapping[str, type[models.Model]]  # what answers may be about, by the field that names it


@extend_schema_field({"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]})
class When(serializers.Field):  # type: ignore[type-arg]
    """A local date, or a moment with its offset from UTC."""


class AnswerRow(Strict):
    """One answer to be stored: about a touchpoint, a journey, or, without either, the relationship as a whole.

    When, who, channel, device, segment, respondent and attributes are true of the whole questionnaire.
    """

    # This describes a row and says which fields there are; `Rows` reads it, for a serializer is too slow for thousands.

    source = Text(max_length=80, help_text="where it comes from, such as a survey's name")  # type: ignore[assignment]
    external_id = Text(max_length=120, help_text="the source's own name of the questionnaire")
    touchpoint = Whole(min_value=1, max_value=2**63 - 1, required=False, allow_null=True)
    journey = Whole(min_value=1, max_value=2**63 - 1, required=False, allow_null=True)
    metric = Word(choices=Metric.choices)
    scale = Word(
        choices=sorted({scale.code for scale in ANSWERED}),
        required=False,
        help_text="by default the metric's usual one",
    )
    value = Whole(min_value=-2, max_value=10, help_text="on the scale; of a complaint its severity, 1 to 3")
    occurred_at = When(help_text="when it was experienced")
    question = Text(
        max_length=120,
        required=False,
        allow_blank=True,
        help_text="names the answer in its questionnaire for ever; by default what it is about, and the metric",
    )
    version = Whole(
        min_value=1, max_value=2**31 - 1, required=False, default=1, help_text="a higher one replaces what was stored"
    )
    text = Text(max_length=10_000, required=False, allow_blank=True, help_text="the customer's comment")
    persona = Whole(min_value=1, max_value=2**63 - 1, required=False, allow_null=True)
    channel = Whole(min_value=1, max_value=2**63 - 1, required=False, allow_null=True)
    device = Word(choices=Device.choices, required=False, allow_blank=True)
    segment = Text(max_length=200, required=False, allow_blank=True)
    respondent = Text(
        max_length=LONGEST_REFERENCE,
        required=False,
        allow_blank=True,
        help_text="your own name for who answered, such as a customer number",
    )
    attributes = serializers.DictField(
        child=Text(max_length=LONGEST_ATTRIBUTE, allow_blank=True),
        required=False,
        help_text="what it says of the workspace's attributes, by their keys",
    )


class Shape(NamedTuple):
    """What rows of a kind look like: the names of their fields, of all and of those of a sort."""

    known: frozenset[str]
    required: frozenset[str]
    texts: frozenset[str]
    needed_texts: frozenset[str]
    numbers: frozenset[str]
    nullable: frozenset[str]


def shape_of(row: Strict, *, besides: Collection[str] = ()) -> Shape:
    """The shape that a serializer describes. `besides`: numbers that are looked at elsewhere."""
    fields = row.fields
    required = frozenset(name for name, field in fields.items() if field.required)
    texts = frozenset(name for name, field in fields.items() if isinstance(field, Text | Word))
    numbers = frozenset(name for name, field in fields.items() if isinstance(field, Whole)) - set(besides)
    nullable = frozenset(name for name, field in fields.items() if field.allow_null)
    return Shape(frozenset(fields), required, texts, texts & required, numbers, nullable)


FIELDS = AnswerRow().fields
ANSWER = shape_of(AnswerRow(), besides=["value"])


class Misread(Refused):
    """A row that is no answer: what is wrong with each field, and 404 where one names what is not here, else 400.

    `not_here`: the fields that do, each with the reason for it.
    """

    def __init__(self, errors: dict[str, list[str]], status: int, not_here: Mapping[str, Reason] | None = None) -> None:
        super().__init__(Reason.UNREADABLE, field=next(iter(errors)))
        self.errors, self.status, self.not_here = errors, status, not_here or {}


class Rows:
    """Rows for one workspace, of which they know what they name: a statement for each kind of thing."""

    def __init__(self, workspace: Workspace, rows: Sequence[Any], about: About) -> None:
        self.workspace, self.rows = workspace, rows
        self.about = {name: self._named(name, model, "subject_id") for name, model in about.items()}

    def read(self) -> list[Answer | Refused]:
        """Each row as an answer, or why it is none, in the order in which they were given."""
        return [self._read(row) for row in self.rows]

    def _read(self, row: Any) -> Answer | Misread:
        if type(row) is not dict:
            return Misread({"": [_("This is not an object.")]}, 400)
        errors = faults(row)
        values = {name: value for name, value in row.items() if name not in self.about}
        if "occurred_at" not in errors and (moment := moment_of(row["occurred_at"])) is not None:
            values["occurred_at"] = moment
        elif "occurred_at" in row:
            written = {"value": quoted(str(row["occurred_at"]))}
            errors["occurred_at"] = [_("“%(value)s” is neither a date nor a moment.") % written]
        named = [name for name in self.about if row.get(name) is not None and name not in errors]
        if len(named) > 1:
            errors[named[1]] = [_("An answer is about one thing: leave the others out.")]
        if errors or any(row[name] not in self.about[name] for name in named):
            not_here = self._not_here(row, errors)
            missing = {name: [str(reason.label)] for name, reason in not_here.items()}
            return Misread(errors | missing, 404 if missing else 400, not_here)
        subject = self.about[named[0]][row[named[0]]] if named else self.relationship
        return Answer(subject=subject, **whole(values))

    @cached_property
    def relationship(self) -> int:
        """The workspace's own subject."""
        return int(subject_of(self.workspace).pk)

    @cached_property
    def here(self) -> dict[str, dict[int, int]]:
        """What is here of all that the rows name."""
        return self.about | {name: self._named(name, model, "pk") for name, model in HERE.items()}

    def _not_here(self, row: dict[str, Any], errors: Mapping[str, object]) -> dict[str, Reason]:
        """What a faulty row names that is not here. Those of a good row are looked up again when it is stored."""
        named = [name for name in self.here if row.get(name) is not None and name not in errors]
        return {name: NOT_HERE.get(name, Reason.SUBJECT) for name in named if row[name] not in self.here[name]}

    def _named(self, field: str, model: type[models.Model], column: str) -> dict[int, int]:
        return named(self.workspace, self.rows, field, model, column)


def named(
    workspace: Workspace, rows: Sequence[Any], field: str, model: type[models.Model], column: str
) -> dict[int, int]:
    """That column of the workspace's rows that this field of the given ones names, by their ids."""
    given = [row.get(field) for row in rows if type(row) is dict]
    ids = {number for number in given if is_whole(number) and 0 < number < 2**63}
    if not ids:
        return {}
    found = model.objects.of(workspace).filter(pk__in=ids).order_by()  # type: ignore[attr-defined]
    return dict(found.values_list("pk", column))


def faults(row: Mapping[str, Any], shape: Shape = ANSWER) -> dict[str, list[str]]:
    """What is wrong with a row's fields, as far as that can be seen without the workspace."""
    given = row.keys()
    errors = {name: [_("There is no such field.")] for name in given - shape.known}
    for name in shape.required - given:
        errors[name] = [_("This field is required.")]
    for name in shape.texts & given:
        if type(row[name]) is not str:
            errors[name] = [_("This is not a text.")]
        elif name in shape.needed_texts and not row[name].strip():
            errors[name] = [_("This must not be blank.")]
    for name in shape.numbers & given:
        if not is_whole(row[name]) and (row[name] is not None or name not in shape.nullable):
            errors[name] = [_("This is not a whole number.")]
    if type(row.get("attributes", {})) is not dict:
        errors["attributes"] = [_("This is not an object.")]
    if type(row.get("value")) is str:
        errors["value"] = [str(Reason.NOT_A_NUMBER.label) % {"value": quoted(row["value"])}]
    return errors


def is_whole(value: object) -> TypeGuard[int]:
    """Whether it is a whole number: 7.0 is one, as JSON does not tell them apart; true is none."""
    return type(value) is int or (type(value) is float and value.is_integer())


def moment_of(written: object) -> datetime.date | None:
    """An ISO date or date and time, or None for what is neither."""
    if type(written) is not str:
        return None
    try:
        if len(written) <= len("2026-03-01"):
            return datetime.date.fromisoformat(written)
        return datetime.datetime.fromisoformat(written)
    except ValueError:
        return None


def whole(values: dict[str, Any], shape: Shape = ANSWER) -> dict[str, Any]:
    """With ids and versions as Python's own whole numbers."""
    for name in shape.numbers & values.keys():
        if values[name] is not None:
            values[name] = int(values[name])
    return values
