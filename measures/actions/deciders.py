"""Who decides on which measures: a stakeholder is written together with what they decide on."""

from collections.abc import Collection
from typing import Any, cast

from measures.models import Decider, Measure
from personas.actions import create_stakeholder, edit_stakeholder
from personas.models import Stakeholder
from workspaces.access import locked
from workspaces.actions import keeping
from workspaces.models import Actor, Workspace
from workspaces.transactions import retried


@retried
def write_stakeholder(
    workspace: Workspace, *, by: Actor, decides: Collection[Measure] = (), **facts: Any
) -> Stakeholder:
    """As `create_stakeholder`, and the measures that they decide on."""
    made = create_stakeholder(workspace, by=by, **facts)
    _set(made, set(decides))
    return made


@retried
def rewrite_stakeholder(
    stakeholder: Stakeholder, *, version: int, by: Actor, decides: Collection[Measure] | None = None, **facts: Any
) -> Stakeholder:
    """As `edit_stakeholder`, and the measures that they decide on with it: one version, one entry. Raises Stale."""
    wanted = None if decides is None else set(decides)
    if wanted is None or wanted == decided_by(stakeholder):
        return edit_stakeholder(stakeholder, version=version, by=by, **facts)
    locked(stakeholder, version)
    now = edit_stakeholder(stakeholder, version=version, by=by, **facts)
    if now.version == version:
        keeping.store(now, "edit", by=by)
    _set(now, wanted)
    return now


def decided_by(stakeholder: Stakeholder) -> set[Measure]:
    """The measures that they decide on, archived ones too."""
    ids = Decider.objects.of(stakeholder.workspace).filter(stakeholder=stakeholder).values("measure")
    return set(cast("Collection[Measure]", Measure.objects.of(stakeholder.workspace).filter(pk__in=ids)))


def _set(stakeholder: Stakeholder, measures: set[Measure]) -> None:
    here, was = stakeholder.workspace, decided_by(stakeholder)
    Decider.objects.of(here).filter(stakeholder=stakeholder, measure__in=was - measures).delete()
    Decider.objects.bulk_create(
        Decider(workspace=here, stakeholder=stakeholder, measure=measure) for measure in measures - was
    )
