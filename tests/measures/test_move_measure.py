"""From the idea to the review, or dropped with a reason; every decision is written down."""

import pytest
from django.db import IntegrityError, transaction

from measures.actions import cost_measure, move_measure
from measures.models import Measure, Step
from tests.answering import Clock
from tests.measures.conftest import COSTS, a_benefit
from workspaces.errors import Refused, Stale
from workspaces.models import User


@pytest.fixture
def costed(measure: Measure, edda: User) -> Measure:
    """The measure, of which is known what it costs and brings."""
    return cost_measure(measure, version=1, benefits=[a_benefit()], **COSTS, by=edda)


def test_it_goes_on_step_by_step_and_each_is_written_down(costed: Measure, at: Clock, edda: User) -> None:
    for status in ("assessed", "in_progress", "live"):
        costed = move_measure(costed, to=status, version=costed.version, reason="The board agreed", by=edda)
    assert (costed.status, costed.live_on) == ("live", at.today)
    steps = Step.objects.order_by("pk").values_list("came_from", "went_to", "reason", "actor")
    assert list(steps)[1:3] == [
        ("idea", "assessed", "The board agreed", edda.pk),
        ("assessed", "in_progress", "The board agreed", edda.pk),
    ]
    assert len(steps) == 4


@pytest.mark.parametrize("status", ["assessed", "in_progress", "live", "reviewed"])
def test_nothing_goes_on_of_which_cost_and_benefit_are_unknown(measure: Measure, edda: User, status: str) -> None:
    with pytest.raises(Refused, match="costs and brings"):
        move_measure(measure, to=status, version=1, by=edda)
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.update(status=status, live_on="2026-01-01")


def test_only_what_is_live_is_reviewed(costed: Measure, edda: User) -> None:
    with pytest.raises(Refused, match="live"):
        move_measure(costed, to="reviewed", version=2, by=edda)


def test_a_dropped_measure_leaves_its_trace_and_may_come_back(measure: Measure, edda: User) -> None:
    with pytest.raises(Refused, match="why"):
        move_measure(measure, to="dropped", version=1, reason=" ", by=edda)
    dropped = move_measure(measure, to="dropped", version=1, reason="Too dear", by=edda)
    assert (dropped.status, dropped.reason) == ("dropped", "Too dear")
    back = move_measure(dropped, to="idea", version=2, by=edda)
    assert (back.status, back.reason) == ("idea", "")
    assert [step.reason for step in Step.objects.order_by("pk")] == ["", "Too dear", ""]


def test_the_same_move_twice_is_one(costed: Measure, edda: User) -> None:
    for _time in range(2):
        move_measure(costed, to="assessed", version=2, by=edda)
    assert Step.objects.count() == 2
    with pytest.raises(Stale):
        move_measure(costed, to="live", version=2, by=edda)
