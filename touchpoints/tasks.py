"""What workers do with observations. Every task starts from the database and may run twice, in any order."""

import structlog
from celery import shared_task

from touchpoints import actions
from touchpoints.actions.rules import APPLY
from workspaces import jobs

log = structlog.get_logger(__name__)

WITHIN = 60.0  # seconds after which a task begins nothing more, far below its limit: the next ring goes on from there


@shared_task(name="touchpoints.fold_observations")
def fold_observations(subjects: list[int]) -> None:
    """Fold what is pending about these subjects, what comes while it folds included, and some of what else is."""
    actions.fold_rung(subjects, within=WITHIN)


@shared_task(name="touchpoints.sweep_observations")
def sweep_observations() -> None:
    """Fold whatever no bell was heard for."""
    actions.fold_all(within=WITHIN)


@shared_task(name="touchpoints.close_days")
def close_days() -> None:
    """Close the day where a new one has begun."""
    if closed := actions.close_days(within=WITHIN):
        log.info("days_closed", subjects=closed)


@shared_task(name=APPLY)
def apply_rule(job_id: int) -> None:
    """Bring the scores of a workspace to its new rule."""
    jobs.attempt(job_id, actions.apply_rule)


@shared_task(name="touchpoints.watch")
def watch() -> None:
    """Look for what got worse, wherever a day was closed since it was last looked at."""
    if watched := actions.watch(within=WITHIN):
        log.info("watched", subjects=watched)
