"""The names that a workspace has taken out of what customers write, also of what is stored already."""

import json
from typing import Any

from django.db import connection
from django.db.models import Max

from feedback.actions import statements
from feedback.actions.imports.draft import IMPORT
from feedback.actions.reading import LONGEST_COMMENT, LONGEST_SEGMENT
from feedback.models import Filling, MaskedNames, Response, Submission
from feedback.names import Masker, masker_of
from workspaces import jobs
from workspaces.access import locked
from workspaces.actions import keeping
from workspaces.jobs import Later, Progress
from workspaces.models import AT_WORK, LONGEST_ATTRIBUTE, Actor, Job, User, Workspace
from workspaces.transactions import retried

MASK_STORED = "feedback.mask_stored"  # the kind of the job that masks what is stored: the name of its task
AT_ONCE = 1000  # questionnaires that are masked together


def masked_names_of(workspace: Workspace) -> MaskedNames:
    """The list of a workspace; an empty one, not stored, where nobody has named anybody."""
    return MaskedNames.objects.of(workspace).first() or MaskedNames(workspace=workspace)


def masker_for(workspace: Workspace) -> Masker:
    """What masks for this workspace, with the names on its list as it stands: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"{statements.NAMES} %s", [workspace.pk])
        row = cursor.fetchone()
    return masker_of(row[0] if row else "")


@retried
def edit_masked_names(workspace: Workspace, *, version: int, by: Actor, **facts: Any) -> MaskedNames:
    """Change the list. Where it grows, a worker masks what is stored already; what is masked stays so. Raises Stale."""
    was: MaskedNames = locked(MaskedNames.objects.get_or_create(workspace=workspace)[0])
    names, members = set(was.names.splitlines()), was.members
    now: MaskedNames = keeping.edit(was, version=version, by=by, **facts)  # type: ignore[type-var] # has a version, and no shelf
    if set(now.names.splitlines()) - names or now.members > members:
        made_by = by if isinstance(by, User) else None
        jobs.start(Job(workspace=workspace, kind=MASK_STORED, key=str(now.version), created_by=made_by))
    return now


def mask_stored(job: Job, progress: Progress) -> None:
    """Mask all comments, segments and attributes of a workspace by its list as it stands.

    Each thousand questionnaires by themselves, so that whoever takes the job up goes on. Waits for imports: what they
    store is not to be seen before their end.
    """
    workspace = job.workspace
    at_work = Job.objects.of(workspace).filter(kind=IMPORT, state__in=AT_WORK)
    if at_work.exists():
        raise Later
    masker = masker_for(workspace)
    _mask_fillings(workspace, masker)
    last = Submission.objects.of(workspace).aggregate(last=Max("pk"))["last"] or 0
    reached = 0
    while (upto := _mask_some(workspace, reached, masker)) is not None:
        reached = upto
        progress.tell(reached, max(reached, last))


@retried
def _mask_some(workspace: Workspace, after: int, masker: Masker) -> int | None:
    """Mask the next questionnaires behind this one, and return the last of them; None when there is none left."""
    following = Submission.objects.of(workspace).filter(pk__gt=after).order_by("pk")
    ids = list(following.values_list("pk", flat=True)[:AT_ONCE])
    if not ids:
        return None
    rows = Submission.objects.filter(pk__in=ids).order_by("source", "external_id").select_for_update(no_key=True)
    told: dict[str, list[Any]] = {"id": [], "segment": [], "attributes": []}
    for pk, segment, attributes in rows.values_list("pk", "segment", "attributes"):
        without = masker.value(segment)[:LONGEST_SEGMENT]
        said = {key: masker.value(text)[:LONGEST_ATTRIBUTE] for key, text in attributes.items()}
        if (without, said) != (segment, attributes):
            _add(told, id=pk, segment=without, attributes=json.dumps(said))
    wrote: dict[str, list[Any]] = {"id": [], "text": []}
    for pk, text in Response.objects.filter(submission__in=ids).exclude(text="").values_list("pk", "text"):
        if (without := masker.comment(text)[:LONGEST_COMMENT]) != text:
            _add(wrote, id=pk, text=without)
    with connection.cursor() as cursor:
        if told["id"]:
            cursor.execute(statements.MASK_SUBMISSIONS, told)
            cursor.execute(statements.TOUCH_RESPONSES, told)
        if wrote["id"]:
            cursor.execute(statements.MASK_RESPONSES, wrote)
    return int(ids[-1])


def _add(columns: dict[str, list[Any]], **row: Any) -> None:
    for name, value in row.items():
        columns[name].append(value)


def _mask_fillings(workspace: Workspace, masker: Masker) -> None:
    """Of customers who have not sent what they answered yet; one who answers at this moment is masked by that."""
    for pk, answers in Filling.objects.of(workspace).filter(submitted_at=None).values_list("pk", "answers").iterator():
        without = {name: masker.comment(said) if isinstance(said, str) else said for name, said in answers.items()}
        if without != answers:
            Filling.objects.filter(pk=pk, answers=answers).update(answers=without)
