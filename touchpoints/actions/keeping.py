"""Ledgers from the database and back: a statement a table, however many subjects."""

import datetime
import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import F, Max, OuterRef, QuerySet, Subquery

from touchpoints.actions import statements
from touchpoints.actions.grounds import Grounds, model_version, prior_version
from touchpoints.actions.ledger import STATED, Cells, Ledger, Series, stated
from touchpoints.actions.programs import tell_of_bands
from touchpoints.borders import borders_of
from touchpoints.health.decay import Tally
from touchpoints.models import DailyCell, HealthDay, HealthRule, HealthScore, PriorFit, Subject, Window, WindowSum
from workspaces import clock
from workspaces.live import announce

SCORE = ("workspace_id", "subject_id", "persona_id", *STATED, "version", "computed_at")  # what is stored of a score


def claim(subjects: QuerySet[Subject], at_most: int) -> dict[int, Ledger]:
    """The ledgers, by subject, of some of these subjects that nobody else holds: this transaction's until it ends."""
    return _open(_locked(subjects, skip_locked=True)[:at_most])


def claim_subjects(subjects: QuerySet[Subject], at_most: int) -> list[Subject]:
    """Some of these subjects that nobody else holds, this transaction's until it ends, without their ledgers."""
    return list(_locked(subjects, skip_locked=True)[:at_most])


def hold_subjects(subjects: QuerySet[Subject]) -> list[Subject]:
    """These subjects as soon as nobody else holds any of them, without their ledgers."""
    return list(_locked(subjects, skip_locked=False))


def hold(subjects: Collection[int]) -> dict[int, Ledger]:
    """The ledgers of these subjects, by subject, as soon as nobody else holds any of them."""
    return _open(_locked(Subject.objects.filter(id__in=subjects), skip_locked=False))


def _locked(subjects: QuerySet[Subject], *, skip_locked: bool) -> QuerySet[Any]:
    # Who merely stores an answer does not wait for this lock, since it leaves the subject's key alone.
    rules = HealthRule.objects.filter(workspace=OuterRef("workspace")).order_by("-number").values("number")
    fits = PriorFit.objects.filter(workspace=OuterRef("workspace")).order_by("-day").values("id")
    return (
        subjects.select_related("workspace")
        .annotate(touchpoint_number=F("touchpoint__id"), peer_group=F("touchpoint__peer_group"))
        .annotate(rule=Subquery(rules[:1]), fit=Subquery(fits[:1]))
        .select_for_update(of=("self",), no_key=True, skip_locked=skip_locked)
        .order_by("id")
    )


def _open(subjects: QuerySet[Any]) -> dict[int, Ledger]:
    ledgers = {}
    for subject in subjects:
        today = clock.today(subject.workspace.zone)
        newest = Grounds(model_version(subject.rule), prior_version(subject.fit), subject.peer_group or "")
        borders = borders_of(subject.workspace)
        ids = subject.id, subject.workspace_id, subject.touchpoint_number
        ledger = Ledger(*ids, today, today, newest, newest, borders)
        ledgers[subject.id] = ledger
    if ledgers:
        _read(ledgers)
    return ledgers


def _read(ledgers: dict[int, Ledger]) -> None:
    windows = Window.objects.filter(subject__in=ledgers)
    for subject, metric, table in windows.values_list("subject_id", "metric", "table"):
        ledgers[subject].tables[metric] = table
    for score in HealthScore.objects.filter(subject__in=ledgers):
        ledger = ledgers[score.subject_id]
        ledger.day = score.day
        ledger.scores[score.persona_id] = score
        if score.persona_id is None:
            ledger.grounds = Grounds(score.model_version, score.prior_version, score.peer_group)
        ledger.as_read[score.persona_id] = stated(score)
    read_what_was_known(ledgers.values())
    sums = WindowSum.objects.filter(subject__in=ledgers)
    for subject, *series, weighted, squares, answers in sums.values_list(
        "subject_id", "metric", "scale", "persona_id", "sums", "squares", "answers"
    ):
        ledgers[subject].tallies[Series(*series)] = Tally(tuple(map(int, weighted)), int(squares), answers)


def read_what_was_known(ledgers: Collection[Ledger]) -> None:
    """Tell these ledgers which of their scores were known at the close of the day before their own."""
    eves = {ledger.subject: (ledger, ledger.day - datetime.timedelta(days=1)) for ledger in ledgers}
    closes = HealthDay.objects.filter(subject__in=eves, day__in={eve for _, eve in eves.values()})
    for subject, persona, day, known in closes.values_list("subject_id", "persona_id", "day", "known"):
        ledger, eve = eves[subject]
        if day == eve:
            ledger.was_known[persona] = known


def read_cells(subjects: Collection[int], *, after: datetime.date) -> dict[int, Cells]:
    """The daily cells of these subjects after a day, those of days to come included."""
    found: dict[int, dict[Series, dict[datetime.date, list[int]]]] = {}
    rows = DailyCell.objects.filter(subject__in=subjects, day__gt=after)
    for subject, metric, scale, persona, day, counts in rows.values_list(
        "subject_id", "metric", "scale", "persona_id", "day", "counts"
    ):
        found.setdefault(subject, {}).setdefault(Series(metric, scale, persona), {})[day] = counts
    return {subject: found.get(subject, {}) for subject in subjects}


def hear_again(ledger: Ledger) -> None:
    """Look up when a subject was last heard: what went may have been the last that came."""
    cells = DailyCell.objects.filter(subject=ledger.subject, day__lte=ledger.day)
    heard = dict(cells.order_by().values_list("persona_id").annotate(Max("day")))
    for persona, score in ledger.scores.items():
        score.last_heard = heard.get(persona) if persona is not None else max(heard.values(), default=None)


def replace_cells(subject: int, cells: Mapping[tuple[str, str, int | None], Mapping[datetime.date, list[int]]]) -> None:
    """Put these cells, by metric, scale and persona, in the place of all that a held subject has."""
    DailyCell.objects.filter(subject=subject).delete()
    workspace = Subject.objects.get(id=subject).workspace_id
    DailyCell.objects.bulk_create(
        DailyCell(
            workspace_id=workspace,
            subject_id=subject,
            metric=metric,
            scale=scale,
            persona_id=persona,
            day=day,
            counts=counts,
        )
        for (metric, scale, persona), by_day in cells.items()
        for day, counts in by_day.items()
    )


def write(ledgers: Collection[Ledger]) -> None:
    """Write sums and scores back, and announce after commit what says something new."""
    sums = [row for ledger in ledgers for row in _sums(ledger)]
    scores = [{name: getattr(score, name) for name in SCORE} for ledger in ledgers for score in ledger.to_write()]
    with connection.cursor() as cursor:
        for statement, rows in ((statements.WRITE_SUMS, sums), (statements.WRITE_SCORES, scores)):
            cursor.execute(statement, {"rows": json.dumps(rows, default=str)})
    for ledger in ledgers:
        if ledger.has_news:
            thing = {"touchpoint": ledger.touchpoint} if ledger.touchpoint else {"subject": ledger.subject}
            announce(ledger.workspace, **thing, score_version=ledger.score(None).version)
    tell_of_bands(ledgers)


def _sums(ledger: Ledger) -> Iterable[dict[str, Any]]:
    for series in ledger.touched:
        tally = ledger.tallies[series]
        yield {
            "workspace_id": ledger.workspace,
            "subject_id": ledger.subject,
            "persona_id": series.persona,
            "metric": series.metric,
            "scale": series.scale,
            "table": ledger.table(series.metric),
            "as_of": ledger.day,
            "sums": tally.sums,
            "squares": tally.squares,
            "answers": tally.answers,
        }
