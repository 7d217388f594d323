"""Another time zone: every answer of a workspace moves to the day that it was given on there."""

import datetime
import zoneinfo
from typing import Any

from django.db import connection
from django.db.models import Max

from feedback.actions import statements
from feedback.actions.heard_personas import Pair, hold_personas
from feedback.actions.imports.draft import IMPORT
from feedback.actions.reading import NOON
from feedback.models import Response, Submission
from touchpoints.actions import Observed, observe, rebuild
from touchpoints.models import HealthScore
from workspaces.jobs import Later, Progress
from workspaces.models import AT_WORK, Job, Workspace
from workspaces.transactions import retried

AT_ONCE = 1000  # questionnaires that move together
SUBJECTS_AT_ONCE = 50


def move_days(job: Job, progress: Progress) -> None:
    """Give every questionnaire its day in the zone that the workspace has come to, and count the scores anew.

    Moving is going from one day and coming on another, as with any edit: each thousand by itself, so that nothing is
    counted twice and whoever takes the job up goes on. Waits for earlier moves, and for imports that still read dates
    in the zone of before.
    """
    workspace = job.workspace
    others = Job.objects.of(workspace).filter(state__in=AT_WORK)
    if others.filter(kind=job.kind, pk__lt=job.pk).exists() or others.filter(kind=IMPORT).exists():
        raise Later
    before, now = zoneinfo.ZoneInfo(job.payload["from"]), zoneinfo.ZoneInfo(job.payload["to"])
    last = Submission.objects.of(workspace).aggregate(last=Max("pk"))["last"] or 0
    reached = 0
    while (upto := _move_some(workspace, reached, before, now)) is not None:
        reached = upto
        progress.tell(reached, max(reached, last))
    subjects = list(HealthScore.objects.of(workspace).filter(persona=None).values_list("subject_id", flat=True))
    for start in range(0, len(subjects), SUBJECTS_AT_ONCE):
        rebuild(subjects[start : start + SUBJECTS_AT_ONCE])


@retried
def _move_some(workspace: Workspace, after: int, before: zoneinfo.ZoneInfo, now: zoneinfo.ZoneInfo) -> int | None:
    """Move the next questionnaires behind this one, and return the last of them; None when there is none left."""
    ids = list(
        Submission.objects.of(workspace).filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    )
    if not ids:
        return None
    rows = Submission.objects.filter(pk__in=ids).order_by("source", "external_id").select_for_update(no_key=True)
    old: dict[int, datetime.date] = {}
    new: dict[int, tuple[datetime.datetime, datetime.date]] = {}
    for pk, occurred_at, day in rows.values_list("pk", "occurred_at", "day"):
        moment = told_as(occurred_at, before, now)
        there = moment.astimezone(now).date()
        if (moment, there) != (occurred_at, day):
            old[pk], new[pk] = day, (moment, there)
    _observe_moving(workspace, old, {pk: day for pk, (_, day) in new.items()})
    columns: dict[str, Any] = {
        "id": list(new),
        "occurred_at": [at for at, _ in new.values()],
        "day": [day for _, day in new.values()],
    }
    with connection.cursor() as cursor:
        cursor.execute(statements.MOVE_DAYS, columns)
        cursor.execute(statements.TOUCH_RESPONSES, columns)
    return int(ids[-1])


def told_as(moment: datetime.datetime, before: zoneinfo.ZoneInfo, now: zoneinfo.ZoneInfo) -> datetime.datetime:
    """The moment of an answer in another zone: it stays, but for noon, which stands for a mere date and goes along."""
    local = moment.astimezone(before)
    return datetime.datetime.combine(local.date(), NOON, now) if local.time() == NOON else moment


def _observe_moving(workspace: Workspace, old: dict[int, datetime.date], new: dict[int, datetime.date]) -> None:
    answers = Response.objects.filter(submission__in=old).exclude(value=None)
    columns = ("submission_id", "subject_id", "submission__persona_id", "metric", "scale", "value")
    rows = list(answers.values_list(*columns))
    held = hold_personas(workspace.pk, {Pair(*row[1:3]) for row in rows if row[2] is not None})
    observed: list[Observed] = []
    for submission, subject, whose, metric, scale, value in rows:
        persona = held.counted(subject, whose)
        if old[submission] != new[submission]:
            observed.append(Observed(subject, persona, metric, scale, old[submission], value, -1))
            observed.append(Observed(subject, persona, metric, scale, new[submission], value, +1))
    observe(workspace.pk, observed)
