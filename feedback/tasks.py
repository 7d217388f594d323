"""What workers do with answers."""

import structlog
from celery import shared_task

from feedback.actions.complaints import WATCH, watch_lately
from feedback.actions.imports import IMPORT
from feedback.actions.imports.worker import work
from feedback.actions.opening import TELL
from feedback.actions.telling import tell_cases
from feedback.actions.zones import move_days
from workspaces import jobs
from workspaces.actions import MOVE_DAYS
from workspaces.jobs import working

log = structlog.get_logger(__name__)


@shared_task(name=IMPORT)
def import_answers(job_id: int) -> None:
    """Check, store or take back an import, whichever is asked for."""
    with working(job_id) as job:
        if job:
            work(job)


@shared_task(name=MOVE_DAYS)
def move_answers(job_id: int) -> None:
    """Move the answers of a workspace to the days of its new time zone."""
    jobs.attempt(job_id, move_days)


@shared_task(name=WATCH)
def watch_complaints(subjects: list[int]) -> None:
    """Raise bursts of complaints about these subjects."""
    watch_lately(subjects)


@shared_task(name="feedback.sweep_complaints")
def sweep_complaints() -> None:
    """Raise the bursts for which no bell was heard."""
    if bursts := watch_lately():
        log.info("bursts_swept", bursts=bursts)


@shared_task(name=TELL)
def tell_of_cases() -> None:
    """Tell whom it concerns of cases that were opened or became overdue."""
    if told := tell_cases():
        log.info("cases_told", cases=told)
