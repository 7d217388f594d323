"""A measure and an opportunity for tests, and what a measure may cost and bring."""

from decimal import Decimal
from typing import Any

import pytest

from feedback.actions import create_insight
from feedback.models import Insight
from measures.actions import create_measure, create_opportunity
from measures.models import Measure, Opportunity
from tests.answering import Clock
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

# 500 EUR a year for 1,000 EUR once: SCORING §8's own example.
PAYS = {"kind": "typed", "low": 30_000, "likely": 50_000, "high": 60_000, "reason": "The vendor's offer"}
COSTS = {"once": 100_000, "yearly": 0, "years": 3, "points": Decimal("8.0")}


def a_benefit(**facts: Any) -> dict[str, Any]:
    """One that pays, unless told otherwise."""
    return {**PAYS, **facts}


@pytest.fixture
def pain(delays: Touchpoint, edda: User) -> Insight:
    """A pain point at the delay information."""
    return create_insight(delays, kind="pain", text="Too late to be of use", by=edda)


@pytest.fixture
def opportunity(workspace: Workspace, pain: Insight, edda: User) -> Opportunity:
    """What could be gained by earlier news."""
    return create_opportunity(workspace, title="Tell of delays in time", insights=[pain], by=edda)


@pytest.fixture
def measure(at: Clock, workspace: Workspace, delays: Touchpoint, opportunity: Opportunity, edda: User) -> Measure:
    """An idea of which nobody knows yet what it costs."""
    return create_measure(
        workspace, title="Reason and forecast", kind="technical", touchpoints=[delays], opportunity=opportunity, by=edda
    )
