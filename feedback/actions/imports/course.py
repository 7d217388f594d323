"""The course of an import, from the upload to taking it back. A worker does the rest (`worker`)."""

import hashlib
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from feedback.actions.imports.draft import CHECK, IMPORT, STORE, UNDO, drafted, locked, plan_of, unreadable
from feedback.actions.imports.mapping import read_as, settle
from feedback.files import sniff
from touchpoints.models import Subject, SubjectKind
from workspaces import jobs
from workspaces.actions import record
from workspaces.errors import Refused
from workspaces.models import Job, JobState, User, Workspace


class Upload(NamedTuple):
    """A file as it came."""

    name: str
    content: bytes


@transaction.atomic
def begin_import(workspace: Workspace, upload: Upload, *, key: str, about: Subject | None = None, by: User) -> Job:
    """A draft of an import: the file, how it seems to be written, and what its columns seem to mean.

    `key`: the form's own; sent twice it is one draft. `about`: the journey or touchpoint at which the import began.
    Raises Unreadable for what is no table at all; how a text is cut into cells can be corrected in the draft.
    """
    settings = sniff(upload.content)
    job, created = Job.objects.get_or_create(
        workspace=workspace,
        kind=IMPORT,
        key=key,
        defaults={
            "state": JobState.DRAFT,
            "upload": upload.content,
            "upload_name": upload.name[:200],
            "created_by": by,
        },
    )
    if not created:
        return job
    digest = hashlib.sha256(upload.content).hexdigest()
    touchpoint = about.touchpoint.name if about and about.kind == SubjectKind.TOUCHPOINT else ""
    job.payload = {
        "digest": digest,
        "about": about.pk if about else None,
        "touchpoint": touchpoint,
        "leave_out": False,
    }
    read_as(job, settings)
    if "profiles" not in job.payload and settings.kind == "xlsx":
        raise unreadable(job)
    job.save()
    record(workspace, "import.begin", job, by=by)
    return job


@transaction.atomic
def check_import(job: Job, *, by: User) -> Job:
    """Let a worker try all rows. Nothing is stored."""
    job = drafted(job)
    if job.payload.get("unreadable") or plan_of(job).faults():
        raise Refused(_("The mapping is not complete."))
    job.payload.pop("checked", None)
    return _start(job, CHECK, by)


def settle_and_check(job: Job, *, by: User, **chosen: Any) -> Job:
    """What is settled is kept even where something is missing for the check. Raises Refused then."""
    settle(job, **chosen)
    return check_import(job, by=by)


@transaction.atomic
def store_import(job: Job, *, leave_out: bool = False, by: User) -> Job:
    """Let a worker store the answers, in one transaction: all or none, or with `leave_out` all but the refused."""
    job = drafted(job)
    checked = job.payload.get("checked")
    if not checked:
        raise Refused(_("The file has not been checked as it is mapped now."))
    if checked["refused"] and not leave_out:
        raise Refused(_("Some rows cannot be stored. Nothing was imported."))
    job.payload["leave_out"] = leave_out
    record(job.workspace, "import.store", job, by=by)
    return _start(job, STORE, by)


@transaction.atomic
def take_back(job: Job, *, by: User) -> Job:
    """Let a worker delete what the import brought."""
    job = locked(job, [JobState.DONE], _("Only an import that is done can be taken back."))
    return _start(job, UNDO, by)


def _start(job: Job, stage: str, by: User) -> Job:
    job.payload |= {"stage": stage, "asked_by": by.pk}
    jobs.start(job)
    return job


@transaction.atomic
def cancel_import(job: Job) -> Job:
    """Ask the worker to stop. What it has not finished is not stored."""
    current: Job = Job.objects.select_for_update(no_key=True).defer("upload").get(pk=job.pk)
    if current.at_work and current.payload.get("stage") != UNDO:
        Job.objects.filter(pk=job.pk).update(cancel_asked=True)
    return current


@transaction.atomic
def reopen_import(job: Job) -> Job:
    """Go back to the mapping of an import that failed or was cancelled."""
    job = locked(job, (JobState.FAILED, JobState.CANCELLED), _("This import cannot be continued."))
    job.state, job.error, job.cancel_asked = JobState.DRAFT, "", False
    job.save(update_fields=["state", "error", "cancel_asked"])
    return job


@transaction.atomic
def discard_import(job: Job, *, by: User) -> None:
    """Throw away a draft, with its file."""
    states = (JobState.DRAFT, JobState.FAILED, JobState.CANCELLED)
    job = locked(job, states, _("Only a draft can be discarded."))
    record(job.workspace, "import.discard", job, by=by)
    job.delete()
