"""A persona against the others, and perception against expectation: by the rule of changes."""

import pytest
from scipy.stats import ttest_ind

from touchpoints.health.apart import gap_difference, persona_differences
from touchpoints.health.decay import Tally
from touchpoints.health.metrics import scale_of

EMOTION, EXPECTATION, CSAT = scale_of("emotion", "-2-2"), scale_of("expectation", "-2-2"), scale_of("csat", "1-5")


def said(*counts: int) -> Tally:
    return Tally(counts, sum(counts), sum(counts))


def test_a_persona_is_compared_with_all_others_together() -> None:
    apart = persona_differences(
        {1: {CSAT: said(0, 20, 20, 0, 0)}, 2: {CSAT: said(0, 0, 0, 20, 10)}, 3: {CSAT: said(0, 0, 0, 0, 10)}}
    )
    assert (apart[1].before, apart[1].after, apart[1].delta) == (40, 40, -50.0)
    assert apart[3].delta is None  # ten are too few


def test_a_persona_alone_has_nobody_to_be_compared_with() -> None:
    assert persona_differences({1: {CSAT: said(0, 20, 20, 0, 0)}})[1].delta is None


def test_a_gap_is_tested_as_welch_does() -> None:
    gap = gap_difference({EMOTION: said(4, 8, 10, 8, 4), EXPECTATION: said(0, 4, 8, 20, 8)})
    perceived = [-2] * 4 + [-1] * 8 + [0] * 10 + [1] * 8 + [2] * 4
    expected = [-1] * 4 + [0] * 8 + [1] * 20 + [2] * 8
    assert gap is not None
    assert gap.delta == pytest.approx(sum(perceived) / 34 - sum(expected) / 40)
    assert gap.p == pytest.approx(ttest_ind(perceived, expected, equal_var=False).pvalue, rel=0.01)


def test_satisfaction_stands_in_for_emotion() -> None:
    gap = gap_difference({CSAT: said(0, 40, 0, 0, 0), EXPECTATION: said(0, 0, 0, 40, 0)})
    assert gap is not None
    assert gap.delta == -2.0


@pytest.mark.parametrize("fewer", [4, 29])
def test_no_gap_is_told_of_few(fewer: int) -> None:
    gap = gap_difference({EMOTION: said(40, 0, 0, 0, 0), EXPECTATION: said(0, 0, 0, 0, fewer)})
    assert gap is None if fewer < 5 else gap is not None and gap.delta is None
