"""Whether the scores shown are behind what has been answered, which every screen says in the same words."""

import datetime
from collections.abc import Collection

from django.db import connection

from touchpoints.statements import WAITING_SINCE
from workspaces import clock

PATIENCE = datetime.timedelta(minutes=1)


def overdue() -> datetime.datetime:
    """What came before this moment should have been folded by now."""
    return clock.now() - PATIENCE


def recomputing_since(subjects: Collection[int]) -> datetime.datetime | None:
    """Since when answers about these subjects wait to be folded, if for longer than a minute; None if they do not."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING_SINCE, {"subjects": list(subjects), "overdue": overdue()})
        (found,) = cursor.fetchone()
        since: datetime.datetime | None = found
        return since
