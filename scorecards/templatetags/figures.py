"""How figures are written: scales, and the words of metrics and components."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from feedback.models import Response
from touchpoints.borders import borders_of
from touchpoints.health.bands import band_of, shown_number
from touchpoints.health.changes import Change
from touchpoints.health.figures import PeriodFigures
from touchpoints.health.metrics import Scale, scale_of
from touchpoints.models import DailyCell, Metric
from touchpoints.templatetags.alarms import metric_word
from workspaces.models import Workspace

register = template.Library()
register.filter(metric_word)

COMPONENTS: dict[str, Promise] = {
    "csat": _("CSAT"),
    "ces": _("CES"),
    "nps": _("NPS"),
    "complaints": _("complaints"),
    "completion": _("completion"),
}


@register.filter
def component_word(component: str) -> Promise:
    """The word of a part of the health score."""
    return COMPONENTS[component]


@register.filter
def choice_word(value: bool | float) -> str:
    """A choice of a rule as people read it."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return str(value)


@register.filter
def words(text: str) -> list[str]:
    """The words of a text, to loop over."""
    return text.split()


@register.filter
def of_touchpoint(facts: Mapping[int, Any], touchpoint: int) -> Any:
    """What is known of one touchpoint, by its id."""
    return facts.get(touchpoint)


@register.filter
def of_metric(figures: Mapping[str, Sequence[Any]], metric: str) -> Sequence[Any]:
    """The entries of one metric, none where it was not asked."""
    return figures.get(metric, ())


@register.filter
def of_scale(changes: Mapping[str, Change], scale: Scale) -> Change | None:
    """The change of a figure on that scale."""
    return changes.get(scale.key)


@register.filter
def on_scale(figures: Mapping[str, Sequence[PeriodFigures]] | None, scale: Scale) -> PeriodFigures | None:
    """The figures of that scale among those of a period."""
    found = figures.get(scale.metric, ()) if figures else ()
    return next((one for one in found if one.scale == scale), None)


@register.filter
def scale_range(scale: Scale) -> str:
    """A scale's ends, for example 1–5; an arrow where low is best."""
    return f"{scale.low}–{scale.high}{' ↓' if scale.reversed else ''}"


@register.filter
def answer_band(response: Response, workspace: Workspace) -> str:
    """The band in which one answer alone would fall; empty for a complaint, which is counted and has no worth."""
    if response.metric == Metric.COMPLAINT or response.value is None:
        return ""
    scale = scale_of(response.metric, response.scale)
    return str(band_of(shown_number(float(scale.utilities[scale.index(response.value)])), borders_of(workspace)))


@register.filter
def scale_of_cell(cell: DailyCell) -> Scale:
    """The scale on which a day's answers were given."""
    return scale_of(cell.metric, cell.scale)


@register.filter
def by_value(cell: DailyCell) -> list[tuple[int, int]]:
    """A day's counts: each value that somebody gave, and how many did."""
    values = scale_of_cell(cell).values
    return [(value, count) for value, count in zip(values, cell.counts, strict=True) if count]
