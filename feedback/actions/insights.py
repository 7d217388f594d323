"""What the team writes down of what customers said."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from feedback.models import Insight
from touchpoints.models import Touchpoint
from workspaces.actions import keeping, record_all
from workspaces.errors import Refused
from workspaces.models import Actor, Workspace


@transaction.atomic
def create_insight(touchpoint: Touchpoint, *, by: Actor, **facts: Any) -> Insight:
    """A pain point, praise or wish that customers have at this touchpoint."""
    return create_insights(touchpoint.workspace, [{"touchpoint": touchpoint, **facts}], by=by)[0]


@transaction.atomic
def create_insights(workspace: Workspace, all_facts: Sequence[Mapping[str, Any]], *, by: Actor) -> list[Insight]:
    """As many new insights, in the statements that one takes; each one's facts name its touchpoint."""
    made: list[Insight] = Insight.objects.bulk_create(Insight(workspace=workspace, **facts) for facts in all_facts)
    record_all(workspace, "insight.create", made, by=by)
    return made


def edit_insight(insight: Insight, *, version: int, by: Actor, **facts: Any) -> Insight:
    """Change what an insight says. Raises Stale, and Refused where a number is given to one that is counted."""
    if insight.is_counted and facts.get("mentions", insight.mentions) != insight.mentions:
        raise Refused(_("The mentions of this insight are counted."))
    return keeping.edit(insight, version=version, by=by, **facts)


def archive_insight(insight: Insight, *, by: Actor) -> Insight:
    """Take an insight off its touchpoint."""
    return keeping.archive(insight, by=by)


def restore_insight(insight: Insight, *, by: Actor) -> Insight:
    """Take an insight back."""
    return keeping.restore(insight, by=by)
