"""What people note of what happened at touchpoints."""

from typing import Any

from django.db import transaction

from touchpoints.models import Event
from workspaces.actions import keeping, record_all
from workspaces.models import Actor, Workspace


@transaction.atomic
def create_event(workspace: Workspace, *, by: Actor, **facts: Any) -> Event:
    """Something that happened on a day, at a touchpoint or at all of them. Raises IntegrityError for an absurd day."""
    made: Event = Event.objects.create(workspace=workspace, **facts)
    record_all(workspace, "event.create", [made], by=by)
    return made


def edit_event(event: Event, *, version: int, by: Actor, **facts: Any) -> Event:
    """Change what an event says, when and where it was. Raises Stale."""
    return keeping.edit(event, version=version, by=by, **facts)


def archive_event(event: Event, *, by: Actor) -> Event:
    """Take an event out of the trends."""
    return keeping.archive(event, by=by)


def restore_event(event: Event, *, by: Actor) -> Event:
    """Take an event back."""
    return keeping.restore(event, by=by)
