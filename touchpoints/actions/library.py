"""What people do with the touchpoints of a workspace's library."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from touchpoints.models import Subject, SubjectKind, Touchpoint
from workspaces.actions import keeping, record_all
from workspaces.models import Actor, Workspace


@transaction.atomic
def create_touchpoint(workspace: Workspace, *, by: Actor, **facts: Any) -> Touchpoint:
    """A new touchpoint, with the subject that answers will be about. Raises IntegrityError when the name is taken."""
    return create_touchpoints(workspace, [facts], by=by)[0]


@transaction.atomic
def create_touchpoints(workspace: Workspace, all_facts: Sequence[Mapping[str, Any]], *, by: Actor) -> list[Touchpoint]:
    """As many new touchpoints, in the statements that one takes. Raises IntegrityError when one's name is taken.

    Without a `target` they have the workspace's usual one.
    """
    subjects = Subject.objects.bulk_create(
        Subject(workspace=workspace, kind=SubjectKind.TOUCHPOINT) for _facts in all_facts
    )
    made: list[Touchpoint] = Touchpoint.objects.bulk_create(
        Touchpoint(workspace=workspace, subject=subject, **{"target": workspace.target, **facts})
        for subject, facts in zip(subjects, all_facts, strict=True)
    )
    record_all(workspace, "touchpoint.create", made, by=by)
    return made


def edit_touchpoint(touchpoint: Touchpoint, *, version: int, by: Actor, **facts: Any) -> Touchpoint:
    """Change a touchpoint's facts, on every journey at once. Raises Stale, and IntegrityError for a taken name."""
    return keeping.edit(touchpoint, version=version, by=by, **facts)


def archive_touchpoint(touchpoint: Touchpoint, *, by: Actor) -> Touchpoint:
    """Take a touchpoint out of the library. Journeys on which it stands keep it, and answers still count."""
    return keeping.archive(touchpoint, by=by)


def restore_touchpoint(touchpoint: Touchpoint, *, by: Actor) -> Touchpoint:
    """Take a touchpoint back. Raises IntegrityError when another has its name by now."""
    return keeping.restore(touchpoint, by=by)
