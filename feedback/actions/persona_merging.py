"""A persona becomes part of another: what customers told as the one is told as the other."""

import secrets
from typing import Any

from django.db import connection
from django.db.models import F
from django.db.models.functions import Now

from feedback.actions import statements_of_sources
from feedback.actions.imports.draft import IMPORT
from feedback.actions.persona_moves import Moved, move_to_personas
from feedback.actions.usage import COUNTS, Used, observed_of
from feedback.models import PersonaMerge, PersonaRule, Submission, Survey, UsageDay
from feedback.models.usage import MOST
from personas.models import Persona
from touchpoints.actions import Observed, observe
from workspaces import clock, jobs
from workspaces.actions import record_all
from workspaces.jobs import Later, Progress
from workspaces.models import AT_WORK, Actor, Job, JobState, User
from workspaces.transactions import retried

MERGE_ANSWERS = "feedback.merge_answers"  # the kind of the job: the name of its task
AT_ONCE = 2000  # questionnaires that move together
DAYS_AT_ONCE = 500  # of usage


@retried
def begin_merge(persona: Persona, *, into: Persona, by: Actor) -> Job | None:
    """From now on whatever is told of a persona, once it is archived, is told of the other; its rules and surveys too.

    A worker brings what was told before; None where nothing was. Twice is harmless. The caller holds both personas.
    """
    workspace = persona.workspace
    PersonaMerge.objects.of(workspace).filter(persona=into).delete()  # that one is itself again
    PersonaMerge.objects.of(workspace).filter(into=persona).update(into=into)
    facts = {"workspace": workspace, "into": into, "at": clock.now()}
    PersonaMerge.objects.update_or_create(persona=persona, defaults=facts)
    for model in (PersonaRule, Survey):
        rows = list(model.objects.of(workspace).filter(persona=persona).select_for_update(no_key=True).order_by("pk"))
        changed = {"persona": into, "version": F("version") + 1, "updated_at": Now()}
        model.objects.filter(pk__in=[row.pk for row in rows]).update(**changed)
        record_all(workspace, f"{model._meta.model_name}.edit", rows, by=by)
    return _start(persona, into, by)


def _start(persona: Persona, into: Persona, by: Actor) -> Job | None:
    workspace = persona.workspace
    told = Submission.objects.of(workspace).filter(persona=persona).count()
    days = UsageDay.objects.of(workspace).filter(persona=persona).count()
    payload = {"persona": persona.pk, "into": into.pk}
    under_way = Job.objects.of(workspace).filter(kind=MERGE_ANSWERS, state__in=AT_WORK, payload=payload).first()
    if under_way or not told + days:
        return under_way
    made_by = by if isinstance(by, User) else None
    job = Job(workspace=workspace, kind=MERGE_ANSWERS, key=secrets.token_hex(8), payload=payload, created_by=made_by)
    jobs.start(job)
    return job


def merge_answers(job: Job, progress: Progress) -> None:
    """Let all that was told of one persona be told of the other, so many at a time, each in a transaction of its own.

    Whoever takes the job up goes on with what is left. Waits for imports, which may still tell of the first.
    """
    if Job.objects.of(job.workspace).filter(kind=IMPORT, state__in=AT_WORK).exists():
        raise Later
    left = Submission.objects.of(job.workspace).filter(persona=job.payload["persona"]).count()
    moved = int(job.result.get("moved", 0))
    total = moved + left
    while some := _move_some(job, moved):
        moved += some
        progress.tell(moved, max(moved, total))
    while _move_days(job):
        progress.tell(moved, max(moved, total))
    jobs.end(job, JobState.DONE, result={"moved": moved})


@retried
def _move_some(job: Job, before: int) -> int:
    """Move the next questionnaires, and return how many that were: 0 when none is left."""
    was, into = job.payload["persona"], job.payload["into"]
    theirs = Submission.objects.of(job.workspace).filter(persona=was)
    ids = list(theirs.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    rows = theirs.filter(pk__in=ids).order_by("source", "external_id").select_for_update(no_key=True)
    moved = [Moved(pk, was, into, by_rule) for pk, by_rule in rows.values_list("pk", "persona_by_rule")]
    move_to_personas(job.workspace, moved)
    if moved:
        Job.objects.filter(pk=job.pk).update(result={"moved": before + len(moved)})
    return len(moved)


@retried
def _move_days(job: Job) -> int:
    """Add the next days of usage to those of the other persona, and return how many that were."""
    was, into = job.payload["persona"], job.payload["into"]
    theirs = UsageDay.objects.of(job.workspace).filter(persona=was).order_by("source", "subject_id", "day")
    days = list(theirs[:DAYS_AT_ONCE])
    if not days:
        return 0
    told: dict[str, Any] = {"workspace": job.workspace_id}
    told |= {"source": [day.source for day in days] * 2, "subject": [day.subject_id for day in days] * 2}
    told |= {"day": [day.day for day in days] * 2, "persona": [was] * len(days) + [into] * len(days)}
    with connection.cursor() as cursor:
        cursor.execute(statements_of_sources.MAKE_USAGE, told)
        cursor.execute(statements_of_sources.LOCK_USAGE, told)
        held = {row[1:5]: (row[0], row[5:]) for row in cursor.fetchall()}
        observed: list[Observed] = []
        changed: list[tuple[int, ...]] = []
        for source, subject, day, _was in [key for key in held if key[3] == was]:
            counts = held[source, subject, day, was][1]
            pk, there = held[source, subject, day, into]
            contacts, visits, completed, complaints = (min(MOST, sum(both)) for both in zip(counts, there, strict=True))
            observed += observed_of(Used(source, subject, day, persona=was), counts)
            observed += observed_of(Used(source, subject, day, contacts, visits, completed, complaints, into), there)
            changed.append((pk, contacts, visits, completed, complaints))
        columns = {name: [row[place] for row in changed] for place, name in enumerate(("pk", *COUNTS))}
        cursor.execute(statements_of_sources.CHANGE_USAGE, columns)
    UsageDay.objects.filter(pk__in=[pk for key, (pk, _) in held.items() if key[3] == was]).delete()
    observe(job.workspace_id, observed)
    return len(days)
