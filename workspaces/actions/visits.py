"""When members come to look."""

import datetime

from django.db import connection

from workspaces import clock
from workspaces.models import Membership

QUIET = datetime.timedelta(minutes=30)  # after which looking again is another visit

VISIT = """
UPDATE workspaces_membership
SET visited_before = CASE WHEN seen_at < %(quiet)s THEN seen_at ELSE visited_before END, seen_at = %(now)s
WHERE id = %(member)s AND (seen_at IS NULL OR seen_at < %(now)s)
RETURNING visited_before
"""


def visit(member: Membership) -> datetime.datetime | None:
    """Note that this member looks at the home page, and return when the visit before this one ended.

    None on the first. A visit begins after half an hour in which the member did not look.
    """
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(VISIT, {"member": member.pk, "now": now, "quiet": now - QUIET})
        found = cursor.fetchone()
    if found:
        member.seen_at, member.visited_before = now, found[0]
    return member.visited_before
