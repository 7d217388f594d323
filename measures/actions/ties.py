"""Rows with ties to many others, edited as one."""

from collections.abc import Iterable
from typing import Any, TypeVar, cast

from django.db.models import Model

from workspaces.access import locked
from workspaces.actions import keeping
from workspaces.errors import Stale
from workspaces.models import Actor, Editable

Row = TypeVar("Row", bound=Editable)


def tie(row: Any, **ties: Iterable[Model] | None) -> None:
    """Let the row point at exactly these, by the names of its relations; None leaves them as they are."""
    for name, ends in ties.items():
        if ends is not None:
            getattr(row, name).set(ends, through_defaults={"workspace": row.workspace})


def edit_tied(row: Row, *, version: int, by: Actor, facts: dict[str, Any], **ties: Iterable[Model] | None) -> Row:
    """As `keeping.edit`, and its ties with it: one version, one entry. Call it in a transaction."""
    wanted = {name: set(ends) for name, ends in ties.items() if ends is not None}
    try:
        now = locked(row, version)
    except Stale as stale:
        if keeping.differs(stale.current, facts) or _differ(stale.current, wanted):
            raise
        return cast("Row", stale.current)  # sent twice
    if keeping.differs(now, facts) or _differ(now, wanted):
        for name, value in facts.items():
            setattr(now, name, value)
        tie(now, **wanted)
        keeping.store(now, "edit", by=by)
    return now


def _differ(row: Any, wanted: dict[str, set[Model]]) -> bool:
    return any(set(getattr(row, name).all()) != ends for name, ends in wanted.items())
