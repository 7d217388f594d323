"""Whether a health has really changed: against Welch's test, by hand, and in a world where nothing changes."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from touchpoints.health.changes import Difference, Verdict, judge, judged
from touchpoints.health.combine import DEFAULT_MODEL, HealthModel
from touchpoints.health.decay import Tally, tally_of
from touchpoints.health.metrics import scale_of
from touchpoints.health.rollup import roll_up
from touchpoints.health.score_changes import health_difference, rolled_up
from touchpoints.health.usual import Component

NPS, CSAT5, CSAT7 = scale_of("nps", "0-10"), scale_of("csat", "1-5"), scale_of("csat", "1-7")
CES5, CES7, RATING = scale_of("ces", "1-5"), scale_of("ces", "1-7"), scale_of("rating", "1-5")
COMPLAINT, CONTACT, VISIT = scale_of("complaint", "1-3"), scale_of("contact", "1-1"), scale_of("visit", "0-1")
EMOTION = scale_of("emotion", "-2-2")
SIDE = st.lists(st.integers(0, 60), min_size=5, max_size=5).filter(lambda counts: sum(counts) >= 30)


def flat(*counts):
    return Tally(tuple(counts), sum(counts), sum(counts))


def complained(bad, contacts):
    return {COMPLAINT: flat(bad // 2, bad - bad // 2, 0), CONTACT: flat(contacts)}


def visited(left, visits):
    return {VISIT: flat(left, visits - left)}


def csat(*counts):
    return {CSAT5: flat(*counts)}


def differs(delta, error, n=50):
    return Difference(delta=delta, low=0.0, high=0.0, p=0.5, before=n, after=2 * n, error=error, freedom=n - 1)


@given(SIDE, SIDE)
def test_one_component_is_compared_by_welchs_test(before, after):
    one, other = (np.repeat(np.arange(5) * 25.0, counts) for counts in (before, after))
    if not one.std() or not other.std():
        return
    found = health_difference(csat(*before), csat(*after))
    welch = stats.ttest_ind(other, one, equal_var=False)
    assert found.delta == pytest.approx(other.mean() - one.mean(), abs=1e-9)
    assert found.error == pytest.approx(math.sqrt(one.var(ddof=1) / len(one) + other.var(ddof=1) / len(other)))
    assert (found.before, found.after) == (len(one), len(other))
    assert found.p == pytest.approx(welch.pvalue, abs=5e-5)


def test_scales_of_one_metric_pool_through_their_worth():
    after = {CSAT5: flat(1, 2, 3, 4, 20), CSAT7: flat(3, 0, 0, 2, 0, 0, 30)}
    worths = np.concatenate(
        [np.repeat(np.arange(5) * 25.0, [1, 2, 3, 4, 20]), np.repeat(np.arange(7) * 100 / 6, [3, 0, 0, 2, 0, 0, 30])]
    )
    found = health_difference(csat(10, 10, 10, 10, 10), after)
    assert found.delta == pytest.approx(worths.mean() - 50)
    assert found.error**2 == pytest.approx(1250 * 50 / 49 / 50 + worths.var(ddof=1) / 65)
    assert (found.before, found.after) == (50, 65)


def test_components_weigh_the_same_on_both_sides_and_their_errors_go_together():
    before = {CSAT5: flat(10, 10, 10, 10, 10), CES7: flat(0, 0, 20, 0, 20, 0, 0)}
    after = {CSAT5: flat(0, 0, 0, 20, 20), CES7: flat(0, 0, 0, 0, 0, 90, 90)}
    found = health_difference(before, after)
    csat_share, ces_share = 0.35 / 0.55, 0.20 / 0.55
    assert found.delta == pytest.approx(csat_share * 37.5 + ces_share * (100 * 5.5 / 6 - 50))
    was = [csat_share * math.sqrt(1250 / 49), ces_share * math.sqrt((100 / 6) ** 2 / 39)]
    now = [csat_share * math.sqrt(12.5**2 / 39), ces_share * math.sqrt((50 / 6) ** 2 / 179)]
    variances = [0.5 * (a * a + b * b) + 0.5 * (a + b) ** 2 for a, b in (was, now)]
    assert found.error == pytest.approx(math.sqrt(sum(variances)))
    assert found.freedom == pytest.approx(sum(variances) ** 2 / (variances[0] ** 2 / 39 + variances[1] ** 2 / 39))
    law = stats.t(found.freedom, found.delta, found.error)
    assert (found.low, found.high) == pytest.approx((law.ppf(0.025), law.ppf(0.975)), abs=1e-3)
    assert (found.before, found.after) == (90, 220)


def test_another_mix_of_answers_is_no_change():
    before = {CSAT5: flat(0, 0, 0, 0, 300), NPS: flat(*[30] + [0] * 10)}
    after = {CSAT5: flat(0, 0, 0, 0, 30), NPS: flat(*[300] + [0] * 10)}
    found = judge(health_difference(before, after))
    assert (found.delta, found.verdict) == (0, Verdict.NOISE)


def test_only_components_with_thirty_answers_on_both_sides_are_compared():
    before = {CSAT5: flat(10, 10, 10, 10, 10), NPS: flat(*[29] + [0] * 10)}
    after = {CSAT5: flat(9, 9, 9, 9, 9), NPS: flat(*[0] * 10 + [99]), CES7: flat(*[9] * 7)}
    assert health_difference(before, after) == health_difference(csat(10, 10, 10, 10, 10), csat(9, 9, 9, 9, 9))


@pytest.mark.parametrize(
    ("before", "after", "n"),
    [
        (csat(0, 0, 0, 0, 29), csat(30, 0, 0, 0, 0), (29, 30)),
        (csat(0, 0, 0, 0, 99), {NPS: flat(*[9] * 11)}, (99, 99)),
        ({}, csat(0, 0, 0, 0, 99), (0, 99)),
        ({EMOTION: flat(*[9] * 5)}, {EMOTION: flat(*[9] * 5), COMPLAINT: flat(99, 9, 9)}, (0, 0)),
        ({RATING: flat(*[9] * 5)}, {RATING: flat(*[9] * 5)}, (0, 0)),
    ],
)
def test_without_a_component_that_has_enough_nothing_is_said(before, after, n):
    found = judge(health_difference(before, after))
    assert (found.verdict, found.delta, found.p, (found.before, found.after)) == (Verdict.FEW, None, None, n)


def test_a_workspaces_weights_and_ratings_count_as_in_its_score():
    before = {CSAT5: flat(0, 0, 0, 0, 40), CES7: flat(40, 0, 0, 0, 0, 0, 0)}
    after = {CSAT5: flat(40, 0, 0, 0, 0), CES7: flat(*[9] * 7)}
    alone = HealthModel(weights={Component.CES: 0.2, Component.CSAT: 0.0})
    assert health_difference(before, after, alone).delta == pytest.approx(50)
    ratings = HealthModel(ratings_count=True)
    rated = {RATING: flat(0, 0, 0, 0, 40)}
    assert health_difference(csat(40, 0, 0, 0, 0), rated, ratings).delta == 100
    together = HealthModel(correlation=1.0)
    assert health_difference(before, after, together).error > health_difference(before, after).error


def test_rates_are_compared_by_their_scores():
    found = health_difference(complained(10, 400) | visited(1, 29), complained(4, 400) | visited(1, 500))
    assert found.delta == pytest.approx(100 * (0.025 - 0.01) / 0.045)
    variance = 0.025 * 0.975 / 399 + 0.01 * 0.99 / 399
    assert found.error == pytest.approx(100 / 0.045 * math.sqrt(variance))
    assert (found.before, found.after) == (400, 400)
    strict = HealthModel(complaints=replace(DEFAULT_MODEL.complaints, good=0.0, limit=0.1))
    assert health_difference(complained(10, 400), complained(4, 400), strict).delta == pytest.approx(15)
    assert health_difference(visited(40, 100), visited(20, 100)).delta == pytest.approx(20 / 0.45)


@pytest.mark.parametrize(
    ("side", "reach"),
    [
        (visited(0, 100), 0.45),
        (visited(100, 100), 0.45),
        (complained(0, 100), 0.045),
        (complained(100, 100), 0.045),
        (complained(130, 100), 0.045),
    ],
)
def test_a_rate_without_an_exception_still_leaves_some_doubt(side, reach):
    found = health_difference(side, side)
    near = 0.5 / 101
    assert found.delta == 0
    assert found.error == pytest.approx(100 / reach * math.sqrt(2 * near * (1 - near) / 100))


@pytest.mark.parametrize("counts", [(40, 0, 0, 0, 0), (0, 0, 0, 0, 40)])
def test_equal_answers_still_leave_some_doubt(counts):
    found = health_difference(csat(*counts), csat(*counts))
    smoothed = np.array(counts) + 0.2
    spread = (
        np.average((np.arange(5) * 25) ** 2, weights=smoothed) - np.average(np.arange(5) * 25, weights=smoothed) ** 2
    )
    assert found.delta == 0
    assert found.error == pytest.approx(math.sqrt(2 * spread / 40))


@pytest.mark.parametrize(
    "tallies",
    [
        {CSAT5: tally_of(5, "half-30", [(0, (9, 9, 9, 9, 9))])},
        {CSAT5: flat(-1, 9, 9, 9, 9)},
        {CONTACT: Tally((200,), 900, 50)},
        {CONTACT: flat(99), COMPLAINT: Tally((5, 0, 0), 25, 1)},
    ],
)
def test_what_is_not_a_plain_count_is_refused(tallies):
    with pytest.raises(ValueError, match="plain counts"):
        health_difference({}, tallies)


def test_order_changes_no_bit():
    tallies = {CSAT5: flat(1, 2, 3, 40, 5), CSAT7: flat(*range(7)), CES7: flat(*range(3, 10)), NPS: flat(*range(11))}
    tallies |= complained(3, 71) | visited(33, 97)
    other = {scale: tally + tally for scale, tally in tallies.items()}
    turned = dict(reversed(tallies.items()))
    assert health_difference(turned, other) == health_difference(tallies, other)


def test_where_nothing_changed_one_table_in_twenty_says_so_and_not_more():
    # One person answers both questions, much alike: the harder case for the errors that are taken to go together
    rng = np.random.default_rng(31)
    tables, wrong = 400, 0
    for _ in range(tables):
        rows = []
        for law in rng.dirichlet([1, 1.5, 2.5, 4, 6], 12):
            windows = []
            for _ in range(2):
                first = rng.choice(5, 40, p=law)
                second = np.where(rng.random(40) < 0.5, first, rng.choice(5, 40, p=law))
                said = (np.bincount(answers, minlength=5).tolist() for answers in (first, second))
                windows.append({scale: flat(*counts) for scale, counts in zip((CSAT5, CES5), said, strict=True)})
            rows.append(health_difference(windows[0], windows[1]))
        wrong += any(change.verdict is not Verdict.NOISE for change in judged(rows))
    assert stats.binomtest(wrong, tables, 0.05, alternative="greater").pvalue > 0.05


def test_a_journey_changes_by_the_weighted_mean_of_its_touchpoints():
    found = rolled_up(
        [(2.0, differs(4.0, 1.5, 50)), (4.0, differs(-1.0, 2.0, 80)), (1.2, Difference(before=9, after=12))]
    )
    assert found.delta == pytest.approx((2 * 4 - 4) / 6)
    parts = (2 / 6 * 1.5) ** 2, (4 / 6 * 2) ** 2
    assert found.error == pytest.approx(math.sqrt(sum(parts)))
    assert found.freedom == pytest.approx(sum(parts) ** 2 / (parts[0] ** 2 / 49 + parts[1] ** 2 / 79))
    assert (found.before, found.after) == (130, 260)
    law = stats.t(found.freedom)
    assert found.p == pytest.approx(2 * law.sf(found.delta / found.error), abs=5e-5)


@pytest.mark.parametrize(
    ("weighed", "n"),
    [
        ([], (0, 0)),
        ([(1.0, Difference(before=7, after=9))], (7, 9)),
        ([(1.0, differs(9.0, 0.1)), (1.01, Difference(before=7, after=9))], (57, 109)),
        ([(0.0, differs(9.0, 0.1))], (50, 100)),
    ],
)
def test_a_journey_of_which_less_than_half_can_be_compared_says_nothing(weighed, n):
    found = judge(rolled_up(weighed))
    assert (found.verdict, found.delta, (found.before, found.after)) == (Verdict.FEW, None, n)


def test_half_of_a_journey_is_enough_and_what_weighs_nothing_is_not_counted():
    one, few = differs(9.0, 0.1), Difference(before=7, after=9)
    found = judge(rolled_up([(1.0, one), (1.0, few), (0.0, differs(-50.0, 0.1))]))
    assert (found.verdict, found.before) == (Verdict.UP, 50)
    assert found.delta == pytest.approx(9.0)


DIFFERENCES = st.builds(differs, st.floats(-60, 60), st.floats(0.5, 20), st.integers(30, 500))


@given(st.lists(st.lists(st.tuples(st.floats(0.01, 50), DIFFERENCES), min_size=1, max_size=5), min_size=1, max_size=4))
def test_phases_roll_up_to_their_journey(phases):
    journey = rolled_up([place for phase in phases for place in phase])
    of_phases = rolled_up([(math.fsum(weight for weight, _ in phase), rolled_up(phase)) for phase in phases])
    for field in ("delta", "error", "before", "after"):
        assert getattr(of_phases, field) == pytest.approx(getattr(journey, field), abs=1e-9)
    assert journey.delta == pytest.approx(
        roll_up([(w, 60 + d.delta) for phase in phases for w, d in phase]).score - 60, abs=1e-9
    )
    assert rolled_up([place for phase in reversed(phases) for place in reversed(phase)]) == journey
