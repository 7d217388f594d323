"""The sample, for a person whose workspace is empty. A worker fills it while the person looks on."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from journeys.sample.load import FILL, create_sample
from workspaces import jobs
from workspaces.actions import may_create_workspace
from workspaces.errors import Refused
from workspaces.models import Job, JobState, User, Workspace


def filling(workspace: Workspace) -> Job | None:
    """The job that fills this workspace with the sample, unless it is done or the workspace is no sample."""
    job: Job | None = Job.objects.of(workspace).filter(kind=FILL).exclude(state=JobState.DONE).first()
    return job


def offer(workspace: Workspace, person: User) -> dict[str, Any]:
    """What an empty list of journeys says of the sample: being filled here, there already, or to be had."""
    job = _job_of(person)
    return {
        "filling": filling(workspace),
        "sample": job.workspace if job else None,
        "may_have_sample": job.workspace != workspace if job else may_create_workspace(person),
    }


@transaction.atomic
def open_sample(*, language: str, by: User) -> Workspace:
    """The sample workspace of this person: the one they belong to, else a new one. One that failed is filled again.

    Raises Refused for who has none and may not create workspaces.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # asked for twice at once, it is one
    job = _job_of(by)
    if job is None:
        if not may_create_workspace(by):
            raise Refused(_("Only owners of a workspace may load the sample, since it is a workspace of its own."))
        job = create_sample(language=language, by=by, state=JobState.WAITING)
        jobs.start(job)
    elif job.state == JobState.FAILED:
        jobs.start(job)
    return job.workspace


def _job_of(person: User) -> Job | None:
    theirs = person.memberships.values("workspace")
    samples = Job.objects.filter(kind=FILL, workspace__in=theirs).select_related("workspace")
    job: Job | None = samples.order_by("pk").first()
    return job
