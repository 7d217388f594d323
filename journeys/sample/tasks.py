"""What a worker does for the sample."""

from celery import shared_task

from journeys.sample.load import FILL, count_sample, write_sample
from journeys.sample.measures import give_verdicts
from workspaces import jobs
from workspaces.actions import first_owner
from workspaces.models import Job


@shared_task(name=FILL)
def fill_sample(job_id: int) -> None:
    """Fill a sample workspace. Done twice it is filled once."""
    jobs.attempt(job_id, fill)


def fill(job: Job, progress: jobs.Progress) -> None:
    """Write the sample's content and its health."""
    by = job.created_by or first_owner()
    write_sample(job.workspace, by=by, tell=progress.tell)
    count_sample(job.workspace, tell=progress.tell)
    give_verdicts(job.workspace, by=by)
