"""How rows that people edit are kept: an edit raises the version, archiving is the only deletion people have."""

import datetime
from typing import Any, TypeVar, cast

import structlog
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from workspaces import clock
from workspaces.access import locked
from workspaces.actions.audit import record
from workspaces.errors import Stale
from workspaces.models import Actor, Attribute, Editable
from workspaces.transactions import retried

log = structlog.get_logger(__name__)

RESTORABLE = datetime.timedelta(days=30)

Row = TypeVar("Row", bound=Editable)


@retried
def edit(row: Row, *, version: int, by: Actor, **facts: Any) -> Row:
    """Give the row these facts and return it as it stands then. An edit that changes nothing is harmless.

    Raises Stale when somebody else changed the row after `version`, and IntegrityError when the database refuses.
    """
    try:
        now = locked(row, version)
    except Stale as stale:
        if differs(stale.current, facts):
            raise
        return cast("Row", stale.current)  # sent twice
    if differs(now, facts):
        for name, value in facts.items():
            setattr(now, name, value)
        store(now, "edit", by=by)
    return now


def differs(row: Model, facts: dict[str, Any]) -> bool:
    """Whether any of these facts is news to the row."""
    return any(getattr(row, name) != value for name, value in facts.items())


@retried
def archive(row: Row, *, by: Actor) -> Row:
    """Take the row out of every list; it can be restored for 30 days. Archiving twice is harmless."""
    now = locked(row)
    if not now.archived_at:
        now.archived_at = clock.now()
        store(now, "archive", by=by)
    return now


@retried
def restore(row: Row, *, by: Actor) -> Row:
    """Take the row back. Raises IntegrityError when its name has been given to another meanwhile."""
    now = locked(row)
    if now.archived_at:
        now.archived_at = None
        store(now, "restore", by=by)
    return now


def store(row: Any, verb: str, *, by: Actor | None) -> None:
    """Store a locked row that was changed as its next version, and write down who did it."""
    row.version += 1
    row.save()
    record(row.workspace, f"{row._meta.model_name}.{verb}", row, by=by)


def purge_archived(now: datetime.datetime) -> int:
    """Delete for good what was archived more than 30 days before `now`, and return how many rows that were.

    Upper rooms are emptied first, since they point down. What is still referenced stays for another night. Attributes
    stay until answers have forgotten them, which is not for this room.
    """
    gone = 0
    models: list[Any] = [one for one in apps.get_models() if issubclass(one, Editable) and one is not Attribute]
    for model in models:
        gone += sum(_delete(row) for row in model.objects.filter(archived_at__lt=now - RESTORABLE).iterator())
    return gone


def _delete(row: Editable) -> bool:
    try:
        with transaction.atomic():
            row.delete()
            connection.check_constraints()  # the deferred ones too, so that a refusal concerns this row alone
    except IntegrityError:  # ProtectedError is one, too
        log.info("still_referenced", model=row._meta.label, id=row.pk)
        return False
    return True
