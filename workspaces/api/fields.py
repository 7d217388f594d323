"""What programs send and are told, strictly: a text is no number, and what is not known is refused by its name."""

import datetime
import re
from collections.abc import Mapping
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from workspaces.models import Membership, Team, WorkspaceQuerySet

LONGEST_LIST = 100
VERSION = "rises with each edit; an edit names the one that it was made from"
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
# More is blank to Python than to JSON Schema's \S
NOT_BLANK = RegexValidator(r"[^\s\x1c-\x1f\x85]", gettext_lazy("This must not be blank."))


class Strict(serializers.Serializer):  # type: ignore[type-arg]
    """Refuses unknown fields by name, beside all else that is wrong. Known read-only ones have no effect."""

    def to_internal_value(self, data: Any) -> Any:
        """The validated values."""
        known = set(self.fields)
        unknown = sorted(set(data) - known) if isinstance(data, Mapping) else []
        errors: dict[str, Any] = {name: [_("There is no such field.")] for name in unknown}
        try:
            values = super().to_internal_value(data)
        except serializers.ValidationError as error:
            errors |= dict(error.detail)  # type: ignore[arg-type]
        if errors:
            raise serializers.ValidationError(errors)
        return values


class Text(serializers.CharField):
    """A JSON text. DRF's own field takes numbers, too."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        if not (self.allow_blank or self.read_only):
            self.validators.append(NOT_BLANK)  # so that the description says it, too

    def to_internal_value(self, data: Any) -> str:
        """The text, without blanks around it."""
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class Whole(serializers.IntegerField):
    """A JSON number without decimals."""

    def to_internal_value(self, data: Any) -> int:
        """The number; 7.0 is 7, as JSON does not tell them apart."""
        if isinstance(data, bool) or not isinstance(data, int | float) or data != int(data):
            self.fail("invalid")
        return int(data)


class Number(serializers.DecimalField):
    """A JSON number with decimals."""

    def to_internal_value(self, data: Any) -> Any:
        """The number."""
        if isinstance(data, bool) or not isinstance(data, int | float):
            self.fail("invalid")
        return super().to_internal_value(data)


class Flag(serializers.BooleanField):
    """true or false."""

    def to_internal_value(self, data: Any) -> bool:
        """Neither "yes" nor 1 will do."""
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Word(serializers.ChoiceField):
    """One of a few words."""

    def to_internal_value(self, data: Any) -> Any:
        """The word."""
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


# With the years that days may have, so that the description says it, too
@extend_schema_field({"type": "string", "format": "date", "pattern": r"^(19[7-9]\d|2[01]\d\d)-\d\d-\d\d$"})
class Day(serializers.DateField):
    """A day, as YYYY-MM-DD."""


class Moment(serializers.DateTimeField):
    """A moment with its offset from UTC: `2026-03-01T12:00:00+01:00`, `…Z`."""

    def to_internal_value(self, value: Any) -> datetime.datetime:
        """The moment. One without an offset could be any of a day's."""
        if not isinstance(value, str) or not MOMENT.fullmatch(value):
            self.fail("invalid", format="YYYY-MM-DDThh:mm:ss+hh:mm")
        return super().to_internal_value(value)


class Here(serializers.PrimaryKeyRelatedField):  # type: ignore[type-arg]
    """A row of the token's workspace by its id. An archived one is refused where it is not chosen already.

    `archived`: also an archived one; `strict`: the id is a JSON number, not a text of an address.
    """

    default_error_messages = {"does_not_exist": gettext_lazy("There is no such row in this workspace.")}

    def __init__(
        self, model: type[models.Model] | None = None, *, archived: bool = False, strict: bool = True, **options: Any
    ) -> None:
        self.archived = archived
        if model is not None:
            options["queryset"] = model.objects  # type: ignore[attr-defined]
        if strict:
            options["pk_field"] = Whole(min_value=1, max_value=2**63 - 1)
        super().__init__(**options)

    def get_queryset(self) -> WorkspaceQuerySet:
        """The rows of this workspace."""
        rows: Any = super().get_queryset()
        return rows.of(self.context["workspace"])  # type: ignore[no-any-return]

    def to_internal_value(self, data: Any) -> Any:
        """The row."""
        row = super().to_internal_value(data)
        if not self.archived:
            _refuse_archived(row, [getattr(self.parent.instance, str(self.source), None)])
        return row


class HereAll(serializers.ListField):
    """Rows of the token's workspace by their ids, read at once."""

    def __init__(self, model: type[models.Model], **options: Any) -> None:
        self.model = model
        super().__init__(child=Whole(min_value=1, max_value=2**63 - 1), max_length=LONGEST_LIST, **options)

    def to_internal_value(self, data: Any) -> Any:
        """The rows, in the order in which they were named."""
        ids = super().to_internal_value(data)
        rows: Any = self.model.objects.of(self.context["workspace"]).in_bulk(ids)  # type: ignore[attr-defined]
        if missing := {str(place): [not_here()] for place, pk in enumerate(ids) if pk not in rows}:
            raise serializers.ValidationError(missing)
        instance = self.parent.instance
        chosen = list(getattr(instance, str(self.source)).all()) if instance else []
        for row in rows.values():
            _refuse_archived(row, chosen)
        return [rows[pk] for pk in dict.fromkeys(ids)]

    def to_representation(self, data: Any) -> list[int]:
        """Their ids."""
        return sorted(row.pk for row in data.all())


def not_here() -> ErrorDetail:
    """What is wrong with an id of no row of the workspace: the answer is 404."""
    return ErrorDetail(str(Here.default_error_messages["does_not_exist"]), code="does_not_exist")


def _refuse_archived(row: Any, chosen: list[Any]) -> None:
    if getattr(row, "archived_at", None) and row not in chosen:
        raise serializers.ValidationError(_("“%(name)s” is archived. Restore it first.") % {"name": row})


class OwnerSerializer(Strict):
    """Who answers for a thing: a team or a member of the workspace."""

    team = Here(Team, required=False)
    member = Here(Membership, required=False)
    name = serializers.CharField(read_only=True)

    def to_internal_value(self, data: Any) -> Any:
        """The team or member itself."""
        named = super().to_internal_value(data)
        if len(named) != 1:
            raise serializers.ValidationError(_("Name a team or a member."))
        return next(iter(named.values()))

    def to_representation(self, instance: Team | Membership) -> dict[str, Any]:
        """Its id and name."""
        return {"team" if isinstance(instance, Team) else "member": instance.pk, "name": str(instance)}


class Row(Strict, serializers.ModelSerializer):  # type: ignore[type-arg]
    """A row of a model whose fields are read strictly. Rows it points at are named by their ids, in this workspace."""

    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.CharField: Text,
        models.BooleanField: Flag,
        models.DecimalField: Number,
        models.DateField: Day,
        models.PositiveIntegerField: Whole,
        models.PositiveSmallIntegerField: Whole,
        models.PositiveBigIntegerField: Whole,
    }
    serializer_related_field = Here
    serializer_choice_field = Word

    def get_validators(self) -> list[Any]:
        """None over several fields: what the database refuses, it says itself."""
        return []


class KeptRow(Row):
    """A row that people edit. Its version is sent along with an edit, and never set."""

    version = Whole(min_value=1, max_value=2**31 - 1, required=False, help_text=VERSION)


class Query(Strict):
    """What may be asked in an address. Each name that is not here is refused."""

    def to_internal_value(self, data: Any) -> Any:
        """The validated values. A name that is given twice could mean either."""
        if twice := [name for name, values in data.lists() if len(values) > 1]:
            raise serializers.ValidationError({name: [_("This is given more than once.")] for name in twice})
        return super().to_internal_value(data.dict())


class ListQuery(Query):
    """What may be asked of a list: fields' `source` names the look-up, for example `name__icontains`."""

    limit = serializers.IntegerField(min_value=1, max_value=500, default=100, help_text="rows on a page")
    cursor = serializers.CharField(required=False, help_text="the place to go on at; part of `next`")
    updated_since = Moment(
        required=False,
        help_text="only what was changed since, in that order; `archived` holds the ids of what was archived",
    )


def asked(model: type[models.Model], **options: Any) -> Here:
    """A query's parameter that names a row of the workspace, archived or not."""
    return Here(model, required=False, archived=True, strict=False, **options)


def part_of(field: str) -> serializers.CharField:
    """A query's parameter that finds a part of a text, in capitals or not."""
    return serializers.CharField(
        source=f"{field}__icontains", max_length=200, required=False, allow_blank=True, help_text=f"part of the {field}"
    )


def days(field: str) -> dict[str, Any]:
    """The parameters `from` and `to` of a query, which are Python's own words: the first and the last day."""
    return {
        "from": serializers.DateField(source=f"{field}__gte", required=False, help_text="the first day"),
        "to": serializers.DateField(source=f"{field}__lte", required=False, help_text="the last day"),
    }


def ordering(*names: str) -> serializers.ChoiceField:
    """A query's parameter for the order: these names, each also backwards with a minus."""
    choices = [word for name in names for word in (name, f"-{name}")]
    return serializers.ChoiceField(choices=choices, required=False, help_text="by default in the order of ids")
