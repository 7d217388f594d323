"""What workers do with answers."""

from celery import shared_task

from feedback.actions.imports import IMPORT
from feedback.actions.imports.worker import work
from workspaces.jobs import working


@shared_task(name=IMPORT)
def import_answers(job_id: int) -> None:
    """Check, store or take back an import, whichever is asked for."""
    with working(job_id) as job:
        if job:
            work(job)
