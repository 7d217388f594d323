"""When a source was last heard, in words."""

import datetime

from babel.dates import format_skeleton
from django import template
from django.utils.translation import get_language, ngettext, to_locale
from django.utils.translation import gettext as _

from feedback.freshness import Heard
from workspaces import clock
from workspaces.templatetags.moments import ago

register = template.Library()

COUNTED = 30  # days; what is longer ago has a date


@register.filter
def heard_ago(one: Heard) -> str:
    """Return “4 min ago”, “yesterday”, “9 days ago”, “stopped 9 days ago”, or the date."""
    days = {"days": one.silent}
    if one.stopped:
        return ngettext("stopped %(days)d day ago", "stopped %(days)d days ago", one.silent) % days
    if one.silent == 0:
        return ago(one.at) if one.at and one.at <= clock.now() else _("today")
    if one.silent == 1:
        return _("yesterday")
    if one.silent <= COUNTED:
        return ngettext("%(days)d day ago", "%(days)d days ago", one.silent) % days
    return _on(one.day)


def _on(day: datetime.date) -> str:
    return format_skeleton("yMMMd", day, locale=to_locale(get_language() or "en"))
