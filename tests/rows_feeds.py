"""Rows of what sources feed beside answers, for tests/rows.py."""

import datetime

from feedback.actions.imports import Upload
from feedback.actions.usage_files import begin_usage
from feedback.models import SourceTrouble, UsageDay
from feedback.tasks import import_counts
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


def fill_feeds(workspace: Workspace, touchpoint: Touchpoint, *, by: User) -> None:
    """How often the touchpoint was used on one day, a file that counts, and what was refused of who counts."""
    here = {"workspace": workspace, "subject": touchpoint.subject, "source": "till"}
    UsageDay.objects.create(day="2026-03-01", contacts=40, visits=30, completed=20, complaints=2, **here)
    upload = Upload(
        "till.csv",
        b"day,touchpoint,visits,completed,shift\n2026-02-27,Delay information,9,8,early\n2026-02-28,Nowhere,9,8,\n",
    )
    import_counts(begin_usage(workspace, upload, source="till", key="first", by=by).pk)
    at = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
    refused = {"reason": "wrong kind", "field": "day", "times": 3, "first_at": at, "last_at": at}
    SourceTrouble.objects.create(workspace=workspace, source="till", **refused)
