"""A measure and an opportunity for tests, and what a measure may cost and bring."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from feedback.actions import create_insight
from feedback.models import Insight
from measures.actions import cost_measure, create_measure, create_opportunity, move_measure
from measures.models import Measure, Opportunity
from tests.answering import TODAY, Clock, Given, new_touchpoint
from touchpoints.actions import fold_all
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

# 500 EUR a year for 1,000 EUR once: SCORING §8's own example.
PAYS = {"kind": "typed", "low": 30_000, "likely": 50_000, "high": 60_000, "reason": "The vendor's offer"}
COSTS = {"once": 100_000, "yearly": 0, "years": 3, "points": Decimal("8.0")}

DAY = datetime.timedelta(days=1)
START = TODAY - 60 * DAY
BEFORE, SINCE = START - 20 * DAY, START + 20 * DAY
BADLY, WELL = [1, 2, 2, 3, 3, 3, 4, 4] * 5, [3, 4, 4, 4, 5, 5, 5, 5] * 5

GoLive = Callable[..., Measure]


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


@pytest.fixture
def quiet(workspace: Workspace, given: Given) -> list[Touchpoint]:
    """Three touchpoints about which nothing is done, and customers say the same as ever."""
    found = [new_touchpoint(workspace, name) for name in ("Boarding", "Counter", "Wi-Fi")]
    for one in found:
        for day in (BEFORE, SINCE):
            given(one, *BADLY, occurred_at=day)
    return found


@pytest.fixture
def better(at: Clock, delays: Touchpoint, quiet: list[Touchpoint], given: Given) -> Touchpoint:
    """The delay information, of which customers speak better since the start."""
    given(delays, *BADLY, occurred_at=BEFORE)
    given(delays, *WELL, occurred_at=SINCE)
    fold_all()
    return delays


@pytest.fixture
def go_live(measure: Measure, edda: User) -> GoLive:
    """`go_live()`: the measure with what it costs and brings, which customers meet since the start."""

    def go(which: Measure = measure, live_on: datetime.date = START, **costs: Any) -> Measure:
        which = cost_measure(which, version=which.version, benefits=[a_benefit()], **(COSTS | costs), by=edda)
        return move_measure(which, to="live", version=which.version, live_on=live_on, by=edda)

    return go
