"""What a worker does for the sample."""

from celery import shared_task

from journeys.sample.load import FILL, count_sample, write_sample
from workspaces import jobs
from workspaces.actions import first_owner
from workspaces.models import Job


@shared_task(name=FILL)
def fill_sample(job_id: int) -> None:
    """Fill a sample workspace. Done twice it is filled once."""
    jobs.attempt(job_id, fill)


def fill(job: Job, progress: jobs.Progress) -> None:
    """Write the sample's content and its health."""
    write_sample(job.workspace, by=job.created_by or first_owner(), tell=progress.tell)
    count_sample(job.workspace, tell=progress.tell)
