"""Files that wait to be imported, what finished imports still quote of theirs, and answers kept for programs."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from feedback.actions import statements
from feedback.actions.imports.draft import IMPORT
from feedback.actions.persons.sought import Person
from feedback.files import Settings, Unreadable, Why, as_text, read_table
from workspaces.actions import record
from workspaces.errors import Refused
from workspaces.models import AT_WORK, Actor, Job, JobState, Workspace

STAGED = (JobState.DRAFT, JobState.FAILED, JobState.CANCELLED)


def staged_with(workspace: Workspace, person: Person, exactly: set[str]) -> list[Job]:
    """Jobs whose file names this person or has a cell that holds `exactly` one of these texts."""
    there: QuerySet[Job] = Job.objects.of(workspace).filter(upload__isnull=False, state__in=[*STAGED, *AT_WORK])
    texts = exactly | set(person.names)
    return [job for job in there.order_by("pk").iterator(chunk_size=1) if _names(job, person, texts)]


def purge_files(workspace: Workspace, person: Person, exactly: set[str], *, by: Actor) -> int:
    """Delete the staged files that name them, and return how many.

    Raises Refused while a worker is at one of them: it would bring what is erased here.
    """
    found = staged_with(workspace, person, exactly)
    if any(job.state in AT_WORK for job in found):
        raise Refused(_("An import is at work whose file names this person. Wait until it has ended, or cancel it."))
    for job in found:
        record(workspace, "import.discard", job, by=by)
    Job.objects.filter(pk__in=[job.pk for job in found]).delete()
    return len(found)


def forget_quotes(jobs: "QuerySet[Job]") -> int:
    """Let imports that are over forget the cells that they show of their files, and return how many did.

    Rows, columns and reasons of what was refused stay, without the values.
    """
    forgot = 0
    for job in jobs.filter(kind=IMPORT, upload=None).exclude(state__in=AT_WORK).defer("upload").iterator():
        payload, result = _without_quotes(job.payload), _without_quotes(job.result)
        if (payload, result) != (job.payload, job.result):
            forgot += Job.objects.filter(pk=job.pk).update(payload=payload, result=result)
    return forgot


def forget_kept_answers(workspace: Workspace, texts: set[str]) -> int:
    """Delete the answers that are kept for programs which ask again, where they hold one of these texts."""
    needles = {form.encode() for text in texts for form in (text, json.dumps(text)[1:-1])}
    with connection.cursor() as cursor:
        cursor.execute(statements.FORGET_KEPT_ANSWERS, {"workspace": workspace.pk, "needles": sorted(needles)})
        return int(cursor.rowcount)


def _names(job: Job, person: Person, texts: set[str]) -> bool:
    content = bytes(job.upload or b"")
    try:
        cells = list(_cells(content, job.payload["settings"]))
    except (KeyError, Unreadable):
        # Of a text that is no table its bytes tell. What is packed and broken nobody can look into: it goes.
        return content.startswith(b"PK") or any(text.encode() in content for text in texts)
    return any(cell in texts or person.is_named_in(cell) for cell in cells)


def _cells(content: bytes, stored: dict[str, Any]) -> Iterator[str]:
    """All that is written in a file, its headers and every sheet of it, too."""
    settings = replace(Settings.from_json(stored), header=0, first=1)
    for sheet in settings.sheets or (settings.sheet,):
        try:
            rows = read_table(content, replace(settings, sheet=sheet)).rows
        except Unreadable as fault:
            if fault.why is not Why.NO_ROWS:
                raise
            continue
        yield from (text for row in rows for cell in row.cells if (text := as_text(cell)))


def _without_quotes(kept: dict[str, Any]) -> dict[str, Any]:
    left = {name: value for name, value in kept.items() if name != "checked"}
    if "profiles" in left:
        left["profiles"] = [{**found, "values": []} for found in left["profiles"]]
    if "first" in left:
        left["first"] = []
    if "problems" in left:
        left["problems"] = [
            [row, column, "", code, {name: "" if isinstance(value, str) else value for name, value in params.items()}]
            for row, column, _value, code, params in left["problems"]
        ]
    return left
