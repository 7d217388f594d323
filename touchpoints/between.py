"""How the health of touchpoints differs between two personas, or between two days, by the one rule of changes.

Plain values of two flat windows, with 30 answers in each (SCORING §6). Each is one statement for all touchpoints.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection

from touchpoints.actions import model_named
from touchpoints.health.changes import Difference
from touchpoints.health.decay import Tally
from touchpoints.health.metrics import Scale, scale_of
from touchpoints.health.score_changes import health_difference
from touchpoints.periods import USUAL
from touchpoints.statements import BETWEEN_DAYS, BETWEEN_PERSONAS

DAY = datetime.timedelta(days=1)
Side = dict[Scale, Tally]


def between_personas(workspace: int, touchpoints: Collection[int], a: int, b: int) -> dict[int, Difference]:
    """The health of persona `b` less that of `a` at each of these touchpoints, over the windows of their scores.

    Everything by id. What neither of them ever said anything about has no entry, nor have answers weighted by age.
    """
    found = _rows(BETWEEN_PERSONAS, touchpoints=list(touchpoints), a=a, b=b)
    told = [(*row, Tally(tuple(map(int, sums)), int(squares), int(answers))) for *row, sums, squares, answers in found]
    weighted = {row[0] for row in told if not sum(row[-1].sums) == row[-1].squares == row[-1].answers}
    return _differences(workspace, (row for row in told if row[0] not in weighted))


def between_days(
    workspace: int, touchpoints: Collection[int], a: datetime.date, b: datetime.date, *, persona: int | None = None
) -> dict[int, Difference]:
    """The health of the days up to `b` less that of as many up to `a`, an earlier one.

    As many days as the usual period has, but no more than lie between the two: the windows must not overlap. Counted
    from the answers of then that are here now.
    """
    length = window_between(a, b)
    days = {"first": a - (length - 1) * DAY, "a": a, "second": b - (length - 1) * DAY, "b": b}
    found = _rows(BETWEEN_DAYS, touchpoints=list(touchpoints), persona=persona, **days)
    return _differences(workspace, ((*row, Tally(tuple(of), sum(of), sum(of))) for *row, of in found))


def window_between(a: datetime.date, b: datetime.date) -> int:
    """How many days up to `a`, and up to `b`, are compared."""
    return min(USUAL, (b - a).days)


def _differences(workspace: int, told: Iterable[tuple[Any, ...]]) -> dict[int, Difference]:
    sides: dict[int, tuple[Side, Side]] = defaultdict(lambda: ({}, {}))
    versions: dict[int, str] = {}
    for touchpoint, version, after, metric, code, tally in told:
        versions[touchpoint] = version
        sides[touchpoint][after][scale_of(metric, code)] = tally
    return {
        touchpoint: health_difference(was, now, model_named(workspace, versions[touchpoint]))
        for touchpoint, (was, now) in sides.items()
    }


def _rows(statement: str, **asked: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        found: list[Any] = cursor.fetchall()
        return found
