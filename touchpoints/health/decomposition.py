"""Why a health score changed: because components scored otherwise, or because they weigh otherwise (SCORING §4)."""

from dataclasses import dataclass
from decimal import Decimal

from touchpoints.health.bands import rounded, shown_parts
from touchpoints.health.combine import Health
from touchpoints.health.usual import Component


@dataclass(frozen=True)
class Shift:
    """What one component did to the health, in points: by its own `score`, and by its share in the `mix`."""

    component: Component
    score: float
    mix: float


@dataclass(frozen=True)
class ShownShift:
    """The same as shown: rounded such that everything adds up to the change as shown."""

    component: Component
    score: Decimal
    mix: Decimal


def decompose(before: Health, after: Health) -> tuple[Shift, ...]:
    """The change of a health as a sum over its components; exact but for the last bits.

    score: mean share * change of score; mix: change of share * (mean score - mean health). A component that is missing
    on one side has no share there and the same score as on the other, so that all it does is mix.
    """
    was, now = ({part.component: (part.share, part.score) for part in side.parts} for side in (before, after))
    middle = (before.score + after.score) / 2
    shifts = []
    for component in Component:
        if component not in was and component not in now:
            continue
        old_share, old_score = was.get(component) or (0.0, now[component][1])
        new_share, new_score = now.get(component) or (0.0, old_score)
        by_score = (old_share + new_share) / 2 * (new_score - old_score)
        by_mix = (new_share - old_share) * ((old_score + new_score) / 2 - middle)
        shifts.append(Shift(component, by_score, by_mix))
    return tuple(shifts)


def shown_shifts(before: Health, after: Health, places: int = 0) -> tuple[ShownShift, ...]:
    """The shifts to so many decimals; they add up to the difference of the two scores as shown."""
    shifts = decompose(before, after)
    total = rounded(after.score, places) - rounded(before.score, places)
    exact = [points for shift in shifts for points in (shift.score, shift.mix)]
    shown = shown_parts(exact, places, total)
    return tuple(
        ShownShift(shift.component, by_score, by_mix)
        for shift, by_score, by_mix in zip(shifts, shown[::2], shown[1::2], strict=True)
    )
