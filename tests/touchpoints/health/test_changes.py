"""The one rule for every change, against scipy and statsmodels, and how often it is wrong when nothing changed."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

from touchpoints.health.changes import (
    Difference,
    Verdict,
    headline_difference,
    judge,
    judged,
    share_difference,
    top_difference,
)
from touchpoints.health.figures import period_figures
from touchpoints.health.metrics import scale_of

CSAT5, CSAT7, CES5R = scale_of("csat", "1-5"), scale_of("csat", "1-7"), scale_of("ces", "1-5r")
NPS, COMPLAINT, EMOTION = scale_of("nps", "0-10"), scale_of("complaint", "1-3"), scale_of("emotion", "-2-2")
SIDE = st.lists(st.integers(0, 60), min_size=5, max_size=5).filter(lambda counts: sum(counts) >= 30)
SHARE = st.integers(30, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def headline(scale, before, after):
    return headline_difference(period_figures(scale, before), period_figures(scale, after))


def top(scale, before, after):
    return top_difference(period_figures(scale, before), period_figures(scale, after))


def answers(scale, counts):
    return np.repeat(list(scale.values), counts)


def nps_counts(promoters, detractors, n):
    return [detractors, 0, 0, 0, 0, 0, 0, n - promoters - detractors, 0, 0, promoters]


def chance(p):
    return Difference(delta=1.0, low=0.0, high=2.0, p=p, before=30, after=30)


@given(SIDE, SIDE)
def test_means_are_compared_by_welchs_test(before, after):
    one, other = answers(CSAT5, before), answers(CSAT5, after)
    if not one.std() or not other.std():
        return
    found = headline(CSAT5, before, after)
    welch = stats.ttest_ind(other, one, equal_var=False)
    low, high = welch.confidence_interval()
    assert found.delta == pytest.approx(other.mean() - one.mean())
    assert (found.before, found.after) == (len(one), len(other))
    assert found.freedom == pytest.approx(welch.df)
    assert found.p == pytest.approx(welch.pvalue, abs=5e-5)
    assert (found.low, found.high) == pytest.approx((max(-4, low), min(4, high)), abs=1e-4)


def test_equal_answers_are_spread_as_in_their_own_interval():
    found = headline(CSAT5, [0, 0, 0, 0, 40], [0, 0, 0, 0, 40])
    own = period_figures(CSAT5, [0, 0, 0, 0, 40]).headline
    assert (found.delta, found.p) == (0, 1)
    assert found.high > 0
    assert found.error == pytest.approx(math.sqrt(2) * (own.value - own.low) / 1.959964, rel=1e-6)


def test_nps_differ_by_the_scores_with_the_doubt_of_the_adjusted_estimates():
    found = headline(NPS, nps_counts(19, 9, 36), nps_counts(40, 10, 80))
    was, now = (19.75 / 39, 9.75 / 39), (40.75 / 83, 10.75 / 83)
    variance = sum((p + d - (p - d) ** 2) / more for (p, d), more in ((was, 39), (now, 83)))
    middle = 100 * ((now[0] - now[1]) - (was[0] - was[1]))
    assert found.delta == pytest.approx(37.5 - 27.7778, abs=5e-5)
    law = stats.t(found.freedom, middle, 100 * math.sqrt(variance))
    assert (found.low, found.high) == pytest.approx((law.ppf(0.025), law.ppf(0.975)), abs=1e-3)
    assert found.p == pytest.approx(2 * law.cdf(0), abs=5e-5)


@given(SHARE, SHARE)
@example((0, 30), (30, 30))
@example((0, 30), (0, 30))
def test_shares_have_newcombes_interval(before, after):
    found = share_difference(before, after)
    low, high = confint_proportions_2indep(*after, *before, method="newcomb", compare="diff")
    assert found.delta == pytest.approx(after[0] / after[1] - before[0] / before[1])
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-9)
    assert -1 <= found.low <= found.delta <= found.high <= 1


def test_shares_as_worked_by_hand():
    found = share_difference((45, 500), (68, 500))
    assert (found.delta, found.low, found.high) == pytest.approx((0.0460, 0.0067, 0.0856), abs=5e-5)


@given(SHARE, SHARE)
def test_a_shares_p_is_the_level_at_which_newcombes_interval_touches_nothing(before, after):
    found = share_difference(before, after)
    if found.p < 1e-12 or found.p > 0.999:
        return
    ends = confint_proportions_2indep(*after, *before, method="newcomb", compare="diff", alpha=found.p)
    assert min(map(abs, ends)) == pytest.approx(0, abs=1e-6)


def test_nothing_is_more_certain_than_all_against_none():
    assert share_difference((0, 10**6), (10**6, 10**6)).p == 0
    assert share_difference((17, 40), (40, 40)).p < share_difference((18, 40), (40, 40)).p
    assert share_difference((17, 40), (17, 40)).p == 1


@pytest.mark.parametrize(
    ("before", "after"), [([0, 0, 0, 9, 21], [9, 9, 9, 9, 9]), ([1, 2, 3, 4, 20], [1, 2, 3, 4, 21])]
)
def test_turning_time_around_turns_the_change_around(before, after):
    for compare in (headline, top):
        there, back = compare(CSAT5, before, after), compare(CSAT5, after, before)
        assert (back.delta, back.low, back.high) == pytest.approx((-there.delta, -there.high, -there.low))
        assert back.p == pytest.approx(there.p)


@pytest.mark.parametrize(
    ("before", "after"),
    [([0, 0, 0, 0, 29], [0, 0, 0, 0, 500]), ([0, 0, 0, 0, 500], [0, 0, 0, 29, 0]), ([0] * 5, [0] * 5)],
)
def test_with_fewer_than_thirty_answers_on_either_side_nothing_is_said(before, after):
    for compare in (headline, top):
        found = judge(compare(CSAT5, before, after))
        assert (found.delta, found.low, found.high, found.p) == (None, None, None, None)
        assert (found.before, found.after) == (sum(before), sum(after))
        assert found.verdict is Verdict.FEW
    nps = [nps_counts(sum(counts), 0, sum(counts)) for counts in (before, after)]
    assert judge(headline(NPS, *nps)).verdict is Verdict.FEW


def test_thirty_answers_on_either_side_are_enough():
    assert judge(headline(CSAT5, [0, 30, 0, 0, 0], [0, 0, 0, 30, 0])).verdict is Verdict.UP
    assert judge(top(CSAT5, [0, 0, 0, 0, 30], [30, 0, 0, 0, 0])).verdict is Verdict.DOWN
    assert judge(headline(NPS, nps_counts(30, 0, 30), nps_counts(0, 30, 30))).verdict is Verdict.DOWN
    assert judge(headline(CSAT5, [0, 5, 10, 10, 5], [0, 5, 10, 9, 6])).verdict is Verdict.NOISE


def test_the_interval_reaches_as_far_as_the_change_that_is_shown():
    worst, best = nps_counts(0, 40, 40), nps_counts(40, 0, 40)
    assert (headline(NPS, worst, best).high, headline(NPS, best, worst).low) == (200, -200)


def test_intervals_are_clipped_to_what_can_differ():
    worst, best = [40, 0, 0, 0, 0], [0, 0, 0, 0, 40]
    assert (headline(CSAT5, worst, best).high, headline(CSAT5, best, worst).low) == (4, -4)


def test_only_figures_on_one_scale_are_compared_and_only_those_that_there_are():
    with pytest.raises(ValueError, match="compared"):
        headline_difference(period_figures(CSAT5, [9] * 5), period_figures(CSAT7, [9] * 7))
    with pytest.raises(ValueError, match="compared"):
        top_difference(period_figures(CSAT5, [9] * 5), period_figures(CSAT7, [9] * 7))
    assert headline(COMPLAINT, [50, 50, 50], [50, 50, 50]) is None
    assert top(COMPLAINT, [50, 50, 50], [50, 50, 50]) is None
    assert top(EMOTION, [50] * 5, [50] * 5) is None
    assert top(NPS, [50] * 11, [50] * 11) is None
    assert headline(EMOTION, [50] * 5, [50] * 5).delta == 0


def test_a_mean_is_compared_as_it_was_answered_and_a_share_by_what_is_good():
    much, little = [0, 0, 0, 0, 50], [50, 0, 0, 0, 0]
    assert headline(CES5R, much, little).delta == -4
    assert top(CES5R, much, little).delta == 1


@given(st.lists(st.one_of(st.none(), st.floats(0, 1), st.floats(0, 0.06)), max_size=40))
def test_a_table_is_judged_as_benjamini_and_hochberg_do(chances):
    changes = judged([Difference(before=9, after=50) if p is None else chance(p) for p in chances])
    assert [change.p for change in changes] == chances
    assert [change.verdict is Verdict.FEW for change in changes] == [p is None for p in chances]
    compared = [p for p in chances if p is not None]
    real = multipletests(compared, alpha=0.05, method="fdr_bh")[0] if compared else []
    assert [change.verdict is Verdict.UP for change in changes if change.p is not None] == list(real)


def test_the_more_rows_a_table_has_the_surer_must_a_change_be():
    assert judge(chance(0.04)).verdict is Verdict.UP
    assert [change.verdict for change in judged([chance(0.04), chance(0.9)])] == [Verdict.NOISE] * 2
    few = Difference(before=29, after=30)
    assert [change.verdict for change in judged([chance(0.04), few])] == [Verdict.UP, Verdict.FEW]
    assert judge(replace(chance(0.04), delta=-1.0)).verdict is Verdict.DOWN


@given(SIDE, SIDE)
def test_a_change_alone_is_real_where_its_interval_leaves_out_nothing_and_then_has_its_sign(before, after):
    detractors = [sum(side[:2]) for side in (before, after)]
    nps = [nps_counts(side[4], d, sum(side)) for side, d in zip((before, after), detractors, strict=True)]
    for found in (headline(CSAT5, before, after), top(CSAT5, before, after), headline(NPS, *nps)):
        change = judge(found)
        assert change.low <= change.delta <= change.high
        assert (change.verdict is Verdict.NOISE) is (found.low <= 0 <= found.high)
        if change.verdict is not Verdict.NOISE:
            assert (change.verdict is Verdict.UP) is (found.low > 0) is (found.delta > 0)


@pytest.mark.parametrize(("size", "tables"), [(30, 1000), (150, 300)])
@pytest.mark.parametrize("kind", ["nps", "mean", "share"])
def test_where_nothing_changed_one_table_in_twenty_says_so_and_not_more(kind, size, tables):
    rng = np.random.default_rng(size)
    wrong = alone = 0
    for _ in range(tables):
        laws = rng.dirichlet([1, 1.5, 2.5, 4, 6], 20)
        sides = [[rng.multinomial(size, law).tolist() for law in laws] for _ in range(2)]
        if kind == "nps":
            sides = [[nps_counts(c[4], c[0] + c[1] + c[2], size) for c in side] for side in sides]
        compare, scale = (top, CSAT5) if kind == "share" else (headline, NPS if kind == "nps" else CSAT5)
        differences = [compare(scale, *pair) for pair in zip(*sides, strict=True)]
        wrong += any(change.verdict is not Verdict.NOISE for change in judged(differences))
        alone += any(judge(difference).verdict is not Verdict.NOISE for difference in differences)
    assert stats.binomtest(wrong, tables, 0.05, alternative="greater").pvalue > 0.05
    assert alone / tables > 0.5  # each row by itself: the control


def test_real_changes_are_found_among_many_that_are_none_and_few_are_false():
    rng = np.random.default_rng(5)
    found = false = 0
    for _ in range(100):
        shift = np.array([0.0] * 15 + [0.12] * 5)
        before = rng.binomial(400, 0.5, 20)
        after = rng.binomial(400, 0.5 + shift)
        changes = judged([share_difference((was, 400), (now, 400)) for was, now in zip(before, after, strict=True)])
        real = np.array([change.verdict is not Verdict.NOISE for change in changes])
        found += real[15:].sum()
        false += real[:15].sum() / max(1, real.sum())
    assert found / 500 > 0.75
    assert false / 100 <= 0.05
