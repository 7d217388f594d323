"""Across journeys: one persona through all of them as one line, and all personas by category with the gaps named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from journeys.board import JourneyMap
from journeys.models import Category, Journey, Standing
from journeys.overview import felt_at, maps_for, maps_of
from journeys.placed import MapTouchpoint
from journeys.rolled import Shown
from journeys.sketch import Sketch, Stop, sketch_of
from journeys.tree import evidence_of
from personas.models import Persona
from touchpoints.health.bands import Evidence
from workspaces.models import Workspace, WorkspaceQuerySet

ORDER = (Category.ONBOARDING, Category.MAINTENANCE, Category.USE, Category.RENEWAL)  # of a customer's life
WEAKEST = 3  # moments that are named
ROOM = 6  # a category takes at least one of so many parts of what all touchpoints take, so that its name has room
PARENTS = ("parent_placement__journey", "parent_phase__journey")


@dataclass(frozen=True)
class Taken:
    """A journey that a persona takes, with its health as her map shows it.

    `own`: whether the figure is hers; otherwise it is that of all customers, because too few of hers are known.
    """

    journey: Journey
    health: Shown
    own: bool
    evidence: Evidence

    @property
    def count(self) -> int:
        """How many touchpoints stand there."""
        return sum(self.health.bands.values())

    @property
    def known(self) -> int:
        """How many of them have a health."""
        return self.count - self.health.bands["unknown"]


class Moment(NamedTuple):
    """A touchpoint on the line: on which journey, what is felt there, and whether she said so herself (n ≥ 5)."""

    journey: Journey
    at: MapTouchpoint
    own: bool


@dataclass(frozen=True)
class Stretch:
    """A category on the line with her journeys there, which may be none; `x`: where it begins, in percent."""

    category: Category
    taken: Sequence[Taken]
    x: float


@dataclass(frozen=True)
class Life:
    """One persona through all of her journeys. `below`: sub-journeys, left out of the line.

    `weakest`: the moments that are felt so, worst first; `marks`: where each of them stands on the line, if it does.
    """

    persona: Persona
    stretches: Sequence[Stretch]
    sketch: Sketch
    moments: Sequence[Moment]
    weakest: Sequence[Moment]
    marks: Sequence[Stop]
    below: Sequence[Taken]

    @property
    def gaps(self) -> list[Category]:
        """The categories without a journey."""
        return [one.category for one in self.stretches if not one.taken]

    @property
    def own(self) -> int:
        """How many moments rest on her own answers."""
        return sum(one.own for one in self.moments)


def life_of(workspace: Workspace, persona: Persona) -> Life:
    """The persona's journeys as one line, in as many statements however many there are.

    Of a category stand there the journeys that show today; where there is none, the plans. What a sub-journey tells is
    on the line already, by what opens it on her other journeys.
    """
    journeys = list(_journeys(workspace).filter(personas=persona))
    everybody, hers = maps_of(workspace, journeys), maps_for(workspace, journeys, [persona.pk])
    here = {journey.pk for journey in journeys}
    below = [one for one in journeys if one.opened_at and one.opened_at.journey_id in here]
    line = {category: _on_the_line(category, [one for one in journeys if one not in below]) for category in ORDER}
    moments = {
        category: [moment for one in line[category] for moment in _moments(hers[persona.pk, one.pk], everybody[one.pk])]
        for category in ORDER
    }
    told = [moment for category in ORDER for moment in moments[category]]
    felt = [[felt_at(moment.at) for moment in moments[category]] for category in ORDER]
    sketch = sketch_of(felt, least=ceil(max(1, len(told)) / ROOM))
    known = [moment for moment in told if moment.at.perceived is not None]
    weakest = sorted(known, key=lambda one: one.at.perceived or 0.0)[:WEAKEST]
    stops = dict(zip([id(moment) for moment in known], sketch.stops, strict=False))  # none on a long line
    return Life(
        persona=persona,
        stretches=[
            Stretch(category, [_taken(hers[persona.pk, one.pk], everybody[one.pk]) for one in line[category]], x)
            for category, x in zip(ORDER, (0, *sketch.borders), strict=True)
        ],
        sketch=sketch,
        moments=told,
        weakest=weakest,
        marks=[stops[id(moment)] for moment in weakest if id(moment) in stops],
        below=[_taken(hers[persona.pk, one.pk], everybody[one.pk]) for one in below],
    )


class Cell(NamedTuple):
    """What a persona has of a category: her journeys there. None of them is a gap."""

    persona: Persona
    category: Category
    taken: Sequence[Taken]


@dataclass(frozen=True)
class Grid:
    """All personas by category: a row for each persona, a cell for each category in the order of a customer's life."""

    rows: Sequence[tuple[Persona, Sequence[Cell]]]

    @property
    def gaps(self) -> list[tuple[Category, list[Persona]]]:
        """By category, the personas without a journey there; categories without a gap are left out."""
        missing = [
            (category, [persona for persona, cells in self.rows if not cells[place].taken])
            for place, category in enumerate(ORDER)
        ]
        return [(category, personas) for category, personas in missing if personas]


def grid_of(workspace: Workspace) -> Grid:
    """All personas that are kept, in as many statements however many they and their journeys are."""
    personas = list(Persona.objects.of(workspace).kept().by_name())
    journeys = list(_journeys(workspace))
    hers = maps_for(workspace, journeys, [persona.pk for persona in personas])
    found: dict[tuple[int, str], list[Taken]] = {}
    for (persona, _journey), seen in hers.items():
        found.setdefault((persona, seen.journey.category), []).append(_as_seen(seen, own=True))
    return Grid(
        [
            (persona, [Cell(persona, one, sorted(found.get((persona.pk, one), []), key=_foremost)) for one in ORDER])
            for persona in personas
        ]
    )


def _journeys(workspace: Workspace) -> WorkspaceQuerySet:
    kept: WorkspaceQuerySet = Journey.objects.of(workspace).kept().by_name()
    return kept.prefetch_related("phases", "personas").select_related(*PARENTS)


def _on_the_line(category: Category, journeys: Iterable[Journey]) -> list[Journey]:
    """Those that show today; where there is none, the plans."""
    there = [one for one in journeys if one.category == category]
    return [one for one in there if one.standing == Standing.AS_IS] or there


def _taken(hers: JourneyMap, everybody: JourneyMap) -> Taken:
    own = hers.health.number is not None or everybody.health.number is None
    return _as_seen(hers if own else everybody, own=own)


def _as_seen(seen: JourneyMap, *, own: bool) -> Taken:
    standing = [one for phase in seen.phases for one in phase.touchpoints]
    return Taken(seen.journey, seen.health, own, evidence_of((one.weight, one.seen.evidence) for one in standing))


def _moments(hers: JourneyMap, everybody: JourneyMap) -> list[Moment]:
    """What stands on a journey, each as she feels it where five of hers have answered, else as all customers do."""
    of_all = {one.placement: one for phase in everybody.phases for one in phase.touchpoints}
    return [
        Moment(hers.journey, one if own else of_all.get(one.placement, one), own)
        for phase in hers.phases
        for one in phase.touchpoints
        for own in [one.felt is not None]
    ]


def _foremost(taken: Taken) -> tuple[bool, bool, str]:
    """Sub-journeys come last, plans behind what shows today."""
    journey = taken.journey
    return journey.opened_at is not None, journey.standing == Standing.TO_BE, journey.name.casefold()
