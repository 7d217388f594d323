"""When members come to look."""

import datetime
from typing import Any

from django.db import connection

from workspaces import clock
from workspaces.models import Membership

QUIET = datetime.timedelta(minutes=30)  # after which looking again is another visit

VISIT = """
INSERT INTO workspaces_visit AS visit (workspace_id, member_id, seen_at)
VALUES (%(workspace)s, %(member)s, %(now)s)
ON CONFLICT (member_id) DO UPDATE
SET before = CASE WHEN visit.seen_at < %(quiet)s THEN visit.seen_at ELSE visit.before END,
    seen_at = greatest(visit.seen_at, %(now)s)
RETURNING before
"""


def visit(member: Membership) -> datetime.datetime | None:
    """Note that this member looks at the home page, and return when the visit before this one ended.

    None on the first. A visit begins after half an hour in which the member did not look.
    """
    now = clock.now()
    facts: dict[str, Any] = {"workspace": member.workspace_id, "member": member.pk, "now": now, "quiet": now - QUIET}
    with connection.cursor() as cursor:
        cursor.execute(VISIT, facts)
        before: datetime.datetime | None = cursor.fetchone()[0]
    return before
