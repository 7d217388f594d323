"""What people do with the touchpoints of a workspace's library."""

from typing import Any

from django.db import transaction

from touchpoints.models import Subject, SubjectKind, Touchpoint
from workspaces.actions import keeping, record
from workspaces.models import Actor, Workspace


@transaction.atomic
def create_touchpoint(workspace: Workspace, *, by: Actor, **facts: Any) -> Touchpoint:
    """A new touchpoint, with the subject that answers will be about. Raises IntegrityError when the name is taken."""
    subject = Subject.objects.create(workspace=workspace, kind=SubjectKind.TOUCHPOINT)
    touchpoint: Touchpoint = Touchpoint.objects.create(workspace=workspace, subject=subject, **facts)
    record(workspace, "touchpoint.create", touchpoint, by=by)
    return touchpoint


def edit_touchpoint(touchpoint: Touchpoint, *, version: int, by: Actor, **facts: Any) -> Touchpoint:
    """Change a touchpoint's facts, on every journey at once. Raises Stale, and IntegrityError for a taken name."""
    return keeping.edit(touchpoint, version=version, by=by, **facts)


def archive_touchpoint(touchpoint: Touchpoint, *, by: Actor) -> Touchpoint:
    """Take a touchpoint out of the library. Journeys on which it stands keep it, and answers still count."""
    return keeping.archive(touchpoint, by=by)


def restore_touchpoint(touchpoint: Touchpoint, *, by: Actor) -> Touchpoint:
    """Take a touchpoint back. Raises IntegrityError when another has its name by now."""
    return keeping.restore(touchpoint, by=by)
