"""What workers do with observations. Every task starts from the database and may run twice, in any order."""

import structlog
from celery import shared_task

from touchpoints import actions

log = structlog.get_logger(__name__)

WITHIN = 60.0  # seconds after which a task begins nothing more, far below its limit: the next ring goes on from there


@shared_task(name="touchpoints.fold_observations")
def fold_observations(subjects: list[int]) -> None:
    """Fold what is pending about these subjects, what comes while it folds included."""
    actions.fold_all(subjects, within=WITHIN)


@shared_task(name="touchpoints.sweep_observations")
def sweep_observations() -> None:
    """Fold whatever no bell was heard for."""
    actions.fold_all(within=WITHIN)


@shared_task(name="touchpoints.close_days")
def close_days() -> None:
    """Close the day where a new one has begun."""
    if closed := actions.close_days(within=WITHIN):
        log.info("days_closed", subjects=closed)
