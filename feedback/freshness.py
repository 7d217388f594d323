"""How fresh what each source says is: when it was last heard, and whether it has stopped."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from feedback.actions.statements_of_sources import HEARD
from touchpoints.health.silence import DAYS_LOOKED_AT, has_stopped, rhythm_of
from workspaces import clock
from workspaces.models import Workspace


@dataclass(frozen=True)
class Heard:
    """A source of answers or of counted use. `day`: the last local day of which it told, the latest answer at `at`.

    `at` is None where it only counts by the day. `silent`: days since. `rhythm`: the median pause in days between
    its days, None while nothing is usual yet.
    """

    source: str
    day: datetime.date
    at: datetime.datetime | None
    silent: int
    rhythm: int | None

    @property
    def stopped(self) -> bool:
        """Whether it has been silent for longer than a week and than five of its usual pauses."""
        return has_stopped(self.silent, self.rhythm)


def sources_of(workspace: Workspace) -> list[Heard]:
    """Every source of this workspace, what has stopped first, then the one last heard.

    One statement, which hops from source to source and from day to day in an index: it costs the same however many
    answers there are.
    """
    today = clock.today(workspace.zone)
    with connection.cursor() as cursor:
        cursor.execute(HEARD, {"workspace": workspace.pk, "today": today, "most": DAYS_LOOKED_AT})
        heard = [_heard(source, days[:DAYS_LOOKED_AT], at, today) for source, days, at in cursor.fetchall()]
    return sorted(heard, key=lambda one: (not one.stopped, one.silent, one.source.casefold()))


def _heard(source: str, days: Sequence[datetime.date], at: datetime.datetime | None, today: datetime.date) -> Heard:
    return Heard(source, days[0], at, (today - days[0]).days, rhythm_of(days))
