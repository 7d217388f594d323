"""Difference-in-differences in points: what works, what only seems to, and what cannot be told yet."""

import random
from collections import Counter
from collections.abc import Sequence
from math import sqrt
from typing import Any

import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from measures.moved import Watched, moved
from measures.reviewing import Lacks, Says, apart_before, find, needed_answers, verdict_of
from touchpoints.health.changes import Difference
from touchpoints.health.combine import DEFAULT_MODEL
from touchpoints.health.decay import Tally
from touchpoints.health.metrics import Metric, Scale, scale_of
from touchpoints.health.usual import DEFAULT_PRIORS, Component, Learned, Priors, Usual

CSAT, NPS = scale_of("csat", "1-5"), scale_of("nps", "0-10")
CONTACT, COMPLAINT = scale_of("contact", "1-1"), scale_of("complaint", "1-3")
COUNTS = st.lists(st.integers(0, 60), min_size=5, max_size=5).filter(lambda counts: sum(counts) >= 30)


def tally(scale: Scale, *counts: int) -> dict[Scale, Tally]:
    """So many gave each value."""
    return {scale: Tally(tuple(counts), sum(counts), sum(counts))}


def csat(*counts: int) -> dict[Scale, Tally]:
    return tally(CSAT, *counts)


def a_touchpoint(before: Any, since: Any, number: int = 1) -> Watched:
    return Watched(number, before, since, DEFAULT_PRIORS)


MIDDLING, BETTER = csat(20, 20, 20, 20, 20), csat(5, 10, 15, 30, 40)
QUIET = [a_touchpoint(MIDDLING, MIDDLING, number) for number in (2, 3, 4)]


def found(
    touched: Sequence[Watched], controls: Sequence[Watched] = QUIET, *, days: int = 90, expected: Any = None
) -> Any:
    return find(touched, controls, DEFAULT_MODEL, days=days, expected=expected)


def test_the_effect_is_the_change_less_that_of_the_untouched() -> None:
    everywhere = [a_touchpoint(MIDDLING, BETTER, number) for number in (2, 3, 4)]
    assert found([a_touchpoint(MIDDLING, BETTER)]).verdict == Says.WORKS
    same = found([a_touchpoint(MIDDLING, BETTER)], everywhere)
    assert (same.verdict, same.effect.delta) == (Says.NO_EFFECT, pytest.approx(0))


def test_by_hand_with_one_metric() -> None:
    [change] = moved(a_touchpoint(MIDDLING, BETTER), DEFAULT_MODEL, drawn=True).values()
    # Before: 100 answers of mean 50, drawn towards 70 with the weight of 10; since: mean 72.5 of 100 answers.
    assert change.asked.points == 50
    assert change.before.points == pytest.approx((100 * 50 + 10 * 70) / 110)
    assert change.since.points == 72.5
    values = [0] * 5 + [25] * 10 + [50] * 15 + [75] * 30 + [100] * 40
    assert change.since.variance == pytest.approx(stats.sem(values) ** 2)
    effect = found([a_touchpoint(MIDDLING, BETTER)]).effect
    assert effect.delta == pytest.approx(72.5 - (5700 / 110) - (50 - 5700 / 110))


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_as_answered_it_is_the_interaction_of_a_regression(
    t0: Sequence[int], t1: Sequence[int], c0: Sequence[int], c1: Sequence[int]
) -> None:
    """One touchpoint against one, nothing drawn: the coefficient that any textbook's regression has, and its doubt."""
    rows = [
        (1.0, after, touched, after * touched, 25.0 * value)
        for counts, after, touched in ((t0, 0, 1), (t1, 1, 1), (c0, 0, 0), (c1, 1, 0))
        for value, count in enumerate(counts)
        for _ in range(count)
    ]
    fit = sm.OLS([row[-1] for row in rows], [row[:-1] for row in rows]).fit()
    ours = apart_before([a_touchpoint(csat(*t0), csat(*t1))], [a_touchpoint(csat(*c0), csat(*c1), 2)], DEFAULT_MODEL)
    assert ours is not None
    assert ours.delta == pytest.approx(fit.params[3], abs=1e-6)


def test_its_error_is_the_root_of_the_summed_variances() -> None:
    rng = random.Random(3)
    cells = [[rng.choices(range(5), k=80), rng.choices(range(5), k=90)] for _ in range(2)]
    tallies = [[csat(*(Counter(values)[value] for value in range(5))) for values in pair] for pair in cells]
    (before, since), (quiet_before, quiet_since) = tallies
    ours = apart_before(
        [a_touchpoint(before, since)], [a_touchpoint(quiet_before, quiet_since, number=2)], DEFAULT_MODEL
    )
    variances = [(25 * stats.sem(values)) ** 2 for pair in cells for values in pair]
    assert ours is not None
    assert ours.error == pytest.approx(sqrt(sum(variances)))


def test_touchpoints_that_moved_each_their_own_way_leave_more_doubt() -> None:
    worse = csat(40, 30, 15, 10, 5)
    restless = [a_touchpoint(MIDDLING, since, number) for number, since in enumerate((BETTER, worse, MIDDLING), 2)]
    calm, wild = found([a_touchpoint(MIDDLING, BETTER)]), found([a_touchpoint(MIDDLING, BETTER)], restless)
    assert wild.components[0].drift > calm.components[0].drift == 0
    assert wild.effect.high - wild.effect.low > calm.effect.high - calm.effect.low
    assert (calm.verdict, wild.verdict) == (Says.WORKS, Says.NO_EFFECT)


@pytest.mark.parametrize(
    ("low", "high", "expected", "says"),
    [
        (8.0, 14.0, 11.0, Says.WORKS),
        (3.0, 8.9, 9.0, Says.PARTLY),
        (3.0, 9.0, 9.0, Says.WORKS),
        (0.04, 9.0, None, Says.WORKS),
        (0.0, 9.0, 5.0, Says.NO_EFFECT),
        (-5.0, 7.0, 5.0, Says.NO_EFFECT),
        (-9.0, -2.0, 5.0, Says.NO_EFFECT),
        (0.004, 8.96, 9.0, Says.PARTLY),  # shown as 0.0 to 9.0: rounding changes no verdict
    ],
)
def test_the_rule_of_verdicts(low: float, high: float, expected: float | None, says: Says) -> None:
    effect = Difference(delta=(low + high) / 2, low=low, high=high, p=0.5, before=99, after=99)
    assert verdict_of(effect, expected) == says


def test_it_is_too_early_before_eight_weeks_with_few_answers_or_with_nothing_to_compare() -> None:
    good = a_touchpoint(MIDDLING, BETTER)
    assert (found([good], days=55).verdict, found([good], days=55).lacks) == (Says.TOO_EARLY, Lacks.WEEKS)
    assert found([good], days=56).lacks is None
    assert found([good], days=55).effect.delta is not None  # so far
    assert found([a_touchpoint(MIDDLING, csat(0, 0, 0, 0, 29))]).lacks == Lacks.ANSWERS
    assert found([a_touchpoint(MIDDLING, csat(0, 0, 0, 0, 30))]).lacks is None
    assert found([a_touchpoint(csat(0, 0, 29, 0, 0), BETTER)]).lacks == Lacks.ANSWERS
    assert found([good], []).lacks == Lacks.CONTROLS
    few = [a_touchpoint(MIDDLING, csat(0, 0, 29, 0, 0), 2)]
    assert found([good], few).lacks == Lacks.CONTROLS
    assert found([]).lacks == Lacks.ANSWERS


def test_all_equal_answers_leave_doubt() -> None:
    effect = found([a_touchpoint(csat(0, 0, 0, 0, 40), csat(0, 0, 0, 0, 40))]).effect
    assert effect.low < effect.delta < effect.high


def test_metrics_are_weighed_as_scores_weigh_them_and_only_where_both_sides_have_them() -> None:
    both = MIDDLING | tally(NPS, *[20] * 11)
    since = BETTER | tally(NPS, *[20] * 11)
    quiet = [a_touchpoint(both, both, number) for number in (2, 3)]
    parts = found([a_touchpoint(both, since)], quiet).components
    assert [(part.component, round(part.share, 4)) for part in parts] == [
        (Component.CSAT, round(0.35 / 0.5, 4)),
        (Component.NPS, round(0.15 / 0.5, 4)),
    ]
    assert [part.component for part in found([a_touchpoint(both, since)]).components] == [Component.CSAT]


def test_a_metric_with_a_single_control_hinders_no_other() -> None:
    nps = tally(NPS, *[20] * 11)
    restless = [a_touchpoint(MIDDLING | nps, BETTER | nps, 2), a_touchpoint(MIDDLING, MIDDLING, 3)]
    result = found([a_touchpoint(MIDDLING | nps, BETTER | nps)], restless)
    assert [(part.controls, part.drift > 0) for part in result.components] == [(2, True), (1, False)]
    assert result.effect.low < result.effect.delta < result.effect.high


def test_complaints_count_among_contacts() -> None:
    before = tally(CONTACT, 1000) | tally(COMPLAINT, 40, 0, 0)
    since = tally(CONTACT, 1000) | tally(COMPLAINT, 10, 0, 0)
    quiet = [a_touchpoint(before, before, number) for number in (2, 3)]
    [part] = found([a_touchpoint(before, since)], quiet).components
    assert part.component == Component.COMPLAINTS
    assert part.asked == pytest.approx(100 * (0.05 - 0.04) / 0.045)
    assert part.since == pytest.approx(100 * (0.05 - 0.01) / 0.045)


def test_several_touchpoints_count_alike() -> None:
    one, other = a_touchpoint(MIDDLING, BETTER), a_touchpoint(MIDDLING, MIDDLING, 9)
    single, both = found([one]).effect.delta, found([one, other]).effect.delta
    assert both == pytest.approx(single / 2)


@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=2, max_size=5), st.randoms())
def test_the_order_of_touchpoints_is_of_no_account(cells: Any, chance: random.Random) -> None:
    theirs = [a_touchpoint(csat(*was), csat(*now), number) for number, (was, now) in enumerate(cells, 2)]
    one = found([a_touchpoint(MIDDLING, BETTER)], theirs)
    chance.shuffle(theirs)
    assert found([a_touchpoint(MIDDLING, BETTER)], theirs) == one


def test_the_worst_of_forty_touchpoints_gets_better_by_itself_and_nothing_is_claimed() -> None:
    """As answered, the worst seems to improve; drawn towards the usual, it does not (SCORING §8)."""
    rng = random.Random(11)
    shares = (0.1, 0.1, 0.2, 0.3, 0.3)
    usual = Usual(Learned.PHASE, 40, 65, {CSAT.key: shares})
    priors = Priors("fit-1", {Component.CSAT: usual})
    seemed, claimed, told = [], [], 0

    def answers(weights: Sequence[float], n: int) -> dict[Scale, Tally]:
        given = Counter(rng.choices(range(5), weights=weights, k=n))
        return csat(*(given[value] for value in range(5)))

    for _round in range(60):
        truths = [[rng.gammavariate(40 * share, 1) for share in shares] for _ in range(40)]
        all_of_them = [
            Watched(number, answers(truth, 40), answers(truth, 120), priors) for number, truth in enumerate(truths)
        ]
        all_of_them.sort(key=lambda one: moved(one, DEFAULT_MODEL, drawn=False)[Component.CSAT].asked.points)
        worst, others = all_of_them[0], all_of_them[1:13]
        result = found([worst], others)
        part = result.components[0]
        seemed.append(part.since - part.asked)
        claimed.append(result.effect.delta)
        told += result.verdict != Says.NO_EFFECT
    assert sum(seemed) / 60 > 4
    assert abs(sum(claimed) / 60) < 1.5
    assert told <= 5


def test_needed_answers_are_those_of_a_power_calculation() -> None:
    n = needed_answers(8, spread=25, controls=10)
    error = sqrt(2 * 25**2 * 1.1 / n)
    assert stats.norm.sf(1.959964 - 8 / error) == pytest.approx(0.9, abs=0.002)
    assert needed_answers(60, spread=25, controls=3) == 30
    assert Metric.CSAT in DEFAULT_MODEL.satisfaction
