"""The end of the day: scores are closed as they were known, windows are decided anew, and the next day is counted."""

import datetime
import time
import zoneinfo
from collections import Counter
from collections.abc import Collection, Mapping
from math import inf

from django.db.models import QuerySet

from touchpoints.actions import keeping
from touchpoints.actions.apart import work_off
from touchpoints.actions.grounds import model_named, prior_version
from touchpoints.actions.ledger import Cells, Ledger
from touchpoints.actions.priors import settle_priors
from touchpoints.health.decay import fitting_table, usual_table, weights
from touchpoints.health.metrics import Metric
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
    """Close each day that has passed since these ledgers' own, as it was known then, and bring them to today.

    The days after the first rest on what the newest night has learned. A ledger of a day to come, as one has whose
    workspace moved to the west, goes back to today.
    """
    step_back([ledger for ledger in ledgers if ledger.day > ledger.today])
    behind = [ledger for ledger in ledgers if ledger.day < ledger.today]
    if not behind:
        return
    fits = {(ledger.workspace, ledger.today): 0 for ledger in behind}
    for workspace, today in fits:
        fits[workspace, today] = settle_priors(workspace, today)
    cells = read_window(behind)
    closes: list[HealthDay] = []
    windows: list[Window] = []
    for ledger in behind:
        closes += ledger.close()
        before = tables_of(ledger)
        version = prior_version(fits[ledger.workspace, ledger.today])
        ledger.grounds = ledger.newest._replace(prior_version=version)
        while True:
            _decide_windows(ledger, cells[ledger.subject])
            ledger.recount(cells[ledger.subject], max(ledger.day + DAY, ledger.today - DAYS_CAUGHT_UP * DAY))
            ledger.rescore()
            if ledger.day == ledger.today:
                break
            closes += ledger.close()
        windows += _new_windows(ledger, before)
    HealthDay.objects.bulk_create(closes)
    _write_windows(windows)


def step_back(ledgers: Collection[Ledger]) -> None:
    """Bring ledgers of a day to come back to today, and forget the closes that came too early."""
    if not ledgers:
        return
    cells = read_window(ledgers)
    for ledger in ledgers:
        HealthDay.objects.filter(subject=ledger.subject, day__gte=ledger.today).delete()
        ledger.recount(cells[ledger.subject], ledger.today)
        ledger.was_known = {}
        keeping.hear_again(ledger)
    keeping.read_what_was_known(ledgers)
    for ledger in ledgers:
        ledger.rescore()


@retried
def settle_windows(subjects: Collection[int]) -> None:
    """Decide the windows of these subjects now instead of tonight: for a history that came all at once."""
    _count_anew(subjects, decide=True)


@retried
def rebuild(subjects: Collection[int]) -> None:
    """Count sums and scores of these subjects anew from their daily cells, on the newest grounds that there are."""
    _count_anew(subjects, decide=False)


def _count_anew(subjects: Collection[int], *, decide: bool) -> None:
    ledgers = keeping.hold(subjects)
    turn(ledgers.values())
    cells = read_window(ledgers.values())
    windows: list[Window] = []
    for ledger in ledgers.values():
        before, other_rule = tables_of(ledger), ledger.grounds.model_version != ledger.newest.model_version
        ledger.grounds = ledger.newest
        if decide or other_rule:
            _decide_windows(ledger, cells[ledger.subject])
            windows += _new_windows(ledger, before)
        ledger.recount(cells[ledger.subject], ledger.day)
        keeping.hear_again(ledger)
        ledger.rescore()
    _write_windows(windows)
    keeping.write(ledgers.values())


def tables_of(ledger: Ledger) -> dict[str, str]:
    """The table of each metric that a subject has answers on."""
    return {metric: ledger.table(metric) for metric in {series.metric for series in ledger.tallies}}


def _new_windows(ledger: Ledger, before: Mapping[str, str]) -> list[Window]:
    """The windows to be written down: those that are neither as before nor as they are without a word."""
    usual = usual_table(decay=ledger.model.decay)
    return [
        Window(workspace_id=ledger.workspace, subject_id=ledger.subject, metric=metric, table=table)
        for metric, table in ledger.tables.items()
        if table != before.get(metric, usual)
    ]


def _write_windows(windows: list[Window]) -> None:
    Window.objects.bulk_create(
        windows, update_conflicts=True, unique_fields=["subject", "metric"], update_fields=["table"]
    )


def read_window(ledgers: Collection[Ledger]) -> dict[int, Cells]:
    """The cells of each subject as far back as any table that it uses, or may come to use, looks."""
    tables = {table for ledger in ledgers for table in (*ledger.tables.values(), *_usual_tables(ledger))}
    longest = max(len(weights(table)) for table in tables)
    first = min(ledger.day for ledger in ledgers)
    return keeping.read_cells([ledger.subject for ledger in ledgers], after=first - longest * DAY)


def _usual_tables(ledger: Ledger) -> set[str]:
    versions = {ledger.grounds.model_version, ledger.newest.model_version}
    return {usual_table(decay=model_named(ledger.workspace, version).decay) for version in versions}


def _decide_windows(ledger: Ledger, cells: Cells) -> None:
    """Choose the table of each metric by the rate of its answers up to the ledger's day, over all personas.

    Complaints look as far back as contacts do, among which they are counted.
    """
    first = ledger.day - (DECIDED_OVER - 1) * DAY
    answers: Counter[str] = Counter()
    for series, by_day in cells.items():
        answers[series.metric] += sum(sum(counts) for day, counts in by_day.items() if first <= day <= ledger.day)
    if Metric.CONTACT in answers:
        answers[Metric.COMPLAINT] = answers[Metric.CONTACT]
    for metric in {series.metric for series in ledger.tallies}:
        ledger.tables[metric] = fitting_table(answers[metric], DECIDED_OVER, decay=ledger.model.decay)
