"""What a measure costs and brings, as far as somebody has said it: its rows put to the arithmetic of `assessing`."""

from collections.abc import Sequence
from decimal import Decimal

from measures import assessing
from measures.assessing import Assessment, Kind, Terms, assess
from measures.models import Benefit, Measure


def worth_of(measure: Measure, benefits: Sequence[Benefit], discount: Decimal) -> Assessment | None:
    """The outcome of a measure with these benefits; None while its costs or its benefits are unknown.

    `discount`: percent a year, as the workspace has it.
    """
    if measure.once is None or measure.yearly is None or not benefits:
        return None
    terms = Terms(measure.once, measure.yearly, measure.years, float(discount) / 100)
    return assess(terms, [_assumed(one) for one in benefits])


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
