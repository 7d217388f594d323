"""How the chart of costs and benefits is told."""

from django import template
from django.utils.translation import ngettext

from scorecards.measure_chart import Chart

register = template.Library()


@register.filter
def chart_words(chart: Chart) -> str:
    """What the chart of costs and benefits shows, for who cannot see it; the board has every figure."""
    quick = sum(
        1
        for place in chart.places
        if place.card.worth and place.card.worth.likely.payback is not None and place.card.worth.likely.payback <= 1
    )
    return ngettext(
        "%(number)d measure by cost and benefit; of these, %(quick)d would pay back within a year.",
        "%(number)d measures by cost and benefit; of these, %(quick)d would pay back within a year.",
        len(chart.places),
    ) % {"number": len(chart.places), "quick": quick}
