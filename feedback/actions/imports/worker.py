"""What a worker does with an import: try its rows, store them in one transaction, or take them back."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError, connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from feedback.actions.answer import Refused as AnswerRefused
from feedback.actions.imports.draft import CHECK, STORE, UNDO, beginning, plan_of
from feedback.actions.masking import masker_for
from feedback.actions.questionnaire import Status
from feedback.actions.reading import Reader
from feedback.actions.record import record_responses
from feedback.actions.remove import undo_import
from feedback.actions.search import SEARCH
from feedback.columns import Plan, Problem, Understander, Understood
from feedback.columns.plan import ABOUT
from feedback.columns.problems import quoted
from feedback.columns.understand import Known, Placed
from feedback.files import Row, Settings, Table, Unreadable, read_table, shown
from feedback.models import PersonaMerge, Submission
from feedback.names import Masker
from personas.models import Persona
from touchpoints.actions import create_touchpoint, subject_of
from touchpoints.models import Channel, Touchpoint
from workspaces import jobs, live
from workspaces.jobs import MOST_ATTEMPTS, Cancelled, Progress
from workspaces.models import Job, JobState, User
from workspaces.transactions import retried

log = structlog.get_logger(__name__)

AT_ONCE = 1000  # answers that are stored together
ROWS_AT_ONCE = 200
MOST_PROBLEMS = 1000  # that are told of one by one; all are counted
MOST_NAMED = 100  # rows that are told of by their numbers, of those that repeat something
FIRST_ROWS = 10
MOST_SHOWN = 40  # answers of each of them


class Differs(Exception):
    """On storing, more is refused than when the file was checked."""


@dataclass
class Report:
    """What was found in a file."""

    rows: int = 0
    silent: int = 0  # rows without any answer
    answers: int = 0
    refused: int = 0
    known: int = 0  # questionnaires that are here already, and the first rows that hold them
    known_rows: list[int] = field(default_factory=list)
    repeated: list[tuple[int, int]] = field(default_factory=list)  # rows that say a questionnaire anew, and otherwise
    same: list[tuple[int, int]] = field(default_factory=list)  # rows that say one again, word for word
    problems: list[Problem] = field(default_factory=list)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_column: Counter[str] = field(default_factory=Counter)
    first: list[dict[str, Any]] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)

    def blame(self, problem: Problem) -> None:
        """Count what cannot be stored, and remember the first of them."""
        self.refused += 1
        self.reasons[problem.column, problem.code] += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)

    def look_at(self, row: Understood) -> None:
        """Count a row, and what stands against it."""
        self.silent += not row.answers and not row.problems and not row.same
        if row.repeats:
            (self.same if row.same else self.repeated).append((row.row, row.repeats))
        for problem in row.problems:
            self.blame(problem)

    def as_json(self) -> dict[str, Any]:
        """For the job's row."""
        return {
            "rows": self.rows,
            "silent": self.silent,
            "answers": self.answers,
            "refused": self.refused,
            "known": self.known,
            "known_rows": self.known_rows[:MOST_NAMED],
            "repeated": len(self.repeated),
            "repeated_rows": self.repeated[:MOST_NAMED],
            "same": len(self.same),
            "same_rows": self.same[:MOST_NAMED],
            "problems": [[*problem[:4], dict(problem.params)] for problem in self.problems],
            "reasons": [[column, code, times] for (column, code), times in self.reasons.most_common(50)],
            "by_column": dict(self.by_column),
            "first": self.first,
            **{status.value: self.statuses[status.value] for status in Status if status != Status.REFUSED},
        }


def work(job: Job) -> None:
    """Do what is asked of this import. Whatever happens, nothing is half stored and the job says how it ended."""
    progress = Progress(job)
    asked_by = User.objects.filter(pk=job.payload.get("asked_by")).first()
    language = (asked_by.language if asked_by else "") or job.workspace.language
    try:
        with translation.override(language):
            if job.attempts > MOST_ATTEMPTS:
                _end(job, JobState.FAILED, error=_("The work was interrupted again and again. Nothing was stored."))
            else:
                _do(job, progress, asked_by)
    finally:
        progress.close()


def _do(job: Job, progress: Progress, asked_by: User | None) -> None:
    try:
        if job.cancel_asked:
            raise Cancelled
        {CHECK: check, STORE: store, UNDO: undo}[job.payload["stage"]](job, progress, asked_by)
    except Cancelled:
        if job.payload["stage"] == CHECK:
            _end(job, JobState.DRAFT)
        else:
            _end(job, JobState.CANCELLED)
    except Unreadable as fault:
        _end(job, JobState.FAILED, error=fault.message)
    except Differs:
        _end(job, JobState.FAILED, error=_("On storing, rows were refused that had passed. Check the file again."))
    except SoftTimeLimitExceeded:
        _end(job, JobState.FAILED, error=_("It took too long. Nothing was stored. Import the file in several parts."))
    except Exception as error:
        if isinstance(error, OperationalError) and not connection.is_usable():
            raise  # the database went away: whoever takes up the job begins anew
        log.exception("import_failed", job=job.pk)
        _end(job, JobState.FAILED, error=_("Something went wrong. Nothing was stored."))


def _end(job: Job, state: JobState, *, error: str = "", **changes: Any) -> None:
    jobs.end(job, state, error=error, **changes)
    live.announce(job.workspace_id, job=job.pk)


def check(job: Job, progress: Progress, by: User | None) -> None:
    """Try every row and say what would become of it. Nothing is written but the job itself."""
    table, plan = _open(job)
    known, stand_ins = _known(job, plan)
    workspace_subject = known.abouts[ABOUT.WORKSPACE]
    masker = masker_for(job.workspace)
    understander = _understander(job, table, plan, known, masker)
    report = Report()
    for understood in _understood(table.rows, understander, progress, report):
        placed = [answer for row in understood for answer in row.answers]
        real = [
            p._replace(answer=replace(p.answer, subject=workspace_subject)) if p.answer.subject in stand_ins else p
            for p in placed
        ]
        reader = Reader.of(job.workspace, [p.answer for p in real])
        for p in real:
            try:
                reader.read(p.answer)
            except AnswerRefused as refusal:
                report.blame(_problem(p, refusal))
            else:
                report.answers += 1
                report.by_column[p.column] += 1
        known_here = _known_ids(job, {p.answer.external_id for p in placed}, plan.source)
        report.known += len(known_here)
        report.known_rows += dict.fromkeys(p.row for p in placed if p.answer.external_id in known_here)
        if len(report.first) < FIRST_ROWS:
            some = [row for row in understood if row.answers][: FIRST_ROWS - len(report.first)]
            report.first += [_preview(row, masker) for row in some]
    job.payload["checked"] = report.as_json()
    _end(job, JobState.DRAFT, payload=job.payload, done=report.rows, total=report.rows)


@retried
def store(job: Job, progress: Progress, by: User | None) -> None:
    """Store every answer, and that the job is done, in one transaction. Doing it twice brings nothing new."""
    table, plan = _open(job)
    if by is not None:
        _create_touchpoints(job, plan, by)
    known, _none = _known(job, replace(plan, create=()))
    masker = masker_for(job.workspace)
    understander = _understander(job, table, plan, known, masker)
    report = Report()
    waiting: list[Placed] = []
    for understood in _understood(table.rows, understander, progress, report):
        waiting += [answer for row in understood for answer in row.answers]
        while len(waiting) >= AT_ONCE:
            _store_some(job, waiting[:AT_ONCE], report)
            del waiting[:AT_ONCE]
    _store_some(job, waiting, report)
    if report.refused and not job.payload["leave_out"]:
        raise Differs
    rows = report.rows
    # With the file goes what was kept of it to map and to check it.
    payload = {name: kept for name, kept in job.payload.items() if name not in {"profiles", "checked"}}
    _end(job, JobState.DONE, result=report.as_json(), payload=payload, upload=None, done=rows, total=rows)
    jobs.ring(SEARCH, job.pk)


def undo(job: Job, progress: Progress, by: User | None) -> None:
    """Delete what the import brought."""
    with transaction.atomic():
        deleted = undo_import(job, by=by)
        _end(job, JobState.UNDONE, result={**job.result, "deleted": deleted})


def _store_some(job: Job, placed: Sequence[Placed], report: Report) -> None:
    outcome = record_responses(job.workspace, [p.answer for p in placed], job=job)
    for p, result in zip(placed, outcome.results, strict=True):
        report.statuses[result.status.value] += 1
        if result.refusal:
            report.blame(_problem(p, result.refusal))
        else:
            report.answers += 1
            report.by_column[p.column] += 1


def _open(job: Job) -> tuple[Table, Plan]:
    return read_table(bytes(job.upload or b""), Settings.from_json(job.payload["settings"])), plan_of(job)


def _understander(job: Job, table: Table, plan: Plan, known: Known, masker: Masker) -> Understander:
    digest = job.payload["digest"][:32]
    return Understander(plan, table.columns, known, job.workspace.zone, digest, masker.comment, table.rows)


def _understood(
    rows: Sequence[Row], understander: Understander, progress: Progress, report: Report
) -> Iterator[list[Understood]]:
    """The rows, some at a time, understood and counted."""
    left = iter(rows)
    while some := list(islice(left, ROWS_AT_ONCE)):
        understood = [understander.understand(row) for row in some]
        for row in understood:
            report.look_at(row)
        report.rows += len(some)
        yield understood
        progress.tell(report.rows, len(rows))


def _problem(placed: Placed, refusal: AnswerRefused) -> Problem:
    params = {name: shown(value) if isinstance(value, str) else value for name, value in refusal.params.items()}
    return Problem(placed.row, placed.column, quoted(placed.answer.value), refusal.reason.value, params)


def _known(job: Job, plan: Plan) -> tuple[Known, set[int]]:
    """What the file can name, and the numbers that stand in for touchpoints that are yet to be made."""
    of = job.workspace
    abouts = {ABOUT.WORKSPACE.value: subject_of(of).pk}
    unnamed = job.payload["about"] or abouts[ABOUT.WORKSPACE]
    if beginning(job) == ABOUT.JOURNEY:
        abouts[ABOUT.JOURNEY.value] = unnamed
    touchpoints = {
        name.casefold(): subject for name, subject in Touchpoint.objects.of(of).kept().values_list("name", "subject_id")
    }
    new = [name for name in plan.create if name.casefold() not in touchpoints]
    stand_ins = {name.casefold(): -number for number, name in enumerate(new, start=1)}
    merged = PersonaMerge.objects.of(of).exclude(persona__archived_at=None).values_list("persona__name", "into")
    named = [*merged, *Persona.objects.of(of).kept().values_list("name", "pk")]
    personas = {name.casefold(): pk for name, pk in named}
    channels = {name.casefold(): pk for name, pk in Channel.objects.of(of).kept().values_list("name", "pk")}
    return Known(abouts, unnamed, touchpoints | stand_ins, personas, channels), set(stand_ins.values())


def _create_touchpoints(job: Job, plan: Plan, by: User) -> None:
    """Make the touchpoints that may be made and are not there yet."""
    there = {name.casefold() for name in Touchpoint.objects.of(job.workspace).kept().values_list("name", flat=True)}
    needed = {name.casefold() for name in plan.touchpoints()}
    for name in plan.create:
        if name.casefold() in needed - there:
            create_touchpoint(job.workspace, name=name, by=by)
            there.add(name.casefold())


def _known_ids(job: Job, external_ids: set[str], source: str) -> set[str]:
    """Those of these questionnaires that are here already."""
    here = Submission.objects.of(job.workspace).filter(source=source, external_id__in=external_ids)
    return set(here.values_list("external_id", flat=True))


def _preview(row: Understood, masker: Masker) -> dict[str, Any]:
    first, some = row.answers[0], row.answers[:MOST_SHOWN]
    return {
        "row": first.row,
        "when": shown(first.answer.occurred_at),
        "persona": first.answer.persona,
        "segment": quoted(first.answer.segment, masker.value),
        "attributes": [quoted(text, masker.value) for text in first.answer.attributes.values()],
        "answers": [
            [p.column, p.answer.metric, quoted(p.answer.value), quoted(p.answer.text, masker.comment)] for p in some
        ],
    }
