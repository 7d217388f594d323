"""The days of the sample: its files count them from the day on which it is loaded."""

import datetime

from workspaces import clock
from workspaces.models import Workspace


def in_days(workspace: Workspace, days: int) -> datetime.date:
    """The day so many days from today there; negative: so many days ago."""
    return clock.today(workspace.zone) + datetime.timedelta(days=days)
