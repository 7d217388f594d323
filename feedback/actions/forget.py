"""Deleting archived attributes for good, with all that answers say of them."""

import datetime
from typing import Any

from django.db import connection

from feedback.actions import statements
from feedback.models import Submission
from workspaces.actions.keeping import RESTORABLE
from workspaces.models import Attribute
from workspaces.transactions import retried

AT_ONCE = 1000  # questionnaires that forget together


def forget_attributes(now: datetime.datetime) -> int:
    """Delete the attributes that were archived more than 30 days before `now`, and return how many those were.

    Each thousand questionnaires forget by themselves; whoever begins again goes on. One restored meanwhile stays.
    """
    gone = 0
    for attribute in Attribute.objects.filter(archived_at__lt=now - RESTORABLE):
        reached: int | None = 0
        while reached is not None:
            reached = _forget_some(attribute, reached)
        still_archived = Attribute.objects.filter(pk=attribute.pk, archived_at__lt=now - RESTORABLE)
        gone += still_archived.delete()[0]
    return gone


@retried
def _forget_some(attribute: Attribute, after: int) -> int | None:
    """Let the next questionnaires behind this one forget it, and return the last of them; None when none is left."""
    telling = Submission.objects.of(attribute.workspace).filter(pk__gt=after, attributes__has_key=attribute.key)
    ids = list(telling.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    if not ids:
        return None
    rows = Submission.objects.filter(pk__in=ids).order_by("source", "external_id").select_for_update(no_key=True)
    told: dict[str, Any] = {"id": list(rows.values_list("pk", flat=True)), "attribute": attribute.key}
    with connection.cursor() as cursor:
        cursor.execute(statements.FORGET_ATTRIBUTE, told)
        cursor.execute(statements.TOUCH_RESPONSES, told)
    return int(ids[-1])
