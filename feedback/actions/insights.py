"""What the team writes down of what customers said."""

from typing import Any

from django.db import transaction

from feedback.models import Insight
from touchpoints.models import Touchpoint
from workspaces.actions import keeping, record
from workspaces.models import Actor


@transaction.atomic
def create_insight(touchpoint: Touchpoint, *, by: Actor, **facts: Any) -> Insight:
    """A pain point, praise or wish that customers have at this touchpoint."""
    insight: Insight = Insight.objects.create(workspace_id=touchpoint.workspace_id, touchpoint=touchpoint, **facts)
    record(insight.workspace, "insight.create", insight, by=by)
    return insight


def edit_insight(insight: Insight, *, version: int, by: Actor, **facts: Any) -> Insight:
    """Change what an insight says. Raises Stale."""
    return keeping.edit(insight, version=version, by=by, **facts)


def archive_insight(insight: Insight, *, by: Actor) -> Insight:
    """Take an insight off its touchpoint."""
    return keeping.archive(insight, by=by)


def restore_insight(insight: Insight, *, by: Actor) -> Insight:
    """Take an insight back."""
    return keeping.restore(insight, by=by)
