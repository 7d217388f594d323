"""Mappings that are kept under a name, for the next file of the same making."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from feedback.actions.imports.draft import plan_of
from feedback.columns import Plan
from feedback.columns.guess import key_of
from feedback.models import Mapping
from workspaces.actions import record
from workspaces.models import Job, User, Workspace

FITS = 0.8  # a saved mapping is used on its own when so much of it is found in a file


def fitting_mapping(workspace: Workspace, columns: Sequence[str]) -> Mapping | None:
    """The newest saved mapping whose columns are nearly all in the file."""
    here = {key_of(name) for name in columns}
    for saved in Mapping.objects.of(workspace).order_by("-updated_at", "-pk"):
        wanted = [key_of(name) for name in saved.columns.get("columns", {})]
        if wanted and sum(name in here for name in wanted) >= FITS * len(wanted):
            found: Mapping = saved
            return found
    return None


def adapted(plan: Plan, columns: Sequence[str], source: str) -> Plan:
    """A saved mapping for a file with these columns: names may differ in case and signs."""
    here = {key_of(name): name for name in reversed(columns)}
    kept = {here[key_of(name)]: column for name, column in plan.columns.items() if key_of(name) in here}
    return replace(plan, columns=kept, source=plan.source or source, create=())


@transaction.atomic
def save_mapping(job: Job, name: str, *, by: User) -> Mapping:
    """Keep the mapping under a name, in place of the one that had it."""
    plan = replace(plan_of(job), day="", month="", create=())
    saved: Mapping
    saved, _created = Mapping.objects.update_or_create(
        workspace=job.workspace, name=name, defaults={"columns": plan.as_json()}
    )
    record(job.workspace, "mapping.save", saved, by=by)
    return saved


@transaction.atomic
def delete_mapping(saved: Mapping, *, by: User) -> None:
    """Forget a saved mapping. Imports that used it keep theirs."""
    record(saved.workspace, "mapping.delete", saved, by=by)
    saved.delete()
