"""What workers do with measures."""

import structlog
from celery import shared_task

from measures import actions

log = structlog.get_logger(__name__)

WITHIN = 60.0  # seconds after which it begins nothing more, far below its limit


@shared_task(name="measures.review")
def review() -> None:
    """Tell the reviews of live measures anew where a day is over, and remind of those that are due."""
    if told := actions.review_measures(within=WITHIN):
        log.info("measures_reviewed", reviews=told)
    actions.remind_of_reviews()
