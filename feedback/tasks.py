"""What workers do with answers."""

import structlog
from celery import shared_task

from feedback.actions.complaints import WATCH, watch_lately
from feedback.actions.fillings import forget_left
from feedback.actions.forget import forget_attributes
from feedback.actions.imports import IMPORT
from feedback.actions.imports.worker import work
from feedback.actions.masking import MASK_STORED, mask_stored
from feedback.actions.opening import TELL
from feedback.actions.persona_apply import APPLY_RULES, apply_rules
from feedback.actions.persona_merging import MERGE_ANSWERS, merge_answers
from feedback.actions.retain import forget_all_old
from feedback.actions.search import SEARCH, search_due, search_imported
from feedback.actions.telling import tell_cases
from feedback.actions.usage_files import USAGE
from feedback.actions.usage_work import work_on_usage
from feedback.actions.zones import move_days
from workspaces import clock, jobs
from workspaces.actions import MOVE_DAYS
from workspaces.jobs import working

log = structlog.get_logger(__name__)

WITHIN = 60.0  # seconds after which a task begins nothing more, far below its limit


@shared_task(name=IMPORT)
def import_answers(job_id: int) -> None:
    """Check, store or take back an import, whichever is asked for."""
    with working(job_id) as job:
        if job:
            work(job)


@shared_task(name=USAGE)
def import_counts(job_id: int) -> None:
    """Check how often touchpoints were used, from a file, or store it, whichever is asked for."""
    jobs.attempt(job_id, work_on_usage)


@shared_task(name=MOVE_DAYS)
def move_answers(job_id: int) -> None:
    """Move the answers of a workspace to the days of its new time zone."""
    jobs.attempt(job_id, move_days)


@shared_task(name=MASK_STORED)
def mask_names(job_id: int) -> None:
    """Mask the names on a workspace's list in what is stored already."""
    jobs.attempt(job_id, mask_stored)


@shared_task(name=APPLY_RULES)
def apply_persona_rules(job_id: int) -> None:
    """Give a workspace's questionnaires the personas of its rules."""
    jobs.attempt(job_id, apply_rules)


@shared_task(name=MERGE_ANSWERS)
def merge_persona_answers(job_id: int) -> None:
    """Let what was told of one persona be told of another, of which it has become part."""
    jobs.attempt(job_id, merge_answers)


@shared_task(name=WATCH)
def watch_complaints(subjects: list[int]) -> None:
    """Raise bursts of complaints about these subjects."""
    watch_lately(subjects)


@shared_task(name="feedback.purge_attributes")
def purge_attributes() -> None:
    """Delete for good the attributes that were archived more than 30 days ago, and what answers said of them."""
    forget_attributes(clock.now())


@shared_task(name="feedback.sweep_complaints")
def sweep_complaints() -> None:
    """Raise the bursts for which no bell was heard."""
    if bursts := watch_lately():
        log.info("bursts_swept", bursts=bursts)


@shared_task(name="feedback.forget_fillings")
def forget_fillings() -> None:
    """Delete what customers began to answer and left."""
    if gone := forget_left(clock.now()):
        log.info("fillings_forgotten", fillings=gone)


@shared_task(name=SEARCH)
def search_imported_themes(job_id: int) -> None:
    """Search what an import told about for themes."""
    search_imported(job_id, within=WITHIN)


@shared_task(name="feedback.search_themes")
def search_due_themes() -> None:
    """Search for themes wherever a new day has begun since they were searched for."""
    if searched := search_due(within=WITHIN):
        log.info("themes_searched", touchpoints=searched)


@shared_task(name=TELL)
def tell_of_cases() -> None:
    """Tell whom it concerns of cases that were opened or became overdue."""
    if told := tell_cases():
        log.info("cases_told", cases=told)


@shared_task(name="feedback.forget_old")
def forget_what_is_old() -> None:
    """Remove what workspaces keep no longer, in the night of each."""
    if done := forget_all_old(within=WITHIN):
        log.info("retention_kept", workspaces=done)
