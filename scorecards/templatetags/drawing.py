"""Charts as SVG: places are attributes, for the content security policy admits no inline style."""

from collections.abc import Sequence

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from scorecards.alarms import Explained
from scorecards.year import Month
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


@register.simple_tag
def months_drawing(months: Sequence[Month]) -> SafeString:
    """Return a year of health as a line with its last month as a dot, from 0 to 100 in every row; a gap is unknown."""
    if not months:
        return mark_safe("")
    line, before = [], None
    for month in months:
        line.append(f"{'L' if before == month.place - 1 else 'M'}{_spot(month)}")
        before = month.place
    first, last = months[0], months[-1]
    x, y = _spot(last).split()
    return format_html(
        '<svg class="months" role="img" aria-label="{}" width="96" height="28"><path d="{}"/>'
        '<circle data-band="{}" cx="{}" cy="{}" r="2.5"/></svg>',
        _year_in_words(first, last), "".join(line), last.band or "", x, y,
    )  # fmt: skip


def _year_in_words(first: Month, last: Month) -> str:
    if first == last:
        return _("Health %(number)s in %(month)s; nothing is known of the months before.") % {
            "number": last.number,
            "month": date_format(last.day, "YEAR_MONTH_FORMAT"),
        }
    return _("Health from %(then)s in %(first)s to %(now)s in %(last)s.") % {
        "then": first.number,
        "first": date_format(first.day, "YEAR_MONTH_FORMAT"),
        "now": last.number,
        "last": date_format(last.day, "YEAR_MONTH_FORMAT"),
    }


def _spot(month: Month) -> str:
    return f"{4 + 8 * month.place} {26 - 0.24 * month.exact:.1f}"


@register.simple_tag
def priority_drawing(points: float, most: float) -> SafeString:
    """Return how much a priority is of the highest one, as a bar; its number stands beside it."""
    return format_html(
        '<svg class="priority" aria-hidden="true" width="46" height="6"><rect class="priority-most" width="46"'
        ' height="6" rx="3"/><rect width="{}" height="6" rx="3"/></svg>',
        f"{46 * points / most if most else 0:.1f}",
    )


def _y(height: float, top: float) -> str:
    return f"{HEIGHT * (1 - height / top):.2f}"
