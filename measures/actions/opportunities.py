"""What could be gained: pain points and wishes are gathered."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from feedback.models import Insight, InsightKind
from measures.actions.ties import edit_tied, tie
from measures.models import Opportunity
from workspaces.actions import keeping, record
from workspaces.errors import Refused
from workspaces.models import Actor, Workspace
from workspaces.transactions import retried


@retried
def create_opportunity(workspace: Workspace, *, insights: Collection[Insight], by: Actor, **facts: Any) -> Opportunity:
    """An opportunity that gathers these pain points and wishes. Raises Refused for none at all, and for praise."""
    _refuse_none(insights)
    _refuse_praise(insights)
    opportunity: Opportunity = Opportunity.objects.create(workspace=workspace, **facts)
    tie(opportunity, insights=insights)
    record(workspace, "opportunity.create", opportunity, by=by)
    return opportunity


@retried
def edit_opportunity(
    opportunity: Opportunity, *, version: int, by: Actor, insights: Collection[Insight] | None = None, **facts: Any
) -> Opportunity:
    """Change what it says, or what it gathers. Raises Stale, and Refused for praise or where nothing would be left."""
    if insights is not None:
        _refuse_none(insights)
        _refuse_praise(set(insights) - set(opportunity.insights.all()))
    return edit_tied(opportunity, version=version, by=by, facts=facts, insights=insights)


def archive_opportunity(opportunity: Opportunity, *, by: Actor) -> Opportunity:
    """Take it off the board. The measures that were born of it stay."""
    return keeping.archive(opportunity, by=by)


def restore_opportunity(opportunity: Opportunity, *, by: Actor) -> Opportunity:
    """Take it back."""
    return keeping.restore(opportunity, by=by)


def _refuse_none(insights: Collection[Insight]) -> None:
    if not insights:
        raise Refused(_("An opportunity gathers at least one pain point or wish."))


def _refuse_praise(insights: Collection[Insight]) -> None:
    for insight in insights:
        if insight.kind == InsightKind.PRAISE:
            raise Refused(_("“%(name)s” is praise: an opportunity gathers pain points and wishes.") % {"name": insight})
