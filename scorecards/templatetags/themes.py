"""A theme's months as SVG."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from feedback.models import Theme

register = template.Library()

STEP, BAR, HEIGHT = 6, 4, 20  # pixels
EMPTY = SafeString(' class="theme-none"')


@register.simple_tag
def theme_months(theme: Theme) -> SafeString:
    """Return how many customers named a theme in each of the last twelve months, as bars, the current month last."""
    top = max(1, *theme.by_month)
    bars = [(place * STEP, max(1, round(HEIGHT * times / top)), times) for place, times in enumerate(theme.by_month)]
    words = _("named by month, the current one last: %(months)s") % {"months": ", ".join(map(str, theme.by_month))}
    return format_html(
        '<svg class="theme-months" role="img" aria-label="{}" width="{}" height="{}">{}</svg>',
        words,
        len(bars) * STEP,
        HEIGHT,
        format_html_join(
            "",
            '<rect x="{}" y="{}" width="{}" height="{}"{}/>',
            (
                (x, HEIGHT - high, BAR, high, "" if times else SafeString(' class="theme-none"'))
                for x, high, times in bars
            ),
        ),
    )
