"""Two maps side by side: what stands on both, what on one alone, and where they differ. Arithmetic over what was read.

The sides are called a and b. A difference is b less a, in points as shown; whether it is more than chance says the one
rule of changes, where it can be asked.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from journeys.board import JourneyMap, MapPhase
from journeys.placed import MapTouchpoint
from journeys.rolled import Shown
from touchpoints.health.changes import Change, Verdict
from touchpoints.health.feelings import gap_of

NAMED = 6  # of the differences, the largest
REAL = {Verdict.UP: 1, Verdict.DOWN: -1}


class Stop(NamedTuple):
    """A touchpoint on one side: its number along that journey, the kind of its phase, and what is seen of it."""

    number: int
    phase: str
    seen: MapTouchpoint


class Pair(NamedTuple):
    """A touchpoint of the comparison as it stands on either side; None on the side where it does not.

    `moved`: it stands on both, in another phase or among other neighbours. `change`: of its health by the rule of real
    changes, None where the two cannot be told apart by answers.
    """

    a: Stop | None
    b: Stop | None
    moved: bool
    change: Change | None

    @property
    def stop(self) -> Stop:
        """Where it stands in the comparison: as on side b, if it is there."""
        stop = self.b or self.a
        if stop is None:
            raise ValueError("A pair has at least one side.")
        return stop

    @property
    def name(self) -> str:
        """What the touchpoint is called."""
        return self.stop.seen.name

    @property
    def points(self) -> int | None:
        """Health of b less that of a as shown, None where either is not known."""
        was, now = self.number("a"), self.number("b")
        return None if was is None or now is None else now - was

    @property
    def both_unknown(self) -> bool:
        """Whether no health is known on either side."""
        return self.number("a") is None and self.number("b") is None

    @property
    def felt(self) -> float | None:
        """What is felt on side b less what is felt on a, in tenths."""
        return gap_of(self.b and self.b.seen.perceived, self.a and self.a.seen.perceived)

    @property
    def real(self) -> bool:
        """Whether its health differs beyond chance, in the direction that the figures show."""
        return _is_real(self.points, self.change)

    @property
    def shown_number(self) -> str:
        """Its number as a reader sees it: that of side b, and none of what only side a has."""
        return str(self.b.number) if self.b else "–"

    @property
    def band_changed(self) -> bool:
        """Whether it lies in another band, both of which are known."""
        return bool(
            self.a and self.b and self.a.seen.band and self.b.seen.band and self.a.seen.band != self.b.seen.band
        )

    def number(self, side: str) -> int | None:
        """The health shown on side "a" or "b"."""
        stop: Stop | None = getattr(self, side)
        return stop.seen.number if stop else None


class Part(NamedTuple):
    """A phase on both sides, and what stands in it on either."""

    kind: str
    label: str
    a: Shown
    b: Shown
    pairs: Sequence[Pair]

    @property
    def points(self) -> int | None:
        """Health of b less that of a as shown, None where either is not known."""
        return None if self.a.number is None or self.b.number is None else self.b.number - self.a.number

    @property
    def real(self) -> bool:
        """Whether it differs beyond chance, in the direction that the figures show."""
        return _is_real(self.points, self.b.change)


@dataclass(frozen=True)
class Compared:
    """The whole comparison: both maps, and phase by phase what stands on either."""

    a: JourneyMap
    b: JourneyMap
    phases: Sequence[Part]

    @property
    def pairs(self) -> list[Pair]:
        """All touchpoints, in the order of the journey."""
        return [pair for phase in self.phases for pair in phase.pairs]

    @property
    def came(self) -> list[Pair]:
        """Those on side b alone."""
        return [pair for pair in self.pairs if pair.a is None]

    @property
    def went(self) -> list[Pair]:
        """Those on side a alone."""
        return [pair for pair in self.pairs if pair.b is None]

    @property
    def moved(self) -> list[Pair]:
        """Those that stand elsewhere on side b."""
        return [pair for pair in self.pairs if pair.moved]

    @property
    def banded(self) -> list[Pair]:
        """Those that lie in another band on side b."""
        return [pair for pair in self.pairs if pair.band_changed]

    @property
    def known(self) -> list[Pair]:
        """Those of which the health is known on both sides."""
        return [pair for pair in self.pairs if pair.points is not None]

    @property
    def real(self) -> list[Pair]:
        """Those that differ beyond chance, the widest first."""
        return [pair for pair in self._widest() if pair.real]

    @property
    def largest(self) -> list[Pair]:
        """The six widest differences, the widest first, real ones before all others."""
        return self._widest()[:NAMED]

    def _widest(self) -> list[Pair]:
        differing = [pair for pair in self.pairs if pair.points]
        return sorted(differing, key=lambda pair: (not pair.real, -abs(pair.points or 0)))


def compared(a: JourneyMap, b: JourneyMap, changes: Mapping[int, Change]) -> Compared:
    """The comparison of two maps; `changes`: of what is tried by answers, by the touchpoint's id.

    A touchpoint is on both where it is the same one of the library. What stands on both stands where b has it; what
    only a has follows whatever it follows there.
    """
    stops_a, stops_b = _stops(a), _stops(b)
    moved = _moved(stops_a, stops_b)
    parts = []
    for phase_a, phase_b in _phases(a, b):
        row = _merged(
            [one.touchpoint for one in phase_a.touchpoints],
            [one.touchpoint for one in phase_b.touchpoints],
            elsewhere=stops_b.keys(),
        )
        pairs = [Pair(stops_a.get(one), stops_b.get(one), one in moved, changes.get(one)) for one in row]
        parts.append(Part(phase_b.kind, phase_b.label, phase_a.health, phase_b.health, pairs))
    return Compared(a, b, parts)


def _is_real(points: int | None, change: Change | None) -> bool:
    direction = REAL.get(change.verdict, 0) if change else 0
    return direction * (points or 0) > 0


def _phases(a: JourneyMap, b: JourneyMap) -> list[tuple[MapPhase, MapPhase]]:
    by_kind = {phase.kind: phase for phase in a.phases}
    return [(by_kind[phase.kind], phase) for phase in b.phases]


def _stops(seen: JourneyMap) -> dict[int, Stop]:
    return {
        touchpoint.touchpoint: Stop(number, phase.kind, touchpoint)
        for phase in seen.phases
        for number, touchpoint in enumerate(phase.touchpoints, start=phase.start)
    }


def _merged(row_a: Sequence[int], row_b: Sequence[int], *, elsewhere: Iterable[int]) -> list[int]:
    """The order of b with what only a has put behind what it follows there."""
    row, on_b = list(row_b), set(elsewhere)
    before: int | None = None
    for one in row_a:
        if one not in on_b:
            row.insert(row.index(before) + 1 if before in row else 0, one)
        if one in row:
            before = one
    return row


def _moved(a: Mapping[int, Stop], b: Mapping[int, Stop]) -> set[int]:
    """Those on both that stand in another phase, or have to be taken out so that the others keep their order."""
    both = sorted(a.keys() & b.keys(), key=lambda one: b[one].number)
    elsewhere = {one for one in both if a[one].phase != b[one].phase}
    staying = [one for one in both if one not in elsewhere]
    return elsewhere | (set(staying) - _rising(staying, {one: a[one].number for one in staying}))


def _rising(row: Sequence[int], number: Mapping[int, int]) -> set[int]:
    """A longest part of the row along which the numbers rise."""
    tails: list[int] = []  # the least number with which a rising part of that length ends
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for one in row:
        place = bisect_left(tails, number[one])
        before[one] = ends[place - 1] if place else None
        tails[place : place + 1], ends[place : place + 1] = [number[one]], [one]
    part: set[int] = set()
    at = ends[-1] if ends else None
    while at is not None:
        part.add(at)
        at = before[at]
    return part
