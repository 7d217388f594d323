"""What a worker does with a file that counts: try its rows, or store them in one transaction."""

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from feedback.actions.usage import COUNTS, Used, record_usage, wrong_with
from feedback.columns.counts import Counted, Counting, said_by
from feedback.columns.problems import Problem
from feedback.files import Settings, Table, read_table, shown
from feedback.models import UsageDay
from personas.models import Persona
from touchpoints.models import Touchpoint
from workspaces import jobs, live
from workspaces.jobs import Progress
from workspaces.models import Job, JobState, User, Workspace
from workspaces.transactions import retried

AT_ONCE = 1000  # counts that are stored together
MOST_PROBLEMS = 1000  # that are told of one by one; all are counted
MOST_NAMED = 200  # touchpoints and days that are told of by name


@dataclass
class Report:
    """What was found in a file that counts. `named`: touchpoints, how often; `library`: those that there are."""

    rows: int
    counted: list[Counted] = field(default_factory=list)
    refused: int = 0
    problems: list[Problem] = field(default_factory=list)
    named: dict[str, int] = field(default_factory=dict)
    library: Collection[str] = ()

    def blame(self, problem: Problem) -> None:
        """Count what cannot be stored, and remember the first of them."""
        self.refused += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)


def work_on_usage(job: Job, progress: Progress) -> None:
    """Try every count, or store all of them: whichever is asked for."""
    asked_by = User.objects.filter(pk=job.payload.get("asked_by")).first()
    with translation.override((asked_by.language if asked_by else "") or job.workspace.language):
        table = read_table(bytes(job.upload or b""), Settings.from_json(job.payload["settings"]))
        report = _found(job.workspace, table, job.payload["source"], progress)
        if job.payload["storing"]:
            _store(job, report, progress)
        else:
            payload = {**job.payload, "report": _told(job.workspace, table, report)}
            jobs.end(job, JobState.DRAFT, payload=payload, done=report.rows, total=report.rows)
    live.announce(job.workspace_id, job=job.pk)


@retried
def _store(job: Job, report: Report, progress: Progress) -> None:
    """Store every count, and that the job is done, in one transaction."""
    if report.refused:
        jobs.end(job, JobState.FAILED, error=_("On storing, rows were refused that had passed. Check them again."))
        return
    order = sorted((one.used for one in report.counted), key=lambda used: (used.source, used.subject, used.day))
    changed = 0
    for begin in range(0, len(order), AT_ONCE):
        progress.tell(begin, len(order))
        changed += record_usage(job.workspace, order[begin : begin + AT_ONCE])
    result = {"rows": report.rows, "changed": changed, "unchanged": len(order) - changed}
    jobs.end(job, JobState.DONE, result=result, upload=None, done=len(order), total=len(order))


def _found(workspace: Workspace, table: Table, source: str, progress: Progress) -> Report:
    """Every row, tried."""
    touchpoints = {
        name.casefold(): subject
        for name, subject in Touchpoint.objects.of(workspace).kept().values_list("name", "subject_id")
    }
    personas = Persona.objects.of(workspace).kept().values_list("name", "pk")
    counting = Counting(table, source, touchpoints, {name.casefold(): pk for name, pk in personas})
    report = Report(len(table.rows), named=counting.named, library=touchpoints.keys())
    read: list[Counted] = []
    for number, one in enumerate(counting.read(), start=1):
        progress.tell(number, report.rows)
        if isinstance(one, Problem):
            report.blame(one)
        else:
            read.append(one)
    for one, wrong in zip(read, wrong_with(workspace, [one.used for one in read]), strict=True):
        for fault in wrong[:1]:
            column = table.columns[counting.places[fault.field]] if fault.field in counting.places else ""
            report.blame(Problem(one.row, column, shown(getattr(one.used, fault.field, "")), fault.value, {}))
        if not wrong:
            report.counted.append(one)
    report.problems.sort(key=lambda problem: problem.row)
    return report


def _told(workspace: Workspace, table: Table, report: Report) -> dict[str, Any]:
    """What would become of a file, for the job's row."""
    used = [one.used for one in report.counted]
    known = report.library
    replaced = list(_replaced(workspace, used))
    days = [one.day for one in used]
    return {
        "rows": report.rows,
        "counts": len(used),
        "refused": report.refused,
        "problems": [[*problem[:4], dict(problem.params)] for problem in report.problems],
        "unread": [shown(name) for name in said_by(table.columns).unread],
        "sources": sorted({one.source for one in used}),
        "known": sorted([shown(name), times] for name, times in report.named.items() if name.casefold() in known),
        "unknown": sorted([shown(name), times] for name, times in report.named.items() if name.casefold() not in known)[
            :MOST_NAMED
        ],
        "days": len(set(days)),
        "first": min(days).isoformat() if days else None,
        "last": max(days).isoformat() if days else None,
        "replaced": len(replaced),
        "replaced_days": sorted({day.isoformat() for day in replaced})[:MOST_NAMED],
        "totals": {name: sum(getattr(one, name) for one in used) for name in COUNTS},
    }


def _replaced(workspace: Workspace, used: Sequence[Used]) -> Iterator[datetime.date]:
    """The day of each count that is here already and would be another one."""
    if not used:
        return
    here = UsageDay.objects.of(workspace).filter(
        source__in={one.source for one in used},
        subject__in={one.subject for one in used},
        day__range=(min(one.day for one in used), max(one.day for one in used)),
    )
    fields = ("source", "subject_id", "day", "persona_id", *COUNTS)
    stored = {row[:4]: row[4:] for row in here.values_list(*fields).iterator()}
    for one in used:
        before = stored.get((one.source, one.subject, one.day, one.persona))
        if before is not None and before != tuple(getattr(one, name) for name in COUNTS):
            yield one.day
