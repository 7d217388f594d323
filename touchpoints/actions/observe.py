"""The door by which everything that was observed comes in: answers, and what was counted without asking."""

import datetime
from collections.abc import Collection
from typing import NamedTuple

from django.db import connection

from touchpoints.actions import statements
from workspaces import clock
from workspaces.jobs import ring


class Observed(NamedTuple):
    """So many equal answers that came (`times` above 0) or went. `day`: local date; `value`: on the metric's scale."""

    subject: int
    persona: int | None
    metric: str
    scale: str
    day: datetime.date
    value: int
    times: int


def observe(workspace_id: int, observed: Collection[Observed]) -> None:
    """Append observations, to be folded after the caller's transaction, and wake one worker for all of them.

    Call it in the transaction that stores what they come from: then both are there or neither is.
    """
    if not observed:
        return
    now = clock.now()
    with connection.cursor() as cursor, cursor.copy(statements.APPEND_OBSERVATIONS) as copy:
        for row in observed:
            copy.write_row((workspace_id, *row, now))
    ring("touchpoints.fold_observations", sorted({row.subject for row in observed}))
