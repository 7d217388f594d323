"""The words by which key drivers are told."""

from math import isinf

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from scorecards.driver_charts import Bars, Places
from scorecards.drivers import DriverSeen, Question
from touchpoints.health.drivers import Quadrant, Ranged
from touchpoints.health.metrics import Metric
from touchpoints.templatetags.alarms import metric_word
from workspaces.templatetags.look import decimals, percent

register = template.Library()

OUTCOMES: dict[str, Promise] = {
    Metric.NPS.value: gettext_lazy("likelihood to recommend"),
    Metric.CSAT.value: gettext_lazy("overall satisfaction"),
}
QUADRANTS: dict[Quadrant, Promise] = {
    Quadrant.ACT: gettext_lazy("important, and below average"),
    Quadrant.KEEP: gettext_lazy("important, and above average"),
    Quadrant.LATER: gettext_lazy("less important, and below average"),
    Quadrant.ENOUGH: gettext_lazy("less important, and above average"),
}


@register.filter
def outcome_word(metric: str) -> Promise:
    """What the question about the whole asks for."""
    return OUTCOMES[metric]


@register.filter
def quadrant_word(quadrant: Quadrant | None) -> str:
    """Where a driver surely stands among the others."""
    return str(QUADRANTS[quadrant]) if quadrant else _("cannot be told")


@register.filter
def question_name(question: Question) -> str:
    """A question by its touchpoint and metric."""
    return f"{question.name} ({metric_word(question.metric)})"


@register.filter
def driver_name(seen: DriverSeen) -> str:
    """A driver by its questions."""
    return " + ".join(question_name(question) for question in seen.questions)


@register.filter
def range_percent(value: Ranged, places: int = 0) -> str:
    """The interval of a share, in percent."""
    return f"{percent(value.low, places)} – {percent(value.high, places)}"


@register.filter
def range_points(value: Ranged, places: int = 0) -> str:
    """The interval of a figure in points."""
    return " – ".join(decimals(end, places) for end in (value.low, value.high))


@register.filter
def bars_words(bars: Bars) -> str:
    """The bars in one sentence."""
    first, last = bars.bars[0].seen, bars.bars[-1].seen
    return _("Share of what is explained: from %(first)s with %(most)s to %(last)s with %(least)s.") % {
        "first": driver_name(first),
        "most": percent(first.driver.share.value),
        "last": driver_name(last),
        "least": percent(last.driver.share.value),
    }


@register.filter
def places_words(places: Places) -> str:
    """Importance against performance in one sentence."""
    acting = [driver_name(place.seen) for place in places.places if place.seen.quadrant == Quadrant.ACT]
    if not acting:
        return _("Importance against performance: none is surely more important than the mean and below average.")
    told = ngettext(
        "Importance against performance: surely important, and below average, is %(names)s.",
        "Importance against performance: surely important, and below average, are %(names)s.",
        len(acting),
    )
    return told % {"names": ", ".join(acting)}


@register.filter
def inflation(value: float) -> str:
    """A variance inflation, which has no end."""
    return "∞" if isinf(value) else decimals(value, 2)
