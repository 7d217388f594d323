"""What is swept away behind people and programs, and the mails that notices become."""

import datetime

import structlog
from celery import shared_task
from django.contrib.sessions.models import Session

from workspaces import clock, jobs
from workspaces.actions import mail_notices
from workspaces.actions.courier import deliver, forget_deliveries
from workspaces.actions.keeping import purge_archived
from workspaces.actions.programs import DELIVER
from workspaces.models import KeptAnswer, RateCount, SignInLink

KEPT = datetime.timedelta(days=1)  # longer than any window of a limit

WITHIN = 30.0  # seconds after which nobody else is called: far below the task's limit

log = structlog.get_logger(__name__)


@shared_task(name="workspaces.purge_archived")
def purge() -> None:
    """Delete for good what was archived more than 30 days ago and is no longer referenced."""
    purge_archived(clock.now())


@shared_task(name="workspaces.sweep_expired")
def sweep_expired() -> None:
    """Delete counts of windows long over, links, kept answers and deliveries too old, and sessions that ended."""
    now = clock.now()
    RateCount.objects.filter(window__lt=now - KEPT).delete()
    SignInLink.objects.filter(expires_at__lt=now - KEPT).delete()
    KeptAnswer.objects.filter(created_at__lt=now - KEPT).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    forget_deliveries(now)


@shared_task(name="workspaces.sweep_jobs")
def sweep_jobs() -> None:
    """Take up jobs whose bell nobody heard or whose worker died."""
    if rung := jobs.sweep():
        log.info("jobs_rung_again", jobs=rung)


@shared_task(name="workspaces.mail_notices")
def notices_by_mail() -> None:
    """Mail the notices that are due. Rung when there are new ones; the clock's bell also finds those to be retried."""
    mail_notices()


@shared_task(name=DELIVER)
def deliver_to_programs() -> None:
    """Call the webhooks that are to be told something. Rung when there is news; the clock's bell finds the rest."""
    deliver(within=WITHIN)
