"""Several touchpoints of a library at once, in as many statements for any number."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from touchpoints.models import Touchpoint
from workspaces.actions.audit import record_all
from workspaces.models import Actor, Workspace


def hold_touchpoints(workspace: Workspace, ids: Iterable[int]) -> dict[int, Touchpoint]:
    """These touchpoints as they are now, locked until commit. Inside a transaction only."""
    rows = Touchpoint.objects.of(workspace).select_for_update(no_key=True, of=("self",))
    return {touchpoint.pk: touchpoint for touchpoint in rows.filter(pk__in=list(ids)).order_by("pk")}


def rewrite_touchpoints(workspace: Workspace, facts: Mapping[Touchpoint, Mapping[str, Any]], *, by: Actor) -> None:
    """Give locked touchpoints other facts, of the same kinds to each: `{pay: {"channel_id": 3}, …}`.

    Each one's version rises by one. Raises IntegrityError when the database refuses.
    """
    now = timezone.now()
    for touchpoint, given in facts.items():
        for name, value in given.items():
            setattr(touchpoint, name, value)
        touchpoint.version += 1
        touchpoint.updated_at = now
    names = {Touchpoint._meta.get_field(name).name for given in facts.values() for name in given}
    Touchpoint.objects.bulk_update(facts, [*names, "version", "updated_at"])
    record_all(workspace, "touchpoint.edit", facts, by=by)
