"""Work that nobody waits for."""

from celery import shared_task

from workspaces import clock
from workspaces.actions.keeping import purge_archived


@shared_task(name="workspaces.purge_archived")
def purge() -> None:
    """Delete for good what was archived more than 30 days ago and is no longer referenced."""
    purge_archived(clock.now())
