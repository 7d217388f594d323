"""What time it is. The one place that asks, so that a test can let a year pass."""

import datetime
import zoneinfo

from django.utils import timezone


def now() -> datetime.datetime:
    """This moment, aware, in UTC."""
    return timezone.now()


def today(zone: zoneinfo.ZoneInfo) -> datetime.date:
    """The local date in that zone, for example `today(workspace.zone)`."""
    return now().astimezone(zone).date()
