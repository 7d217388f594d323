"""The digests that members are mailed, and the sheets that they order."""

from celery import shared_task

from scorecards.digest import written_for
from scorecards.printing import PRINT, forget_prints, make_print
from workspaces import clock, jobs
from workspaces.actions import mail_digests


@shared_task(name="scorecards.mail_digests")
def digests_by_mail() -> None:
    """Mail the digests of this morning, and those that the mail server refused."""
    mail_digests(written_for)


@shared_task(name=PRINT)
def print_table(job_id: int) -> None:
    """Make the sheets of a long table."""
    jobs.attempt(job_id, make_print)


@shared_task(name="scorecards.forget_prints")
def forget_old_prints() -> None:
    """Delete sheets that were there to be fetched for a day."""
    forget_prints(clock.now())
