"""The figures of how complaints are dealt with."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple, Self

from django.db import connection

from scorecards.statements import DEALT_BY_SUBJECT, DEALT_WITH
from touchpoints.health.figures import FEWEST_SHOWN
from touchpoints.models import Touchpoint
from workspaces import clock
from workspaces.models import Workspace

LATELY = datetime.timedelta(days=365)  # cases that were closed within it make the figures


class Dealt(NamedTuple):
    """How complaints are dealt with: what is under way, and of those closed in a year how long and how well.

    `lasted` (median) and `recovered` (share, 0-1) are None below five closed cases. Dismissed ones are in no figure.
    """

    under_way: int
    overdue: int
    closed: int
    lasted: datetime.timedelta | None
    recovered: float | None

    @classmethod
    def of(cls, under_way: int, overdue: int, closed: int, seconds: float | None, recovered: int) -> Self:
        """From what the statements count."""
        if seconds is None or closed < FEWEST_SHOWN:
            return cls(under_way, overdue, closed, None, None)
        return cls(under_way, overdue, closed, datetime.timedelta(seconds=seconds), recovered / closed)


def dealt_lately() -> dict[str, datetime.datetime]:
    """What the statements about it are to know of the time."""
    return {"now": clock.now(), "lately": clock.now() - LATELY}


def dealt_with(workspace: Workspace, subject: int | None = None) -> Dealt:
    """How complaints are dealt with, all of them or those about a subject: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(DEALT_WITH, {"workspace": workspace.pk, "subject": subject, **dealt_lately()})
        return Dealt.of(*cursor.fetchone())


def dealt_with_by_touchpoint(workspace: Workspace) -> Sequence[tuple[Touchpoint, Dealt]]:
    """The same of each touchpoint with a case, those with the most to do first: two statements."""
    with connection.cursor() as cursor:
        cursor.execute(DEALT_BY_SUBJECT, {"workspace": workspace.pk, **dealt_lately()})
        found = {subject: Dealt.of(*counted) for subject, *counted in cursor.fetchall()}
    touchpoints = Touchpoint.objects.of(workspace).filter(subject__in=found).by_name()
    dealt = [(touchpoint, found[touchpoint.subject_id]) for touchpoint in touchpoints]
    return sorted(dealt, key=lambda one: (-one[1].overdue, -one[1].under_way, -one[1].closed))
