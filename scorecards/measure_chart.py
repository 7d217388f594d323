"""Costs against benefits: where each measure lies, and the rays on which costs are paid back within so many months."""

from collections.abc import Sequence
from dataclasses import dataclass

from measures.models import Status
from scorecards.measures import Card

RAYS = (6, 12, 24)  # months
ROOM = 1.12  # above and beside what lies farthest out
SMALLEST, LARGEST, MOST_POINTS = 6.0, 14.0, 25.0  # radius in pixels, by the points that are expected


@dataclass(frozen=True)
class Place:
    """A measure on the chart: percent from the left and from the top. `filled`: customers meet it already."""

    card: Card
    number: int
    across: float
    down: float
    radius: float
    filled: bool


@dataclass(frozen=True)
class Ray:
    """From the corner to where it leaves the chart, in percent: left of it costs are paid back within `months`."""

    months: int
    across: float
    down: float


@dataclass(frozen=True)
class Chart:
    """`most_once` and `most_a_year`: what its right and its upper edge stand for, in minor units."""

    places: Sequence[Place]
    rays: Sequence[Ray]
    most_once: float
    most_a_year: float


def chart_of(cards: Sequence[Card]) -> Chart | None:
    """Those of which both are known; None where there is none."""
    known = [card for card in cards if card.worth]
    if not known:
        return None
    once = ROOM * max(1, *(card.measure.once or 0 for card in known))
    a_year = ROOM * max(1.0, *(_net_a_year(card) for card in known))
    places = [
        Place(
            card=card,
            number=number,
            across=100 * (card.measure.once or 0) / once,
            down=100 - 100 * max(0.0, _net_a_year(card)) / a_year,
            radius=_radius(card),
            filled=card.measure.status in {Status.LIVE, Status.REVIEWED},
        )
        for number, card in enumerate(known, start=1)
    ]
    return Chart(places, [_ray(months, once, a_year) for months in RAYS], once, a_year)


def _net_a_year(card: Card) -> float:
    """What it brings a year beyond what it costs each year."""
    return card.worth.likely.benefit_a_year - (card.measure.yearly or 0) if card.worth else 0.0


def _radius(card: Card) -> float:
    points = min(float(card.measure.points or 0), MOST_POINTS)
    return SMALLEST + (LARGEST - SMALLEST) * points / MOST_POINTS


def _ray(months: int, once: float, a_year: float) -> Ray:
    """On it a year brings 12/months of what it cost once."""
    at_right = once * 12 / months
    if at_right <= a_year:
        return Ray(months, 100.0, 100 - 100 * at_right / a_year)
    return Ray(months, 100 * a_year / at_right, 0.0)
