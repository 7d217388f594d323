"""How much of a journey's gap to its targets is closed by what is meant to be done."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from scorecards.standing import Held
from touchpoints.models import Touchpoint


class Closing(NamedTuple):
    """A journey, by how many points its health lies below its targets (`gap`), and which share of them is closed."""

    journey: str
    gap: float
    share: float
    measures: int


@dataclass
class _Gap:
    journey: str = ""
    points: float = 0.0
    closed: float = 0.0
    measures: set[int] = field(default_factory=set)


def closing_of(
    expected: Mapping[int, Mapping[int, float]], held: Mapping[int, Held], library: Mapping[int, Touchpoint]
) -> Closing | None:
    """Of the journey with the widest gap of which anything is closed; None where there is none.

    `expected`: by touchpoint, the health points that each measure (by id) is expected to bring. Together they close no
    more than a touchpoint's own gap. What is unknown is part of no gap.
    """
    gaps: dict[int, _Gap] = defaultdict(_Gap)
    for touchpoint, one in held.items():
        score = one.score.score if one.score else None
        if score is None or touchpoint not in library:
            continue
        missing = library[touchpoint].target - score
        measures = expected.get(touchpoint, {})
        for stand in one.stands:
            if not stand.gain:
                continue
            gap = gaps[stand.journey]
            gap.journey = stand.name
            gap.points += stand.gain
            gap.closed += stand.gain * min(1.0, sum(measures.values()) / missing)
            gap.measures |= measures.keys()
    widest = max((gap for gap in gaps.values() if gap.closed), key=lambda gap: gap.points, default=None)
    if widest is None:
        return None
    return Closing(widest.journey, widest.points, widest.closed / widest.points, len(widest.measures))
