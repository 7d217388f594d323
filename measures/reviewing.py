"""Whether a measure worked: difference-in-differences in points of health (SCORING §8), without a database.

A touchpoint that was picked because it was weak gets better by itself, for some of its weakness was chance. So the time
before is drawn towards what is usual, as scores are; and what untouched touchpoints did meanwhile is taken off.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, fsum, sqrt

from measures.moved import Moved, Watched, moved
from touchpoints.health.changes import FEWEST_COMPARED, Difference, difference
from touchpoints.health.combine import HealthModel
from touchpoints.health.figures import Z95
from touchpoints.health.usual import Component

LEAST_DAYS = 56  # eight weeks
POWER_90 = 1.2815515655446004  # the normal quantile of nine chances in ten
REACH = 100.0  # how far points can move


Moves = Mapping[Component, Moved]  # of one touchpoint


class Says(StrEnum):
    """The verdict."""

    WORKS = "works"
    PARTLY = "partly"
    NO_EFFECT = "no_effect"
    TOO_EARLY = "too_early"


class Lacks(StrEnum):
    """Why it is too early."""

    WEEKS = "weeks"
    ANSWERS = "answers"
    CONTROLS = "controls"


@dataclass(frozen=True)
class Compared:
    """One component: the touched against the untouched, means over touchpoints, in points.

    `share`: of the effect, all components' sum to 1. `sampling`, `drift`: standard errors of the effect, from the
    answers, and from how differently untouched touchpoints moved beyond that. `spread`: standard deviation of an answer
    before. `answers_before`, `answers_since`: or cases, of a rate.
    """

    component: Component
    share: float
    touchpoints: int
    controls: int
    asked: float
    before: float
    since: float
    control_before: float
    control_since: float
    sampling: float
    drift: float
    spread: float
    answers_before: int
    answers_since: int

    @property
    def effect(self) -> float:
        """The change less that of the untouched."""
        return (self.since - self.before) - (self.control_since - self.control_before)


@dataclass(frozen=True)
class Finding:
    """What is found of a measure. `before`, `asked`: the touched touchpoints before, drawn and as answered.

    `effect`: with its interval, so far while it is too early; without a value where nothing can be compared.
    `controls`: touchpoints it was compared with.
    """

    verdict: Says
    lacks: Lacks | None
    components: tuple[Compared, ...]
    before: float | None
    asked: float | None
    effect: Difference
    controls: frozenset[int]


def find(
    touched: Sequence[Watched],
    controls: Sequence[Watched],
    model: HealthModel,
    *,
    days: int,
    expected: float | None,
) -> Finding:
    """What a measure did that customers have met for so many days. `expected`: points it was to bring, if said."""
    ours, theirs = ([moved(one, model, drawn=True) for one in side] for side in (touched, controls))
    compared = _compared(ours, theirs, model)
    effect = _together(compared, model)
    lacks = _lacking(days, any(ours), bool(compared))
    whole = {name: fsum(one.share * getattr(one, name) for one in compared) for name in ("before", "asked")}
    return Finding(
        verdict=Says.TOO_EARLY if lacks else verdict_of(effect, expected),
        lacks=lacks,
        components=compared,
        before=whole["before"] if compared else None,
        asked=whole["asked"] if compared else None,
        effect=effect,
        controls=frozenset(
            one[part.component].touchpoint for one in theirs for part in compared if part.component in one
        ),
    )


def apart_before(touched: Sequence[Watched], controls: Sequence[Watched], model: HealthModel) -> Difference | None:
    """The same of two times before the start, when there was nothing to find: whether they went apart already.

    As answered, for nothing is chosen by it. None with fewer than 30 answers anywhere.
    """
    ours, theirs = ([moved(one, model, drawn=False) for one in side] for side in (touched, controls))
    compared = _compared(ours, theirs, model)
    return _together(compared, model) if compared else None


def verdict_of(effect: Difference, expected: float | None) -> Says:
    """Works: better beyond chance, and what was expected is not ruled out. Partly: better, but by less than that.

    By the interval as it is reckoned, never as it is shown. No effect: it may as well have been nothing.
    """
    if effect.low is None or effect.high is None or effect.low <= 0:
        return Says.NO_EFFECT
    return Says.WORKS if expected is None or effect.high >= expected else Says.PARTLY


def needed_answers(points: float, *, spread: float, controls: int) -> int:
    """How many answers before and since show an effect of so many points (> 0) in nine of ten cases.

    `spread`: standard deviation of an answer, in points; `controls`: untouched touchpoints with as many answers. By
    n = (z_0.975 + z_0.90)^2 * 2 * spread^2 * (1 + 1 / controls) / points^2.
    """
    variance = 2 * spread * spread * (1 + 1 / controls)
    return max(FEWEST_COMPARED, ceil((Z95 + POWER_90) ** 2 * variance / (points * points)))


def _compared(ours: Sequence[Moves], theirs: Sequence[Moves], model: HealthModel) -> tuple[Compared, ...]:
    """Component by component, where both sides have it."""
    pairs = {
        component: ([one[component] for one in ours if component in one], them)
        for component in Component
        if (them := [one[component] for one in theirs if component in one])
    }
    pairs = {component: (us, them) for component, (us, them) in pairs.items() if us}
    full = fsum(model.weights[component] for component in pairs)
    return tuple(_pair(component, model.weights[component] / full, *both) for component, both in pairs.items())


def _pair(component: Component, share: float, us: Sequence[Moved], them: Sequence[Moved]) -> Compared:
    sampling = _mean_variance(us) + _mean_variance(them)
    drift = _drift(them) * (1 / len(us) + 1 / len(them))
    return Compared(
        component=component,
        share=share,
        touchpoints=len(us),
        controls=len(them),
        asked=_mean([one.asked.points for one in us]),
        before=_mean([one.before.points for one in us]),
        since=_mean([one.since.points for one in us]),
        control_before=_mean([one.before.points for one in them]),
        control_since=_mean([one.since.points for one in them]),
        sampling=sqrt(sampling),
        drift=sqrt(drift),
        spread=sqrt(_mean([one.asked.variance * one.asked.answers for one in us])),
        answers_before=sum(one.asked.answers for one in us),
        answers_since=sum(one.since.answers for one in us),
    )


def _drift(moves: Sequence[Moved]) -> float:
    """By how much changes of untouched touchpoints vary beyond their answers (method of moments); 0 if not at all."""
    if len(moves) < 2:
        return 0.0
    middle = _mean([one.change for one in moves])
    seen = fsum((one.change - middle) ** 2 for one in moves) / (len(moves) - 1)
    return max(0.0, seen - _mean([one.variance for one in moves]))


def _together(compared: Sequence[Compared], model: HealthModel) -> Difference:
    """All components as one effect; their errors go together as those of a score do (SCORING §4)."""
    told = [one for one in compared if one.component in model.asked] or compared
    before, since = (sum(getattr(one, f"answers_{side}") for one in told) for side in ("before", "since"))
    if not compared:
        return Difference(before=before, after=since)
    sampling, drift = (_joined(compared, side, model.correlation) for side in ("sampling", "drift"))
    others = min((one.controls for one in compared if one.drift), default=2) - 1
    doubts = [(sampling, before + since - 2), *([(drift, others)] if drift else [])]
    middle = fsum(one.share * one.effect for one in compared)
    return difference(middle, doubts, reach=REACH, n=(before, since))


def _joined(compared: Sequence[Compared], side: str, correlation: float) -> float:
    errors = [one.share * getattr(one, side) for one in compared]
    return (1 - correlation) * fsum(error * error for error in errors) + correlation * fsum(errors) ** 2


def _lacking(days: int, is_answered: bool, is_compared: bool) -> Lacks | None:
    if days < LEAST_DAYS:
        return Lacks.WEEKS
    if is_compared:
        return None
    return Lacks.CONTROLS if is_answered else Lacks.ANSWERS


def _mean(points: Sequence[float]) -> float:
    return fsum(points) / len(points)


def _mean_variance(moves: Sequence[Moved]) -> float:
    return fsum(one.variance for one in moves) / len(moves) ** 2
