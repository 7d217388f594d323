"""What a measure costs and brings, as far as somebody has said it: its rows put to the arithmetic of `assessing`."""

from collections.abc import Sequence
from decimal import Decimal

from measures import assessing
from measures.assessing import Assessment, Kind, Terms, Year, assess, year_by_year
from measures.models import Benefit, Measure


def worth_of(measure: Measure, benefits: Sequence[Benefit], discount: Decimal) -> Assessment | None:
    """The outcome of a measure with these benefits; None while its costs or its benefits are unknown.

    `discount`: percent a year, as the workspace has it.
    """
    terms = _terms(measure, discount)
    return assess(terms, [_assumed(one) for one in benefits]) if terms and benefits else None


def years_of(measure: Measure, benefits: Sequence[Benefit], discount: Decimal, end: str) -> list[Year]:
    """The same year by year, at an end (`low`, `likely` or `high`); none while costs or benefits are unknown."""
    terms = _terms(measure, discount)
    return year_by_year(terms, [_assumed(one) for one in benefits], end) if terms and benefits else []


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
