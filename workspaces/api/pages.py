"""Pages of a list by the last row that was told, exact also where thousands of rows share a moment.

DRF's own cursor counts its way through rows of equal position and gives up after a thousand; an import writes five
thousand answers in one moment.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError as NotReadable
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers


def page_of(
    rows: "QuerySet[Any]", order: Sequence[str], *, cursor: str | None, limit: int
) -> tuple[list[Any], str | None]:
    """At most `limit` rows behind the cursor, and the cursor of the next page, None on the last.

    `order` names fields that are never null, a minus before those that fall; together they are unique.
    """
    if cursor is not None:
        rows = rows.filter(_behind(rows, order, cursor))
    found = list(rows.order_by(*order)[: limit + 1])
    page = found[:limit]
    return page, cursor_at([getattr(page[-1], name.lstrip("-")) for name in order]) if len(found) > limit else None


def cursor_at(place: Sequence[Any]) -> str:
    """The place of a row, as the text that a program sends back."""
    return base64.urlsafe_b64encode(json.dumps(place, default=str).encode()).decode().rstrip("=")


def place_of(cursor: str, length: int) -> list[Any]:
    """The place that a cursor names: so many values. Raises ValidationError where it is none of ours."""
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        place = None
    if not isinstance(place, list) or len(place) != length:
        raise refused_cursor()
    return place


def refused_cursor() -> serializers.ValidationError:
    """For a cursor that names no place in this list."""
    return serializers.ValidationError({"cursor": [_("This is not a cursor of this list in this order.")]})


def _behind(rows: "QuerySet[Any]", order: Sequence[str], cursor: str) -> Q:
    behind, equal = Q(), Q()
    first: Q | None = None
    for name, told in zip(order, place_of(cursor, len(order)), strict=True):
        field = name.lstrip("-")
        look_up = "lt" if name.startswith("-") else "gt"
        value = _read(rows, field, told)
        behind |= equal & Q(**{f"{field}__{look_up}": value})
        equal &= Q(**{field: value})
        first = first or Q(**{f"{field}__{look_up}e": value})  # a bound that an index can begin at
    return behind & first if first else behind


def _read(rows: "QuerySet[Any]", field: str, told: Any) -> Any:
    kind: Any = rows.query.annotations.get(field)
    try:
        value = (kind.output_field if kind else rows.model._meta.get_field(field)).to_python(told)
    except (NotReadable, TypeError, ValueError, OverflowError) as error:
        raise refused_cursor() from error
    if value is None or "\0" in str(value):
        raise refused_cursor()
    return value
