"""The digests that members are mailed."""

from celery import shared_task

from scorecards.digest import written_for
from workspaces.actions import mail_digests


@shared_task(name="scorecards.mail_digests")
def digests_by_mail() -> None:
    """Mail the digests of this morning, and those that the mail server refused."""
    mail_digests(written_for)
