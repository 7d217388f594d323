"""The audit trail: who did what to which row, without any value."""

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps
from django.db.models import Model

from workspaces.models import Actor, ApiToken, AuditEntry, Workspace


def record(workspace: Workspace, verb: str, target: Model, *, by: Actor | None) -> None:
    """Write down that `by` did `verb` (such as "member.role") to `target`. Call it in the action's transaction."""
    record_all(workspace, verb, [target], by=by)


def record_all(workspace: Workspace, verb: str, targets: Iterable[Model], *, by: Actor | None) -> None:
    """Write down that `by` did the same to all of `targets`: one statement, however many."""
    person, token = (None, by) if isinstance(by, ApiToken) else (by, None)
    AuditEntry.objects.bulk_create(
        AuditEntry(workspace=workspace, actor=person, token=token, verb=verb, target=f"{row._meta.model_name} {row.pk}")
        for row in targets
    )


def names_now(workspace: Workspace, entries: Iterable[AuditEntry]) -> dict[str, str]:
    """What the rows are called today, by target, where they still exist and have a name that all who read it may know.

    A statement a kind of row.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        kind, _space, number = entry.target.partition(" ")
        wanted[kind].add(number)
    named = {
        model._meta.model_name: model
        for model in apps.get_models()
        if model.__str__ is not Model.__str__ and getattr(model, "named_in_trail", True)
    }
    return {
        f"{kind} {row.pk}": str(row)
        for kind in wanted.keys() & named.keys() - {Workspace._meta.model_name}
        for row in named[kind].objects.of(workspace).filter(pk__in=wanted[kind]).select_related()  # type: ignore[attr-defined]
    }
