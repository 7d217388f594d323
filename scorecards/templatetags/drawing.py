"""Charts as SVG: places are attributes, for the content security policy admits no inline style."""

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from scorecards.alarms import Explained
from touchpoints.models import Alarm

register = template.Library()

HEIGHT = 100  # of the drawing's own units; its width is a unit a day


@register.simple_tag
def path_drawing(explained: Explained, alarm: Alarm) -> SafeString:
    """Return a chart's path with its threshold and the time since the change date; the table behind it has the rest."""
    days = explained.days
    if not days:
        return mark_safe("")
    top = 1.08 * max(max(day.point.height, day.threshold) for day in days)
    width = max(1, len(days) - 1)
    places = {day.point.day: number for number, day in enumerate(days)}
    path = "".join(f"{'L' if number else 'M'}{number} {_y(day.point.height, top)}" for number, day in enumerate(days))
    limit = "".join(f"{'L' if number else 'M'}{number} {_y(day.threshold, top)}" for number, day in enumerate(days))
    label = max(10.0, 140 * (1 - days[0].threshold / top) - 5)
    since, raised = places.get(alarm.since, 0), places.get(alarm.day, width)
    first, last = (date_format(day.point.day, "SHORT_DATE_FORMAT") for day in (days[0], days[-1]))
    described = _("The path from %(first)s to %(last)s: at most %(height)s, threshold %(threshold)s.") % {
        "first": first,
        "last": last,
        "height": f"{max(day.point.height for day in days):.2f}",
        "threshold": f"{days[-1].threshold:.2f}",
    }
    return format_html(
        '<svg class="path" role="img" aria-label="{}">'
        '<svg viewBox="0 0 {} {}" preserveAspectRatio="none" width="100%" height="140">'
        '<rect class="path-since" x="{}" y="0" width="{}" height="{}"/>'
        '<path class="path-limit" d="{}"/><path class="path-height" d="{}"/></svg>'
        '<text x="4" y="{}">{}</text><text x="0" y="158">{}</text>'
        '<text class="path-last" x="100%" y="158">{}</text></svg>',
        described, width, HEIGHT, since, max(0.5, raised - since), HEIGHT, limit, path, f"{label:.0f}", _("threshold"),
        first, last,
    )  # fmt: skip


def _y(height: float, top: float) -> str:
    return f"{HEIGHT * (1 - height / top):.2f}"
