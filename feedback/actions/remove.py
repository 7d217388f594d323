"""Taking answers back."""

from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Now

from feedback.actions import statements
from feedback.actions.heard_personas import Held, Pair, hold_personas, settle_personas
from feedback.actions.opening import part_with_answers
from feedback.models import Response, Submission
from touchpoints.actions import Observed, observe
from workspaces import clock
from workspaces.actions import record
from workspaces.models import Actor, Job, Workspace
from workspaces.transactions import retried


@retried
def remove_responses(workspace: Workspace, responses: Collection[int], *, by: Actor | None) -> int:
    """Remove answers, named by the ids of their rows, and return how many of them were still there.

    Value and comment go; the row stays, so that a late replay cannot bring the answer back. A higher version can.
    """
    meant = Response.objects.of(workspace).filter(id__in=responses)
    _lock_submissions(meant)
    there = meant.filter(removed_at=None)
    going = _observe_going(workspace.id, there)
    for response in there:
        record(workspace, "response.remove", response, by=by)
    removed: int = there.update(value=None, text="", removed_at=clock.now(), updated_at=Now())
    settle_personas(workspace.pk, going, went=going.heard | going.unheard)
    return removed


@retried
def undo_import(job: Job, *, by: Actor | None) -> int:
    """Delete all answers that an import brought, and return how many: the same file may then come once more.

    An answer that a later version changed since is no longer the import's and stays as it is now. One of which the
    import itself brought a later version goes with it: what it said before is not kept. Where the import changed
    what is true of a whole questionnaire, the questionnaire's other answers keep that.
    """
    brought = Response.objects.filter(job=job)
    submissions = _lock_submissions(brought)
    going = _observe_going(job.workspace_id, brought.exclude(value=None))
    part_with_answers(job)
    with connection.cursor() as cursor:
        cursor.execute(statements.DELETE_RESPONSES_OF_JOB, {"job": job.pk})
        deleted: int = cursor.rowcount
        cursor.execute(statements.DELETE_EMPTY_SUBMISSIONS, {"ids": submissions})
    settle_personas(job.workspace_id, going, went=going.heard | going.unheard)
    record(job.workspace, "import.undo", job, by=by)
    return deleted


def _lock_submissions(responses: QuerySet[Response]) -> list[int]:
    """Lock the questionnaires of these answers in the order of their keys, as everybody does who changes answers."""
    submissions = Submission.objects.filter(id__in=responses.values("submission")).order_by("source", "external_id")
    return list(submissions.select_for_update(no_key=True).values_list("id", flat=True))


def _observe_going(workspace_id: int, responses: QuerySet[Response]) -> Held:
    columns = ("subject_id", "submission__persona_id", "metric", "scale", "submission__day", "value")
    rows: list[Any] = list(responses.values_list(*columns))
    held = hold_personas(workspace_id, {Pair(*row[:2]) for row in rows if row[1] is not None})
    observe(
        workspace_id,
        [Observed._make((subject, held.counted(subject, whose), *said, -1)) for subject, whose, *said in rows],
    )
    return held
