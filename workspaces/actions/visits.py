"""When members come to look."""

import datetime
from collections.abc import Collection
from typing import Any, NamedTuple

from django.db import connection

from workspaces import clock
from workspaces.models import Membership

QUIET = datetime.timedelta(minutes=30)  # after which looking again is another visit

VISIT = """
INSERT INTO workspaces_visit AS visit (workspace_id, member_id, seen_at, told, told_before)
VALUES (%(workspace)s, %(member)s, %(now)s, %(told)s, '{}')
ON CONFLICT (member_id) DO UPDATE
SET before = CASE WHEN visit.seen_at < %(quiet)s THEN visit.seen_at ELSE visit.before END,
    told_before = CASE WHEN visit.seen_at < %(quiet)s THEN visit.told ELSE visit.told_before END,
    told = excluded.told,
    seen_at = greatest(visit.seen_at, %(now)s)
RETURNING before, told_before
"""


class Before(NamedTuple):
    """When a member's visit before this one ended, None on the first; and what they were told then."""

    at: datetime.datetime | None
    told: frozenset[str]


def visit(member: Membership, *, told: Collection[str]) -> Before:
    """Note that this member looks at the home page and what it tells them, and return what was before this visit.

    A visit begins after half an hour in which the member did not look.
    """
    now = clock.now()
    facts: dict[str, Any] = {"workspace": member.workspace_id, "member": member.pk, "now": now}
    facts |= {"quiet": now - QUIET, "told": list(told)}
    with connection.cursor() as cursor:
        cursor.execute(VISIT, facts)
        at, told_before = cursor.fetchone()
    return Before(at, frozenset(told_before))
