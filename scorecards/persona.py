"""What the rooms below know of one persona: the journeys that are drawn for it, and how it fares there."""

from typing import NamedTuple

from journeys.board import JourneyMap
from journeys.models import Journey
from journeys.overview import felt_at, maps_for
from journeys.rolled import Shown
from journeys.sketch import Sketch, sketch_of
from personas.models import Persona

STRIPS = 3  # journeys that a persona's page draws


class Strip(NamedTuple):
    """A journey as one persona lives through it. `phases`: each with its beginning, in percent."""

    journey: Journey
    health: Shown
    sketch: Sketch
    phases: list[tuple[str, float]]
    best: tuple[int, str] | None
    worst: tuple[int, str] | None


class Drawn(NamedTuple):
    """The journeys that are drawn for a persona: some of them with their lines, and how many `more` there are."""

    strips: list[Strip]
    more: int


def journeys_of(persona: Persona) -> Drawn:
    """The journeys that are drawn for this persona, by name, with its own figures: five statements.

    Those that are opened from another one are left out: they tell a part of it in more detail.
    """
    journeys = list(
        Journey.objects.of(persona.workspace)
        .kept()
        .filter(personas=persona, parent_placement=None, parent_phase=None)
        .prefetch_related("phases", "personas")
        .order_by("name", "pk")
    )
    shown = journeys[:STRIPS]
    maps = maps_for(persona.workspace, shown, [persona.pk])
    return Drawn([_strip(maps[persona.pk, one.pk]) for one in shown], len(journeys) - len(shown))


def _strip(seen: JourneyMap) -> Strip:
    stations = [station for phase in seen.phases for station in phase.stations]
    felt = [(one.perceived, number, one.name) for number, one in stations if one.perceived is not None]
    best, worst = (max(felt, default=None), min(felt, default=None))
    sketch = sketch_of([[felt_at(one) for one in phase.touchpoints] for phase in seen.phases])
    return Strip(
        journey=seen.journey,
        health=seen.health,
        sketch=sketch,
        phases=list(zip((phase.label for phase in seen.phases), (0.0, *sketch.borders), strict=True)),
        best=best and best[1:],
        worst=worst and worst[1:],
    )
