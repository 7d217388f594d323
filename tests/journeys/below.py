"""Journeys below journeys, for tests."""

from itertools import pairwise

from journeys.actions.parents import set_parent
from journeys.models import Journey, Phase
from tests.journeys.scene import drawn, placed
from workspaces.models import User, Workspace


def put(journey: Journey, under: Journey, at: str, by: User) -> Journey:
    """Let the touchpoint of that name, or the phase of that kind, on `under` open the journey."""
    now = Journey.objects.get(pk=journey.pk)
    phase = Phase.objects.filter(journey=under, kind=at).first()
    where = {"phase": phase} if phase else {"placement": placed(under, at)}
    return set_parent(now, version=now.edition, by=by, **where)


def chain(workspace: Workspace, by: User, length: int) -> list[Journey]:
    """So many journeys, each but the first opened by the one touchpoint of the one before."""
    journeys = [drawn(workspace, by, f"Level {level}", purchase=f"T{level}") for level in range(1, length + 1)]
    for level, (above, below) in enumerate(pairwise(journeys), start=1):
        put(below, above, f"T{level}", by)
    return journeys
