"""Reads health rolled up by journey, phase, persona and over all: the same arithmetic as on each map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from journeys.models import Journey, Standing
from journeys.overview import maps_of, standing_for
from journeys.placed import MapTouchpoint
from journeys.rolled import Gain, Shown, health_of, rolled_up
from personas.models import Persona
from scorecards.gate import Gate, gate_on
from touchpoints.borders import borders_of
from touchpoints.models import PhaseKind
from workspaces.models import Workspace


@dataclass(frozen=True)
class RolledRow:
    """A line: the health of `pk` as shown, and where to act first.

    `first`: its touchpoints with the greatest priority, points of its health if they met their target.
    """

    pk: int
    name: str | Promise
    health: Shown
    first: Sequence[Gain]

    @property
    def count(self) -> int:
        """How many touchpoints stand there."""
        return sum(self.health.bands.values())

    @property
    def known(self) -> int:
        """How many of them have a health."""
        return self.count - self.health.bands["unknown"]


@dataclass(frozen=True)
class RollUps:
    """Health over all journeys, and by journey (worst first), phase (in their order) and persona (by name).

    `gate`: what the quality gate says of the journeys that show today.
    """

    whole: RolledRow
    journeys: Sequence[RolledRow]
    phases: Sequence[RolledRow]
    personas: Sequence[RolledRow]
    gate: Gate


def roll_ups(workspace: Workspace) -> RollUps:
    """All of them, of journeys and personas that are kept, in as many statements however many there are.

    A journey has the number of its map. Phases of one kind count together whatever they are called, a persona's
    journeys with her own scores; and a touchpoint that stands in several places counts once, with the weight of all.
    """
    journeys = list(Journey.objects.of(workspace).kept().by_name().prefetch_related("phases"))
    personas = list(Persona.objects.of(workspace).kept().by_name())
    maps, borders = maps_of(workspace, journeys), borders_of(workspace)
    theirs = standing_for(workspace, list(maps), [persona.pk for persona in personas])
    of_kind: dict[str, list[MapTouchpoint]] = {kind: [] for kind in PhaseKind.values}
    for seen in maps.values():
        for phase in seen.phases:
            of_kind[phase.kind] += phase.touchpoints

    def row(pk: int, name: str | Promise, placed: Sequence[MapTouchpoint]) -> RolledRow:
        touchpoints = once(placed)
        return RolledRow(pk, name, health_of(touchpoints, borders), rolled_up(touchpoints, borders).first)

    everything = [one for touchpoints in of_kind.values() for one in touchpoints]
    return RollUps(
        whole=row(workspace.pk, str(workspace), everything),
        journeys=_worst_first(
            RolledRow(pk, str(seen.journey), seen.health, seen.rolled.first) for pk, seen in maps.items()
        ),
        phases=[
            row(place, PhaseKind(kind).label, touchpoints)
            for place, (kind, touchpoints) in enumerate(of_kind.items())
            if touchpoints
        ],
        personas=[row(persona.pk, str(persona), theirs[persona.pk]) for persona in personas],
        gate=gate_on(seen for seen in maps.values() if seen.journey.standing == Standing.AS_IS),
    )


def once(placed: Iterable[MapTouchpoint]) -> list[MapTouchpoint]:
    """Each touchpoint once, with the weight of all its places: a target that is met is met in every place.

    What a sub-journey says for one is left out: its touchpoints stand here themselves.
    """
    found: dict[int, MapTouchpoint] = {}
    for one in (one._replace(opens=None) for one in placed):
        seen = found.get(one.touchpoint)
        found[one.touchpoint] = (
            seen._replace(weight=seen.weight + one.weight, share=max(seen.share, one.share)) if seen else one
        )
    return list(found.values())


def _worst_first(rows: Iterable[RolledRow]) -> list[RolledRow]:
    # What is unknown comes last
    return sorted(rows, key=lambda row: (row.health.number is None, row.health.number))
