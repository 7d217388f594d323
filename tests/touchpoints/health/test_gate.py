"""Which health fails the quality gate."""

import pytest

from touchpoints.health.bands import Evidence
from touchpoints.health.gate import Judgement, judge


@pytest.mark.parametrize(
    ("number", "high", "evidence", "judgement"),
    [
        (70, 72, Evidence.MEASURED, Judgement.MET),
        (69, 71, Evidence.MEASURED, Judgement.WITHIN),
        (68, 70, Evidence.MEASURED, Judgement.WITHIN),  # an end that shows the target's number reaches it
        (67, 69, Evidence.MEASURED, Judgement.BELOW),
        (40, 75, Evidence.INDICATIVE, Judgement.WITHIN),
        (20, 45, Evidence.INDICATIVE, Judgement.FEW),
        (80, 99, Evidence.INDICATIVE, Judgement.MET),
        (None, None, Evidence.UNKNOWN, Judgement.UNKNOWN),
        (None, None, Evidence.ASSUMPTION, Judgement.UNKNOWN),
    ],
)
def test_only_what_is_measured_and_below_for_sure_fails(
    number: int | None, high: int | None, evidence: Evidence, judgement: Judgement
) -> None:
    assert judge(number, high, 70, evidence) is judgement


def test_a_target_of_nothing_is_always_met() -> None:
    assert judge(0, 3, 0, Evidence.MEASURED) is Judgement.MET
