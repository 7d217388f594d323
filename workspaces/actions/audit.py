"""The audit trail: who did what to which row, without any value."""

from django.db.models import Model

from workspaces.models import AuditEntry, User, Workspace


def record(workspace: Workspace, verb: str, target: Model, *, by: User | None) -> None:
    """Write down that `by` did `verb` (such as "member.role") to `target`. Call it in the action's transaction."""
    AuditEntry.objects.create(workspace=workspace, actor=by, verb=verb, target=f"{target._meta.model_name} {target.pk}")
