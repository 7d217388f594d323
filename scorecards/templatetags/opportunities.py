"""The words by which opportunities are told."""

from collections.abc import Mapping, Sequence

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.models import Opportunity
from scorecards.opportunities import Seen
from scorecards.opportunity_chart import Matrix

register = template.Library()


@register.filter
def of_insight(opportunities: Mapping[int, Sequence[Opportunity]], insight: int) -> Sequence[Opportunity]:
    """The opportunities that gather an insight, by its id."""
    return opportunities.get(insight, ())


@register.filter
def matrix_words(matrix: Matrix) -> str:
    """Importance against performance in one sentence."""
    if not matrix.pressing:
        return _("Importance against performance: none is important and weak.")
    told = ngettext(
        "Importance against performance: important and weak is %(names)s.",
        "Importance against performance: important and weak are %(names)s.",
        len(matrix.pressing),
    )
    return told % {"names": ", ".join(str(one.opportunity) for one in matrix.pressing)}


@register.filter
def quarter_word(seen: Seen) -> str:
    """In which quarter of importance and performance it lies."""
    if seen.is_important:
        return _("important and weak") if seen.is_weak else _("important and good")
    return _("less important and weak") if seen.is_weak else _("less important and good")
