"""Whether a measure worked, as its page shows it: the verdict, how it came about, and what was forecast."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from measures.assessing import Assessment, Outcome
from measures.models import Benefit, Measure, Review, Verdict
from measures.moved import points_of
from measures.statements import WEEK
from measures.watched import DAY, Tallies, span_of, weeks_of
from measures.worth import proven_worth, worth_of
from personas.models import Persona
from scorecards.trend import Dot, path
from touchpoints.actions.grounds import newest_model
from touchpoints.health.decay import summed
from touchpoints.health.usual import Component
from touchpoints.models import Touchpoint


class Week(NamedTuple):
    """Points of a week as answered, of the measure's touchpoints and of the untouched; None with under 5 answers."""

    first: datetime.date
    ours: float | None
    theirs: float | None


@dataclass(frozen=True)
class Weeks:
    """Both week by week. `ours`, `theirs`: paths in a square of 100; in its middle customers began to meet it."""

    weeks: Sequence[Week]
    ours: str
    theirs: str

    @property
    def ticks(self) -> list[tuple[int, int]]:
        """Points of the axis, with their heights in percent from above."""
        return [(points, 100 - points) for points in range(0, 101, 25)]


@dataclass(frozen=True)
class Spot:
    """A review as a line on a scale of 0-100, in percent from the left: before, since, its interval, and the plan.

    `since`: before, and the effect on it. None where nothing is known.
    """

    review: Review
    before: float | None
    since: float | None
    low: float | None
    high: float | None
    plan: float | None


@dataclass(frozen=True)
class Forecast:
    """What was forecast and what came, of which both are known. `likely` of each is the middle."""

    expected: Assessment | None
    proven: Assessment | None

    @property
    def outcomes(self) -> list[Outcome] | None:
        """Forecast, and proven at least, likely and at most."""
        if self.expected is None or self.proven is None:
            return None
        return [self.expected.likely, self.proven.low, self.proven.likely, self.proven.high]


@dataclass(frozen=True)
class Told:
    """A review as a page shows it. `controls`: what it is compared with, each with `id`, `name` and `compared`."""

    review: Review
    spot: Spot
    weeks: Weeks | None
    forecast: Forecast
    controls: Sequence[Mapping[str, Any]]


def latest_reviews(measures: Iterable[Measure]) -> dict[int, Review]:
    """The open or else the last review of each measure, by its id: one statement."""
    found = Review.objects.filter(measure__in=[one.pk for one in measures]).order_by("measure", "pk").defer("workings")
    return {review.measure_id: review for review in found}


def told_of(
    measure: Measure, touchpoints: Sequence[Touchpoint], personas: Sequence[Persona], benefits: Sequence[Benefit]
) -> Told | None:
    """The review of a measure; None before it is live. Cells are read, answers are not."""
    review = Review.objects.filter(measure=measure).order_by("-pk").first()
    if review is None:
        return None
    discount = measure.workspace.discount
    forecast = Forecast(
        worth_of(measure, benefits, discount),
        proven_worth(measure, benefits, discount, review) if review.verdict != Verdict.TOO_EARLY else None,
    )
    named = review.workings.get("controls", ())
    compared = [one["id"] for one in named if one["compared"]]
    controls = list(Touchpoint.objects.of(measure.workspace).filter(pk__in=compared))
    weeks = _weeks(review, touchpoints, controls, [one.pk for one in personas]) if controls else None
    return Told(review, spot_of(review), weeks, forecast, named)


def spot_of(review: Review) -> Spot:
    """Where its dots are."""
    before, effect = review.before, review.effect
    if before is None or effect is None:
        return Spot(review, before, None, None, None, _plan(review))
    since, low, high = (_on_scale(before + (end or 0.0)) for end in (effect, review.low, review.high))
    return Spot(review, before, since, low, high, _plan(review))


def _weeks(
    review: Review, touchpoints: Sequence[Touchpoint], controls: Sequence[Touchpoint], personas: Sequence[int]
) -> Weeks:
    """Week by week as answered, in the same times as are compared."""
    model = newest_model(review.workspace_id)
    shares = {Component(one["component"]): one["share"] for one in review.workings["components"]}
    span = span_of(review.live_on, review.until + DAY)
    counted = weeks_of([*touchpoints, *controls], span, personas)
    sides = [{one.subject_id for one in side} for side in (touchpoints, controls)]
    last = (span.days - 1) // WEEK
    weeks = [
        Week(
            span.start + number * WEEK * DAY,
            *(points_of(_of(number, counted, side), shares, model) for side in sides),
        )
        for number in range(-last - 1, last + 1)
    ]
    return Weeks(weeks, _line(weeks, "ours"), _line(weeks, "theirs"))


def _of(week: int, counted: Mapping[int, Mapping[int, Tallies]], subjects: Iterable[int]) -> Tallies:
    return summed(series for one in subjects for series in counted[one].get(week, {}).items())


def _line(weeks: Sequence[Week], side: str) -> str:
    """A path through the weeks in which enough was answered; it has a gap where not."""
    dots = [
        (None if (points := getattr(week, side)) is None else Dot(_across(at, len(weeks)), round(100 - points, 2)))
        for at, week in enumerate(weeks)
    ]
    runs = [[dot for dot in run if dot] for known, run in groupby(dots, key=bool) if known]
    return "".join(path(run) for run in runs if len(run) > 1)


def _across(at: int, weeks: int) -> float:
    """The middle of a week."""
    return round(100 * (at + 0.5) / weeks, 2)


def _plan(review: Review) -> float | None:
    if review.before is None or review.expected is None:
        return None
    return _on_scale(review.before + review.expected)


def _on_scale(points: float) -> float:
    return min(100.0, max(0.0, points))
