"""Rows of what sources feed beside answers, for tests/rows.py."""

import datetime

from feedback.models import SourceTrouble, UsageDay
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


def fill_feeds(workspace: Workspace, touchpoint: Touchpoint, *, by: User) -> None:
    """How often the touchpoint was used on one day, and what else was refused of who counts."""
    here = {"workspace": workspace, "subject": touchpoint.subject, "source": "till"}
    UsageDay.objects.create(day="2026-03-01", contacts=40, visits=30, completed=20, **here)
    at = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
    refused = {"reason": "wrong kind", "field": "day", "times": 3, "first_at": at, "last_at": at}
    SourceTrouble.objects.create(workspace=workspace, source="till", **refused)
