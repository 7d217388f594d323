"""The words of a comparison."""

from django import template
from django.utils.translation import gettext as _

from journeys.comparison import Comparison
from journeys.comparison import beyond as said_of
from journeys.two_lines import TwoLines
from touchpoints.health.changes import Change
from workspaces.templatetags.look import moved

register = template.Library()


@register.filter
def beyond(change: Change | None) -> str:
    """What is said of a difference, by the one rule of real changes."""
    return said_of(change)


@register.filter
def lines_sentence(told: Comparison, lines: TwoLines) -> str:
    """The two emotion lines in one sentence, for those who do not see them: where they lie farthest apart."""
    sides = {"a": told.a, "b": told.b}
    both = [one.pair for one in lines.stations if one.pair.felt is not None]
    if lines.is_trend:
        return _("The trends of what is felt: %(a)s as a solid line, %(b)s as a dashed one.") % sides
    if not both:
        return _("What is felt is not known on both sides.")
    widest = max(both, key=lambda pair: abs(pair.felt or 0))
    said = sides | {"name": widest.name, "felt": moved(widest.felt or 0, 1)}
    two = _(
        "Two emotion lines from -2 (frustrated) to +2 (delighted): %(a)s solid with squares, %(b)s dashed with"
        " circles. They lie farthest apart at %(name)s: %(felt)s."
    )
    return two % said
