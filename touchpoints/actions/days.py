"""The end of the day: scores are closed as they were known, windows are decided anew, and the next day is counted."""

import datetime
import time
import zoneinfo
from collections.abc import Collection, Mapping
from math import inf

from django.db.models import QuerySet

from touchpoints.actions import keeping
from touchpoints.actions.apart import work_off
from touchpoints.actions.ledger import Cells, Ledger
from touchpoints.health.decay import LONG_TABLE, flat_table, weights
from touchpoints.models import HealthDay, Subject, Window
from workspaces import clock
from workspaces.models import Workspace
from workspaces.transactions import retried

SUBJECTS_AT_ONCE = 16
DAYS_CAUGHT_UP = 31  # after a longer rest, the closes of the first days are left out
DECIDED_OVER = 90  # days of which the rate of answers decides a window
DAY = datetime.timedelta(days=1)


def close_days(*, within: float = inf) -> int:
    """Close the day of all subjects whose workspace has begun a new one, and return how many they were.

    Those that somebody holds are passed over: a fold turns the day by itself, and the next call finds the rest, as it
    finds what is not begun after `within` seconds. One that cannot be closed is set aside and holds up no other.
    """
    until = time.monotonic() + within
    closed = 0
    for name in Workspace.objects.order_by("time_zone").values_list("time_zone", flat=True).distinct():
        today = clock.today(zoneinfo.ZoneInfo(name))
        behind = Subject.objects.filter(workspace__time_zone=name, scores__persona=None, scores__day__lt=today)
        closed += work_off(_close_some, behind, until=until)
    return closed


@retried
def _close_some(behind: QuerySet[Subject]) -> int:
    ledgers = keeping.claim(behind, SUBJECTS_AT_ONCE)
    turn(ledgers.values())
    keeping.write(ledgers.values())
    return len(ledgers)


def turn(ledgers: Collection[Ledger]) -> None:
    """Close each day that has passed since these ledgers' own, as it was known then, and bring them to today."""
    behind = [ledger for ledger in ledgers if ledger.day < ledger.today]
    if not behind:
        return
    cells = read_window(behind)
    closes: list[HealthDay] = []
    windows: list[Window] = []
    for ledger in behind:
        before = dict(ledger.tables)
        while ledger.day < ledger.today:
            closes += ledger.close()
            _decide_windows(ledger, cells[ledger.subject])
            ledger.recount(cells[ledger.subject], max(ledger.day + DAY, ledger.today - DAYS_CAUGHT_UP * DAY))
            ledger.rescore()
        windows += _new_windows(ledger, before)
    HealthDay.objects.bulk_create(closes)
    _write_windows(windows)


@retried
def settle_windows(subjects: Collection[int]) -> None:
    """Decide the windows of these subjects now instead of tonight: for a history that came all at once."""
    ledgers = keeping.hold(subjects)
    turn(ledgers.values())
    cells = read_window(ledgers.values())
    windows: list[Window] = []
    for ledger in ledgers.values():
        before = dict(ledger.tables)
        _decide_windows(ledger, cells[ledger.subject])
        windows += _new_windows(ledger, before)
        ledger.recount(cells[ledger.subject], ledger.day)
        ledger.rescore()
    _write_windows(windows)
    keeping.write(ledgers.values())


def _new_windows(ledger: Ledger, before: Mapping[str, str]) -> list[Window]:
    return [
        Window(workspace_id=ledger.workspace, subject_id=ledger.subject, metric=metric, table=table)
        for metric, table in ledger.tables.items()
        if table != before.get(metric, LONG_TABLE)
    ]


def _write_windows(windows: list[Window]) -> None:
    Window.objects.bulk_create(
        windows, update_conflicts=True, unique_fields=["subject", "metric"], update_fields=["table"]
    )


def rebuild(subjects: Collection[int]) -> None:
    """Count sums and scores of these subjects anew from their daily cells. Call it in a transaction."""
    ledgers = keeping.hold(subjects)
    turn(ledgers.values())
    cells = read_window(ledgers.values())
    for ledger in ledgers.values():
        ledger.recount(cells[ledger.subject], ledger.day)
        keeping.hear_again(ledger)
        ledger.rescore()
    keeping.write(ledgers.values())


def read_window(ledgers: Collection[Ledger]) -> dict[int, Cells]:
    """The cells of each subject as far back as any table that it uses, or may come to use, looks."""
    tables = {LONG_TABLE, *(table for ledger in ledgers for table in ledger.tables.values())}
    longest = max(len(weights(table)) for table in tables)
    first = min(ledger.day for ledger in ledgers)
    return keeping.read_cells([ledger.subject for ledger in ledgers], after=first - longest * DAY)


def _decide_windows(ledger: Ledger, cells: Cells) -> None:
    """Choose the table of each metric by the rate of its answers up to the ledger's day, over all personas."""
    first = ledger.day - (DECIDED_OVER - 1) * DAY
    for metric in {series.metric for series in ledger.tallies}:
        answers = sum(
            sum(counts)
            for series, by_day in cells.items()
            if series.metric == metric
            for day, counts in by_day.items()
            if first <= day <= ledger.day
        )
        ledger.tables[metric] = flat_table(answers, DECIDED_OVER)
