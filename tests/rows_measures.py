"""Rows of what is done about what customers say, for tests/rows.py."""

from feedback.models import Insight
from measures.actions import cost_measure, create_measure, create_opportunity, move_measure
from personas.models import Persona
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


def fill_measures(workspace: Workspace, touchpoint: Touchpoint, persona: Persona, *, by: User) -> None:
    """An opportunity, and a measure that was born of it, with what it costs and brings, which is live."""
    pains = [Insight.objects.of(workspace).earliest("pk")]
    opportunity = create_opportunity(workspace, title="Tell of delays in time", insights=pains, by=by)
    measure = create_measure(
        workspace,
        title="Reason and forecast",
        touchpoints=[touchpoint],
        personas=[persona],
        opportunity=opportunity,
        by=by,
    )
    pays = {"kind": "typed", "low": 1_000, "likely": 50_000, "high": 60_000, "reason": "The vendor's offer"}
    measure = cost_measure(measure, version=1, benefits=[pays], once=100_000, yearly=0, by=by)
    move_measure(measure, to="live", version=measure.version, by=by)
