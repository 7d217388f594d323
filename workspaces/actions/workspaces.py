"""Workspaces come to be, and change their name, language, time and bands."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from workspaces import clock
from workspaces.access import locked
from workspaces.actions.audit import record
from workspaces.jobs import start
from workspaces.models import Job, Membership, Role, User, Workspace

MOVE_DAYS = "feedback.move_days"  # the kind of the job that brings answers to a new zone: the name of its task
# German letters keep their usual transcription in addresses: "Müller" becomes "mueller", not "muller".
TRANSCRIPTION = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def create_workspace(*, name: str, by: User, slug: str = "", **settings: Any) -> Workspace:
    """A new workspace, owned by whoever made it. Without `slug` its address is made from the name.

    `settings`: language, time_zone, currency. A taken address gets a number; a given `slug` that is taken raises
    IntegrityError.
    """
    wanted = slug or slugify(name.translate(TRANSCRIPTION))[:50] or "workspace"
    attempt = 1
    while True:
        try:
            with transaction.atomic():
                address = wanted if attempt == 1 else f"{wanted}-{attempt}"
                workspace = Workspace.objects.create(name=name, slug=address, **settings)
                Membership.objects.create(workspace=workspace, user=by, role=Role.OWNER, joined_at=clock.now())
                record(workspace, "workspace.create", workspace, by=by)
                return workspace
        except IntegrityError:
            if slug or not Workspace.objects.filter(slug=address).exists():
                raise
            attempt += 1


@transaction.atomic
def edit_workspace(workspace: Workspace, *, version: int, by: User, **changes: Any) -> Workspace:
    """Change name, address, language, zone, currency or bands. Raises `Stale`.

    In another zone answers belong to other days: a worker moves them.
    """
    workspace = locked(workspace, version)
    zone = workspace.time_zone
    for field, value in changes.items():
        setattr(workspace, field, value)
    workspace.version += 1
    workspace.save()
    record(workspace, "workspace.edit", workspace, by=by)
    if workspace.time_zone != zone:
        payload = {"from": zone, "to": workspace.time_zone}
        start(Job(workspace=workspace, kind=MOVE_DAYS, key=str(workspace.version), payload=payload, created_by=by))
    return workspace
