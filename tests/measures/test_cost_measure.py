"""What it costs and why it pays: unknown until somebody says so, and then both together."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from measures.actions import cost_measure, move_measure
from measures.models import Benefit, Measure
from tests.measures.conftest import COSTS, a_benefit
from workspaces.errors import Refused, Stale
from workspaces.models import User


def test_costs_and_benefits_are_said_together(measure: Measure, edda: User) -> None:
    assert (measure.once, measure.yearly, measure.is_costed) == (None, None, False)
    for _time in range(2):  # sent twice
        measure = cost_measure(measure, version=1, benefits=[a_benefit()], **COSTS, by=edda)
    assert (measure.version, measure.once, measure.is_costed) == (2, 100_000, True)
    assert [one.likely for one in measure.benefits.all()] == [50_000]
    with pytest.raises(Stale):
        cost_measure(measure, version=1, benefits=[], **COSTS, by=edda)


def test_later_benefits_take_the_place_of_earlier_ones(measure: Measure, edda: User) -> None:
    cost_measure(measure, version=1, benefits=[a_benefit(), a_benefit(likely=40_000)], **COSTS, by=edda)
    keeps = {"kind": "retention", "count": 900, "each": 12_000, "base": "0.8", "low": "0.01", "likely": "0.02"}
    cost_measure(measure, version=2, benefits=[{**keeps, "high": "0.03"}], **COSTS, by=edda)
    assert [one.kind for one in measure.benefits.all()] == ["retention"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"low": 70_000},
        {"high": 40_000},
        {"reason": ""},
        {"kind": "avoided", "high": 2, "low": 0, "likely": 1},
        {"kind": "retention", "base": 1, "low": 0, "likely": 0, "high": 0},
        {"kind": "luck"},
    ],
    ids=["low above likely", "high below it", "typed without reason", "above all", "all stay", "unknown kind"],
)
def test_what_cannot_be_is_refused_by_the_database(measure: Measure, edda: User, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        cost_measure(measure, version=1, benefits=[a_benefit(**wrong)], **COSTS, by=edda)
    measure.refresh_from_db()
    assert (measure.version, measure.once, Benefit.objects.exists()) == (1, None, False)


def test_what_was_assessed_keeps_cost_and_benefit(measure: Measure, edda: User) -> None:
    cost_measure(measure, version=1, benefits=[a_benefit()], **COSTS, by=edda)
    move_measure(measure, to="assessed", version=2, by=edda)
    for benefits, costs in (([], COSTS), ([a_benefit()], {**COSTS, "yearly": None})):
        with pytest.raises(Refused, match="costs and brings"):
            cost_measure(measure, version=3, benefits=benefits, **costs, by=edda)
    assert Benefit.objects.count() == 1
