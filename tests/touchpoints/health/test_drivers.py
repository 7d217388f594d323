"""Key drivers: the model's worked example, its algebra, and other people's arithmetic as oracles."""

from itertools import permutations
from math import inf
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import sqrtm
from statsmodels.stats.outliers_influence import variance_inflation_factor

from touchpoints.health.drivers import (
    Driver,
    Drivers,
    Quadrant,
    Ranged,
    Reason,
    Refusal,
    johnson_weights,
    key_drivers,
    lmg_weights,
)

WORKED = np.array([[1, 0.3], [0.3, 1]]), np.array([0.5, 0.4])


def asked(n: int = 400, k: int = 4, *, seed: int = 1, noise: float = 1.5) -> tuple[Any, Any]:
    """Answers of n respondents to k questions that go together, and an outcome that rests on them, the last most."""
    chance = np.random.default_rng(seed)
    answers = chance.normal(size=(n, 1)) * 0.7 + chance.normal(size=(n, k))
    return answers, answers @ np.arange(1, k + 1) + noise * k * chance.normal(size=n)


def found(answers: Any, outcome: Any, draws: int = 40) -> Drivers:
    told = key_drivers(answers, outcome, draws=draws)
    assert isinstance(told, Drivers)
    return told


def by_column(told: Drivers) -> list[Driver]:
    return sorted(told.drivers, key=lambda driver: driver.columns)


def test_the_worked_example_of_the_model() -> None:
    assert [round(weight, 4) for weight in johnson_weights(*WORKED)] == [0.2043, 0.1143]
    assert [round(weight, 4) for weight in lmg_weights(*WORKED)] == [0.2043, 0.1143]  # of two drivers both are the same


@pytest.mark.parametrize("k", [2, 3, 5])
def test_both_weights_and_r_squared_are_what_others_find(k: int) -> None:
    answers, outcome = asked(k=k)
    told = found(answers, outcome)
    fit = sm.OLS(outcome, sm.add_constant(answers)).fit()
    assert told.r_squared.value == pytest.approx(fit.rsquared)
    assert sum(driver.weight.value for driver in told.drivers) == pytest.approx(fit.rsquared)
    assert sum(driver.share.value for driver in told.drivers) == pytest.approx(1)
    assert [driver.lmg for driver in by_column(told)] == pytest.approx(lmg_by_hand(answers, outcome))
    correlations: Any = np.corrcoef(np.column_stack([answers, outcome]), rowvar=False)
    root: Any = np.real(sqrtm(correlations[:-1, :-1]))
    johnson: Any = root**2 @ np.linalg.solve(root, correlations[:-1, -1]) ** 2
    assert [driver.weight.value for driver in by_column(told)] == pytest.approx(johnson)
    spread = fit.params[1:] * answers.std(axis=0) / outcome.std()
    assert [driver.beta for driver in by_column(told)] == pytest.approx(spread)
    inflation = [variance_inflation_factor(sm.add_constant(answers), place + 1) for place in range(k)]
    assert [driver.vif for driver in by_column(told)] == pytest.approx(inflation)


def lmg_by_hand(answers: Any, outcome: Any) -> list[float]:
    """What each driver adds to R² when it joins, averaged over all orders of joining."""
    k = answers.shape[1]
    orders = list(permutations(range(k)))
    added = np.zeros(k)
    for order in orders:
        before = 0.0
        for size in range(1, k + 1):
            after = sm.OLS(outcome, sm.add_constant(answers[:, order[:size]])).fit().rsquared
            added[order[size - 1]] += (after - before) / len(orders)
            before = after
    return list(added)


@st.composite
def correlated(draw: st.DrawFn) -> tuple[Any, Any]:
    """Correlations of two to six drivers among each other and with an outcome, of answers as they may come."""
    k = draw(st.integers(2, 6))
    chance = np.random.default_rng(draw(st.integers(0, 10**6)))
    mix = chance.normal(size=(k + 1, k + 1)) + np.eye(k + 1) * draw(st.floats(0.2, 3))
    whole: Any = np.corrcoef(mix @ chance.normal(size=(k + 1, 200)))
    return whole[:-1, :-1], whole[:-1, -1]


@given(correlated())
def test_weights_are_parts_of_r_squared_and_never_negative(drawn: tuple[Any, Any]) -> None:
    among, with_outcome = drawn
    r_squared = with_outcome @ np.linalg.solve(among, with_outcome)
    for weights in (johnson_weights(among, with_outcome), lmg_weights(among, with_outcome)):
        assert weights.sum() == pytest.approx(r_squared)
        assert (weights >= -1e-9).all()


@given(correlated(), st.randoms(use_true_random=False))
def test_the_order_of_questions_does_not_matter(drawn: tuple[Any, Any], random: Any) -> None:
    among, with_outcome = drawn
    order = list(range(len(with_outcome)))
    random.shuffle(order)
    shuffled = among[np.ix_(order, order)], with_outcome[order]
    assert johnson_weights(*shuffled) == pytest.approx(johnson_weights(*drawn)[order])
    assert lmg_weights(*shuffled) == pytest.approx(lmg_weights(*drawn)[order])


@given(st.floats(0.01, 100), st.floats(-1000, 1000), st.integers(0, 2))
def test_the_unit_of_an_answer_does_not_matter(factor: float, shift: float, column: int) -> None:
    answers, outcome = asked(k=3)
    plain = by_column(found(answers, outcome, draws=5))
    answers[:, column] = answers[:, column] * factor + shift
    scaled = by_column(found(answers, outcome * factor - shift, draws=5))
    for one, other in zip(plain, scaled, strict=True):
        assert one.weight == pytest.approx(other.weight, abs=1e-6)
        assert one.lmg == pytest.approx(other.lmg, abs=1e-6)


def test_too_few_respondents_are_refused_with_how_many_it_takes() -> None:
    answers, outcome = asked(n=107)
    assert key_drivers(answers, outcome) == Refusal(Reason.FEW_ROWS, n=107, k=4)
    assert Refusal(Reason.FEW_ROWS, n=107, k=4).needed == 108
    assert isinstance(key_drivers(*asked(n=108), draws=5), Drivers)
    assert key_drivers(answers[:0], outcome[:0]) == Refusal(Reason.FEW_ROWS, n=0, k=4)


def test_one_driver_is_refused() -> None:
    answers, outcome = asked()
    assert key_drivers(answers[:, :1], outcome) == Refusal(Reason.FEW_DRIVERS, n=400, k=1)
    assert key_drivers(answers[:, :0], outcome) == Refusal(Reason.FEW_DRIVERS, n=400, k=0)
    assert Refusal(Reason.FEW_DRIVERS, n=400, k=1).needed == 106
    same = np.column_stack([answers[:, 0], answers[:, 0]])
    assert key_drivers(same, outcome) == Refusal(Reason.FEW_DRIVERS, n=400, k=1)


def test_what_never_varies_explains_nothing() -> None:
    answers, outcome = asked()
    assert key_drivers(answers, np.full(400, 8.0)) == Refusal(Reason.CONSTANT, n=400, k=4)
    answers[:, 1] = 75
    told = found(answers, outcome)
    assert told.constant == (1,)
    assert [driver.columns for driver in by_column(told)] == [(0,), (2,), (3,)]
    answers[:, 0] = answers[:, 2] = 50
    assert key_drivers(answers, outcome) == Refusal(Reason.FEW_DRIVERS, n=400, k=1)


def test_two_that_say_the_same_are_told_as_one() -> None:
    answers, outcome = asked(k=3)
    echo = answers[:, 1] + 0.2 * np.random.default_rng(2).normal(size=400)
    told = found(np.column_stack([answers, echo]), outcome)
    assert {driver.columns for driver in told.drivers} == {(0,), (1, 3), (2,)}
    alone = next(driver for driver in found(answers, outcome).drivers if driver.columns == (1,))
    both = next(driver for driver in told.drivers if driver.columns == (1, 3))
    assert both.weight.value == pytest.approx(alone.weight.value, abs=0.02)
    assert both.performance.value == pytest.approx((answers[:, 1].mean() + echo.mean()) / 2)
    against = found(np.column_stack([answers, -echo]), outcome)
    for one, other in zip(told.drivers, against.drivers, strict=True):
        assert one.weight == pytest.approx(other.weight)


def test_a_driver_that_others_can_hardly_be_told_from_is_warned_of() -> None:
    answers, outcome = asked(k=3)
    noise = np.random.default_rng(3).normal(size=400)
    told = found(np.column_stack([answers, answers.sum(axis=1) + 0.6 * noise]), outcome)
    assert by_column(told)[3].inflated
    assert not any(driver.inflated for driver in found(answers, outcome).drivers)
    exact = found(np.column_stack([answers, answers.sum(axis=1)]), outcome)
    assert {driver.vif for driver in exact.drivers} == {inf}
    assert sum(driver.weight.value for driver in exact.drivers) == pytest.approx(exact.r_squared.value)
    assert sum(driver.lmg or 0 for driver in exact.drivers) == pytest.approx(exact.r_squared.value)


def test_a_driver_that_turns_beside_the_others_is_warned_of() -> None:
    chance = np.random.default_rng(4)
    first = chance.normal(size=500)
    second = 0.8 * first + 0.5 * chance.normal(size=500)
    told = by_column(found(np.column_stack([first, second]), first - 0.4 * second + 0.3 * chance.normal(size=500)))
    assert [driver.turned for driver in told] == [False, True]
    assert told[1].r > 0 > told[1].beta


def test_ten_drivers_have_both_weights_and_eleven_only_one() -> None:
    for k, both in ((10, True), (11, False)):
        told = found(*asked(k=k), draws=5)
        assert all((driver.lmg is not None) is both for driver in told.drivers)


def test_intervals_hold_what_they_are_about_and_shrink_with_answers() -> None:
    few, many = found(*asked(n=150), draws=300), found(*asked(n=5000), draws=300)
    for told in (few, many):
        for one in (told.r_squared, *(driver.share for driver in told.drivers), *(d.weight for d in told.drivers)):
            assert 0 <= one.low <= one.value <= one.high <= 1
    widths = [told.drivers[0].share.high - told.drivers[0].share.low for told in (few, many)]
    assert widths[1] < widths[0] / 3
    assert found(*asked(n=150), draws=300) == few  # the same answers, the same interval


def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    truth = found(*asked(n=200_000, k=3, seed=99), draws=1).drivers
    shares = {driver.columns: driver.share.value for driver in truth}
    hits = [
        driver.share.low <= shares[driver.columns] <= driver.share.high
        for seed in range(60)
        for driver in found(*asked(n=300, k=3, seed=seed), draws=200).drivers
    ]
    assert 0.88 <= sum(hits) / len(hits) <= 1


def test_a_place_is_claimed_only_where_both_intervals_clear_the_means() -> None:
    def driver(share: float, performance: float, reach: float = 0.05) -> Driver:
        around = Ranged(share, share - reach, share + reach)
        stands = Ranged(performance, performance - 100 * reach, performance + 100 * reach)
        return Driver((0,), around, around, None, 0.5, 0.5, 1.0, stands)

    sure = driver(0.4, 40), driver(0.4, 80), driver(0.1, 40), driver(0.1, 80)
    told = Drivers(500, Ranged(0.5, 0.4, 0.6), sure, ())
    assert (told.importance, told.performance) == (0.25, 60)
    assert [told.quadrant(one) for one in sure] == [Quadrant.ACT, Quadrant.KEEP, Quadrant.LATER, Quadrant.ENOUGH]
    assert told.quadrant(driver(0.29, 40)) is None
    assert told.quadrant(driver(0.4, 57)) is None
