"""How often touchpoints were used, from a file: tried and, when somebody agrees, stored by a worker (`usage_work`)."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from feedback.actions.imports import Upload
from feedback.actions.imports.draft import locked
from feedback.columns.counts import said_by
from feedback.files import Table, read_table, sniff
from workspaces import jobs
from workspaces.actions import record
from workspaces.errors import Refused
from workspaces.models import AT_WORK, Job, JobState, User, Workspace

USAGE = "feedback.import_usage"  # the kind of these jobs: the name of their task
OPEN = (JobState.DRAFT, JobState.FAILED, JobState.CANCELLED)


@transaction.atomic
def begin_usage(workspace: Workspace, upload: Upload, *, source: str, key: str, by: User) -> Job:
    """A draft of which a worker tries each row. `source`: who counted, where the file does not say.

    `key`: the form's own; sent twice it is one draft. Raises Unreadable for what is no table, and Refused for one
    without a day, a touchpoint or anything counted.
    """
    settings = sniff(upload.content)
    _refuse_missing(read_table(upload.content, settings))
    job: Job
    job, created = Job.objects.get_or_create(
        workspace=workspace,
        kind=USAGE,
        key=key,
        defaults={
            "payload": {
                "settings": settings.as_json(),
                "source": source,
                "digest": hashlib.sha256(upload.content).hexdigest(),
            },
            "upload": upload.content,
            "upload_name": upload.name[:200],
            "created_by": by,
        },
    )
    if created:
        record(workspace, "usage.begin", job, by=by)
        _start(job, storing=False, by=by)
    return job


def _refuse_missing(table: Table) -> None:
    if missing := said_by(table.columns).missing:
        names = {
            "day": _("day"),
            "touchpoint": _("touchpoint"),
            "counts": _("contacts, visits, completed or complaints"),
        }
        wanted = "; ".join(names[one] for one in missing)
        raise Refused(_("The file has no column for: %(columns)s.") % {"columns": wanted})


def _start(job: Job, *, storing: bool, by: User) -> Job:
    job.payload |= {"storing": storing, "asked_by": by.pk}
    jobs.start(job)
    return job


@transaction.atomic
def check_usage(job: Job, *, by: User) -> Job:
    """Let a worker try the rows again, after something that they name was made, or after storing did not succeed."""
    job = locked(job, OPEN, _("A worker is at this file, or has stored it."))
    job.payload.pop("report", None)
    return _start(job, storing=False, by=by)


@transaction.atomic
def store_usage(job: Job, *, by: User) -> Job:
    """Let a worker store all that was counted, or nothing. Raises Refused while anything stands against a row."""
    job = locked(job, [JobState.DRAFT], _("A worker is at this file, or has stored it."))
    report = job.payload["report"]
    if report["refused"] or not report["counts"]:
        raise Refused(_("Some rows cannot be stored. Nothing was imported."))
    record(job.workspace, "usage.store", job, by=by)
    return _start(job, storing=True, by=by)


@transaction.atomic
def cancel_usage(job: Job) -> None:
    """Ask the worker to stop. Nothing is stored then."""
    Job.objects.filter(pk=job.pk, state__in=AT_WORK).update(cancel_asked=True)


@transaction.atomic
def discard_usage(job: Job, *, by: User) -> None:
    """Throw away a draft, with its file."""
    job = locked(job, OPEN, _("A worker is at this file, or has stored it."))
    record(job.workspace, "usage.discard", job, by=by)
    job.delete()
