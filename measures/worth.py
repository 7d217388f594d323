"""What a measure costs and brings, as far as somebody has said it: its rows put to the arithmetic of `assessing`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from measures import assessing
from measures.assessing import Assessment, Kind, Terms, Year, assess, year_by_year
from measures.models import Benefit, Measure, Review


def worth_of(measure: Measure, benefits: Sequence[Benefit], discount: Decimal) -> Assessment | None:
    """The outcome of a measure with these benefits; None while its costs or its benefits are unknown.

    `discount`: percent a year, as the workspace has it.
    """
    terms = _terms(measure, discount)
    return assess(terms, [_assumed(one) for one in benefits]) if terms and benefits else None


def proven_worth(measure: Measure, benefits: Sequence[Benefit], discount: Decimal, review: Review) -> Assessment | None:
    """What it brings if that grows with the points: the likely effects times measured by expected points.

    At both ends of the measured interval; what chance alone would show as well has likely brought nothing. None where
    costs, benefits, expected or measured points are unknown, or no points were expected: nothing can be said then.
    """
    terms = _terms(measure, discount)
    if not terms or not benefits or not review.expected or review.effect is None:
        return None
    low, high = review.low or 0.0, review.high or 0.0
    ends = {"low": low, "likely": 0.0 if low <= 0 <= high else review.effect, "high": high}
    shares = {end: points / review.expected for end, points in ends.items()}
    return assess(terms, [_scaled(_assumed(one), shares) for one in benefits])


def years_of(measure: Measure, benefits: Sequence[Benefit], discount: Decimal, end: str) -> list[Year]:
    """The same year by year, at an end (`low`, `likely` or `high`); none while costs or benefits are unknown."""
    terms = _terms(measure, discount)
    return year_by_year(terms, [_assumed(one) for one in benefits], end) if terms and benefits else []


def _scaled(benefit: assessing.Benefit, shares: Mapping[str, float]) -> assessing.Benefit:
    low, likely, high = (benefit.likely * shares[end] for end in ("low", "likely", "high"))
    return replace(benefit, low=low, likely=likely, high=high)


def _terms(measure: Measure, discount: Decimal) -> Terms | None:
    if measure.once is None or measure.yearly is None:
        return None
    return Terms(measure.once, measure.yearly, measure.years, float(discount) / 100)


def _assumed(benefit: Benefit) -> assessing.Benefit:
    return assessing.Benefit(
        kind=Kind(benefit.kind),
        low=float(benefit.low),
        likely=float(benefit.likely),
        high=float(benefit.high),
        count=benefit.count,
        each=benefit.each,
        base=float(benefit.base),
    )
