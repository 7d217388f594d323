"""What other weights do to scores and to their order, against scipy."""

import json
from dataclasses import asdict
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from touchpoints.health.combine import DEFAULT_MODEL, HealthModel, score_health
from touchpoints.health.decay import Tally
from touchpoints.health.metrics import scale_of
from touchpoints.health.sensitivity import Move, Variation, reordered, reweighed, sensitivity, variations
from touchpoints.health.usual import Component

NPS, CSAT5, CES7 = scale_of("nps", "0-10"), scale_of("csat", "1-5"), scale_of("ces", "1-7")
COMPLAINT, CONTACT = scale_of("complaint", "1-3"), scale_of("contact", "1-1")
SCORES = st.dictionaries(st.integers(1, 30), st.one_of(st.floats(0, 100), st.integers(0, 4).map(float)))


def flat(*counts):
    return Tally(tuple(counts), sum(counts), sum(counts))


def stored(health):
    """The parts of a score as the database keeps them."""
    return json.loads(json.dumps([asdict(part) for part in health.parts]))


def heard(csat, nps=(0,) * 11, ces=(0,) * 7, bad=None):
    complained = {} if bad is None else {COMPLAINT: flat(bad, 0, 0), CONTACT: flat(200)}
    return score_health({CSAT5: flat(*csat), NPS: flat(*nps), CES7: flat(*ces)} | complained)


@given(
    st.lists(st.integers(0, 50), min_size=5, max_size=5).filter(any),
    st.lists(st.integers(0, 50), min_size=11, max_size=11),
    st.one_of(st.none(), st.integers(0, 300)),
)
def test_a_stored_score_comes_out_again_to_the_last_bit(csat, nps, bad):
    health = heard(csat, nps, bad=bad)
    assert reweighed(stored(health), DEFAULT_MODEL.weights) == health.score


def test_a_score_under_other_weights_is_that_of_a_workspace_that_has_them():
    tallies = {CSAT5: flat(1, 2, 3, 4, 5), NPS: flat(*range(11)), CES7: flat(5, 4, 3, 2, 1, 1, 1)}
    weights = {Component.CSAT: 1.0, Component.NPS: 2.0}
    everything = dict.fromkeys(Component, 0.0) | weights
    parts = stored(score_health(tallies))
    assert reweighed(parts, weights) == score_health(tallies, model=HealthModel(weights=everything)).score
    assert reweighed(parts, {Component.COMPLAINTS: 1.0}) is None
    assert reweighed([], weights) is None


def test_equal_weights_each_one_left_out_and_each_one_doubled_are_tried():
    weights = {Component.CSAT: 0.5, Component.CES: 0.3, Component.NPS: 0.2, Component.COMPLAINTS: 0.0}
    assert variations(weights) == [
        Variation("equal", None, {Component.CSAT: 1, Component.CES: 1, Component.NPS: 1}),
        Variation("without", Component.CSAT, {Component.CES: 0.3, Component.NPS: 0.2}),
        Variation("without", Component.CES, {Component.CSAT: 0.5, Component.NPS: 0.2}),
        Variation("without", Component.NPS, {Component.CSAT: 0.5, Component.CES: 0.3}),
        Variation("double", Component.CSAT, {Component.CSAT: 1.0, Component.CES: 0.3, Component.NPS: 0.2}),
        Variation("double", Component.CES, {Component.CSAT: 0.5, Component.CES: 0.6, Component.NPS: 0.2}),
        Variation("double", Component.NPS, {Component.CSAT: 0.5, Component.CES: 0.3, Component.NPS: 0.4}),
    ]
    assert len(variations(DEFAULT_MODEL.weights)) == 11


def test_a_single_component_has_nothing_to_vary():
    assert variations({Component.CSAT: 0.5}) == [Variation("equal", None, {Component.CSAT: 1})]


def test_ranks_movers_and_pairs_as_counted_by_hand():
    found = reordered({1: 40.0, 2: 50.0, 3: 60.0, 4: 70.0, 5: 55.0}, {1: 72.0, 2: 50.0, 3: 61.0, 4: 70.0})
    assert found.moves == (Move(1, 1, 4), Move(2, 2, 1), Move(3, 3, 2), Move(4, 4, 3))
    assert (found.swapped, found.pairs, found.lost) == (3, 6, (5,))
    assert found.kendall == 0
    assert found.spearman == pytest.approx(1 - 6 * (9 + 1 + 1 + 1) / (4 * 15))


def test_equal_scores_share_a_rank():
    found = reordered({1: 40.0, 2: 40.0, 3: 60.0}, {1: 50.0, 2: 40.0, 3: 60.0})
    assert found.moves == (Move(1, 1, 2),)
    assert found.swapped == 0


@pytest.mark.parametrize("scores", [{}, {1: 50.0}, {1: 50.0, 2: 50.0}])
def test_where_there_is_no_order_none_is_compared(scores):
    found = reordered(scores, scores)
    assert (found.moves, found.swapped, found.spearman, found.kendall) == ((), 0, None, None)


@given(SCORES, SCORES)
def test_orders_are_compared_as_scipy_does(before, after):
    found = reordered(before, after)
    both = [touchpoint for touchpoint in before if touchpoint in after]
    was, now = [before[touchpoint] for touchpoint in both], [after[touchpoint] for touchpoint in both]
    assert found.pairs == len(both) * (len(both) - 1) // 2
    assert found.swapped == sum(
        before[one] < before[other] and after[one] > after[other] for one, other in permutations(both, 2)
    )
    if len(set(was)) < 2 or len(set(now)) < 2:
        assert found.spearman is found.kendall is None
        return
    assert found.spearman == pytest.approx(stats.spearmanr(was, now).statistic, abs=1e-9)
    assert found.kendall == pytest.approx(stats.kendalltau(was, now).statistic, abs=1e-9)
    ranks = {
        one: (int(a), int(b))
        for one, a, b in zip(both, stats.rankdata(was, "min"), stats.rankdata(now, "min"), strict=True)
    }
    assert {move.touchpoint: move[1:] for move in found.moves} == {k: v for k, v in ranks.items() if v[0] != v[1]}
    assert [abs(b - a) for _, a, b in found.moves] == sorted((abs(b - a) for _, a, b in found.moves), reverse=True)


@given(SCORES)
def test_an_order_that_stays_is_1_and_one_that_is_turned_around_minus_1(scores):
    if len(set(scores.values())) < 2:
        return
    same = reordered(scores, scores)
    assert (same.moves, same.swapped) == ((), 0)
    assert [same.spearman, same.kendall] == pytest.approx([1, 1])
    turned = reordered(scores, {one: -score for one, score in scores.items()})
    assert [turned.spearman, turned.kendall] == pytest.approx([-1, -1])


def test_what_each_variation_does_to_the_order_is_told():
    touchpoints = {
        1: heard((0, 0, 5, 20, 25), nps=[40] + [0] * 10),
        2: heard((25, 20, 5, 0, 0), nps=[0] * 10 + [40]),
        3: heard((5, 5, 5, 5, 5)),
    }
    found = {variation[:2]: order for variation, order in sensitivity({k: stored(h) for k, h in touchpoints.items()})}
    assert len(found) == 11
    assert found["without", Component.CES].spearman == 1
    without = found["without", Component.CSAT]
    assert (without.lost, without.swapped, without.pairs) == ((3,), 1, 1)
    assert without.moves == (Move(2, 1, 2), Move(1, 2, 1))
    assert found["double", Component.NPS].swapped > 0
    equally = dict.fromkeys(Component, 1.0)
    scores = {one: score for one, h in touchpoints.items() if (score := reweighed(stored(h), equally)) is not None}
    assert found["equal", None] == reordered({one: h.score for one, h in touchpoints.items()}, scores)
