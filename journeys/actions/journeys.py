"""What people do with journeys as a whole; what stands on their maps has its own verbs."""

from collections.abc import Iterable, Mapping
from typing import Any

from journeys.actions.locking import changes_map, lock
from journeys.actions.opening import tell_above
from journeys.actions.placements import label_phase
from journeys.actions.tree import keeping_the_tree
from journeys.models import Journey, Lane, Phase, usual_lanes
from personas.models import Persona
from touchpoints.actions import start_channels
from touchpoints.models import PhaseKind, Subject, SubjectKind
from workspaces.access import locked
from workspaces.actions import keeping, record
from workspaces.errors import Refused, Stale
from workspaces.models import Actor, Workspace


@changes_map
def create_journey(
    workspace: Workspace,
    *,
    by: Actor,
    personas: Iterable[Persona] = (),
    labels: Mapping[str, str] | None = None,
    **facts: Any,
) -> Journey:
    """A new journey with its subject, its phases and the usual lanes. `labels`: by kind, what the team calls a phase.

    The first journey of a workspace brings the usual channels, so that its touchpoints have some to choose from.
    Raises `Refused` where it cannot be the sub-journey that the facts say.
    """
    start_channels(workspace, by=by)
    subject = Subject.objects.create(workspace=workspace, kind=SubjectKind.JOURNEY)
    with keeping_the_tree():
        journey: Journey = Journey.objects.create(workspace=workspace, subject=subject, **facts)
    Phase.objects.bulk_create(
        Phase(workspace=workspace, journey=journey, kind=kind, position=position, label=(labels or {}).get(kind, ""))
        for position, kind in enumerate(PhaseKind.values)
    )
    Lane.objects.bulk_create(usual_lanes(journey))
    journey.personas.set(personas, through_defaults={"workspace": workspace})
    record(workspace, "journey.create", journey, by=by)
    tell_above(journey, was=None, now=journey.parent, by=by)
    return journey


@changes_map
def edit_journey(
    journey: Journey,
    *,
    version: int,
    by: Actor,
    personas: Iterable[Persona] | None = None,
    labels: Mapping[str, str] | None = None,
    **facts: Any,
) -> Journey:
    """Change a journey's facts, for whom it is drawn, and what its phases are called (`labels`, by kind).

    Raises Stale when somebody else changed any of it after `version`, which is the journey's `edition`, and `Refused`
    where it cannot be the sub-journey that the facts say. An edit that changes nothing is harmless.
    """
    now = lock(journey)
    people, labels = set(now.personas.all() if personas is None else personas), labels or {}
    renamed = [phase for phase in now.phases.all() if phase.label != labels.get(phase.kind, phase.label)]
    elsewhere = people != set(now.personas.all())
    otherwise = keeping.differs(now, facts)
    if (renamed or elsewhere or otherwise) and now.edition != version:
        raise Stale(now)
    if elsewhere:
        now.personas.set(people, through_defaults={"workspace": now.workspace})
    if elsewhere or otherwise:
        was = now.parent
        for name, value in facts.items():
            setattr(now, name, value)
        with keeping_the_tree():
            keeping.store(now, "edit", by=by)
        tell_above(now, was=was, now=now.parent, by=by)
    for phase in renamed:
        label_phase(phase, label=labels[phase.kind], version=phase.version, by=by)
    return now


@changes_map
def archive_journey(journey: Journey, *, by: Actor) -> Journey:
    """Take a journey with its map out of the list. Its touchpoints stay in the library.

    Its sub-journeys stay and keep what they are: while it is gone they stand by themselves.
    """
    now = locked(journey)
    if not now.archived_at:
        now = keeping.archive(now, by=by)
        tell_above(now, was=now.parent, now=None, by=by)
    return now


@changes_map
def restore_journey(journey: Journey, *, by: Actor) -> Journey:
    """Take a journey back as it was; if another one is opened meanwhile where it was, it stands by itself."""
    now = locked(journey)
    if not now.archived_at:
        return now
    try:
        with keeping_the_tree():
            now = keeping.restore(now, by=by)
    except Refused:
        return _restore_by_itself(now, by=by)
    tell_above(now, was=None, now=now.parent, by=by)
    return now


def _restore_by_itself(now: Journey, *, by: Actor) -> Journey:
    now.parent_placement, now.parent_phase, now.archived_at = None, None, None
    keeping.store(now, "restore", by=by)
    return now
