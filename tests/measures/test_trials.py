"""Whether one of two groups did better."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportions_ztest

from measures.trials import Group, always_valid_p, pooled_p

GROUPS = st.integers(2, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_the_worked_example() -> None:
    assert round(pooled_p((45, 500), (68, 500)), 4) == 0.0216
    assert round(always_valid_p((45, 500), (68, 500), expected=0.02), 4) == 0.3749


@given(GROUPS, GROUPS)
def test_the_pooled_test_is_the_one_of_statsmodels(one: Group, other: Group) -> None:
    if 0 < one[0] + other[0] < one[1] + other[1]:
        expected = proportions_ztest([one[0], other[0]], [one[1], other[1]])[1]
        assert pooled_p(one, other) == pytest.approx(expected, abs=1e-12)
    else:
        assert pooled_p(one, other) == 1


@given(GROUPS, GROUPS, st.floats(0.001, 0.5))
def test_looking_at_any_time_costs_certainty(one: Group, other: Group, expected: float) -> None:
    assert 0 <= always_valid_p(one, other, expected=expected) <= 1
    assert always_valid_p(one, other, expected=expected) == always_valid_p(other, one, expected=expected)


def test_of_a_hundred_looks_at_equal_groups_few_lead_astray_and_by_the_pooled_test_many() -> None:
    chance, looks, trials = random.Random(1), 100, 400
    astray = {"pooled": 0, "always valid": 0}
    for _ in range(trials):
        one = other = n = 0
        least = {"pooled": 1.0, "always valid": 1.0}
        for _ in range(looks):
            n += 50
            one += sum(chance.random() < 0.1 for _ in range(50))
            other += sum(chance.random() < 0.1 for _ in range(50))
            least["pooled"] = min(least["pooled"], pooled_p((one, n), (other, n)))
            least["always valid"] = min(least["always valid"], always_valid_p((one, n), (other, n), expected=0.02))
        for test, p in least.items():
            astray[test] += p < 0.05
    assert astray["pooled"] > 0.25 * trials  # 38 % by SCORING §8
    assert astray["always valid"] < 0.05 * trials
