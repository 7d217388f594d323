"""What a worker does for the sample."""

import structlog
from celery import shared_task
from django.db import OperationalError, connection

from journeys.sample.load import FILL, count_sample, write_sample
from workspaces import jobs
from workspaces.actions import first_owner
from workspaces.models import Job, JobState

log = structlog.get_logger(__name__)


@shared_task(name=FILL)
def fill_sample(job_id: int) -> None:
    """Fill a sample workspace. Done twice it is filled once."""
    with jobs.working(job_id) as job:
        if job:
            fill(job)


def fill(job: Job) -> None:
    """Write the sample's content and its health. The job says how it ended."""
    progress = jobs.Progress(job)
    try:
        if job.attempts > jobs.MOST_ATTEMPTS:
            jobs.end(job, JobState.FAILED)
            return
        write_sample(job.workspace, by=job.created_by or first_owner(), tell=progress.tell)
        count_sample(job.workspace, tell=progress.tell)
        jobs.end(job, JobState.DONE)
    except Exception as error:
        if isinstance(error, OperationalError) and not connection.is_usable():
            raise  # the database went away: whoever takes up the job begins anew
        log.exception("sample_failed", job=job.pk)
        jobs.end(job, JobState.FAILED)
    finally:
        progress.close()
