"""A map as it stood once: its changes walked backwards from today."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from journeys.models import Part, Verb, parts_of

# They change what the library says of a touchpoint, of which no history is kept
OF_THE_LIBRARY = frozenset({Verb.OWNER, Verb.CHANNEL, Verb.NAME})
# Changes that concern neither where a touchpoint stands nor what the placement itself says
OF_LANES = frozenset({Verb.CELL, Verb.NEEDS, Verb.LANE})
PLACEMENT, PHASE = "placement", "phase"  # what opens a journey


class Done(NamedTuple):
    """A change as the history keeps it: what was done to which placement or phase, and from what it came."""

    verb: str
    what: dict[str, Any]
    undo: dict[str, Any]


@dataclass
class Layout:
    """Where everything stands: placements in order, by phase.

    `opens`: the journey that a placement or phase opens, by kind and id.

    Of a layout of the past, `facts` and `labels` hold what was said of a placement and how a phase was called where
    that was otherwise than today, and `since` counts how often each has been changed since: its version has risen so
    often.
    """

    phases: dict[int, list[int]]
    opens: dict[tuple[str, int], int | None] = field(default_factory=dict)
    facts: dict[int, dict[str, Any]] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    since: Counter[tuple[str, int]] = field(default_factory=Counter)

    @property
    def placements(self) -> list[int]:
        """All that stands there."""
        return [placement for line in self.phases.values() for placement in line]

    def take_off(self, placement: int) -> None:
        """Let it stand nowhere."""
        for line in self.phases.values():
            if placement in line:
                line.remove(placement)

    def put(self, placement: int, phase: int, position: int) -> None:
        """Let it stand there; those behind it make room."""
        self.phases.setdefault(phase, []).insert(position, placement)


def walk_back(layout: Layout, changes: Iterable[Done]) -> Layout:
    """The layout as it was before these changes of it, latest first."""
    for change in changes:
        _take_back(layout, change)
    return layout


def _take_back(layout: Layout, change: Done) -> None:
    verb, undo = change.verb, change.undo
    if verb in OF_THE_LIBRARY or verb in OF_LANES:
        return
    if verb == Verb.OPEN:
        kind = PHASE if PHASE in change.what else PLACEMENT
        layout.opens[kind, change.what[kind]] = undo["opens"]
        return
    if verb == Verb.LABEL:
        phase = change.what["phase"]
        layout.labels[phase] = undo["label"]
        layout.since["phase", phase] += 1
        return
    if verb == Verb.START:
        layout.phases.clear()
        return
    parts = parts_of(change.what, undo)
    layout.since.update(("placement", part.what["placement"]) for part in parts)
    if verb == Verb.EDIT:
        layout.facts.setdefault(change.what["placement"], {}).update(undo)
        return
    for part in parts:
        layout.take_off(part.what["placement"])
    if verb in {Verb.MOVE, Verb.ARCHIVE}:
        for what, was in foremost_first(parts):
            layout.put(what["placement"], was["phase"], was["position"])


def foremost_first(parts: Iterable[Part]) -> list[Part]:
    """What was moved or taken off, so that each finds those before it when it is put back."""
    return sorted(parts, key=lambda part: (part.undo["phase"], part.undo["position"]))
