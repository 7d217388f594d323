"""How long ago something was, in words."""

import datetime

from babel.dates import format_date, format_skeleton, format_timedelta
from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext, to_locale
from django.utils.translation import gettext as _

from workspaces import clock

register = template.Library()

DAY = datetime.timedelta(days=1)


@register.filter
def ago(moment: datetime.datetime) -> str:
    """Return “10 min ago” on the same day, “yesterday”, else the date, in the reader's language and the active zone."""
    now, locale = clock.now(), to_locale(get_language() or "en")
    today, day = timezone.localdate(now), timezone.localdate(moment)
    if now - moment < datetime.timedelta(minutes=1):
        return _("just now")
    if day == today:
        return format_timedelta(moment - now, add_direction=True, format="short", locale=locale)
    if day == today - DAY:
        return _("yesterday")
    return format_skeleton("MMMd" if day.year == today.year else "yMMMd", day, locale=locale)


@register.filter
def since(moment: datetime.datetime) -> str:
    """Return what may follow “since”: the time on the same day, “yesterday”, a day of the week, or the date."""
    today, local = timezone.localdate(clock.now()), timezone.localtime(moment)
    locale = to_locale(get_language() or "en")
    day = local.date()
    if day == today:
        return pgettext("since", "%(time)s") % {"time": date_format(local, "H:i")}
    if day == today - DAY:
        return _("yesterday")
    if day > today - 7 * DAY:
        return format_date(day, "EEEE", locale=locale)
    return format_skeleton("MMMMd" if day.year == today.year else "yMMMMd", day, locale=locale)


@register.filter
def clock_time(moment: datetime.datetime) -> str:
    """Return “14:03” on the same day, else the date with it, in the active zone."""
    same = timezone.localdate(moment) == timezone.localdate(clock.now())
    return date_format(timezone.localtime(moment), "H:i" if same else "SHORT_DATETIME_FORMAT")
