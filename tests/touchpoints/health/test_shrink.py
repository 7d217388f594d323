"""Priors and posteriors against the worked examples and scipy's Dirichlet and Beta."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from touchpoints.health.metrics import SCALES, Metric, scale_of, scales_of, squared_worth, worth
from touchpoints.health.shrink import (
    COMPLAINTS,
    DROP_OFF,
    default_prior,
    pooled,
    prior_of,
    shrunken,
    shrunken_rate,
    tilted,
)

CSAT5, CSAT7, NPS = scale_of("csat", "1-5"), scale_of("csat", "1-7"), scale_of("nps", "0-10")
SCORED = [s for s in SCALES if s.metric in {Metric.NPS, Metric.CSAT, Metric.CES, Metric.RATING}]


def posterior(scale, counts, prior):
    n = sum(counts)
    return shrunken(float(worth(scale, counts) / n), float(squared_worth(scale, counts) / n), n, prior)


def test_posterior_as_worked_by_hand():
    found = posterior(CSAT5, [0, 0, 1, 3, 2], prior_of(CSAT5, [0.05, 0.08, 0.17, 0.40, 0.30], 10))
    assert (found.score, found.sd, found.credibility) == pytest.approx((73.75, 5.9409, 0.375), abs=5e-5)


def test_default_shares_of_csat_as_stated():
    assert default_prior(CSAT5).shares == pytest.approx((0.0706, 0.1086, 0.1672, 0.2574, 0.3962), abs=5e-5)


@pytest.mark.parametrize("scale", SCORED, ids=lambda s: s.key)
def test_default_priors_have_their_stated_mass_and_mean(scale):
    prior = default_prior(scale)
    assert (prior.mass, prior.mean) == ((15, 60.0) if scale.metric is Metric.NPS else (10, 70.0))
    assert math.fsum(prior.shares) == pytest.approx(1, abs=1e-15)
    assert prior.square == pytest.approx(
        sum(p * float(u) ** 2 for p, u in zip(prior.shares, scale.utilities, strict=True))
    )
    slopes = {
        round(math.log(p / prior.shares[0]) / float(u - scale.utilities[0]), 9)
        for p, u in zip(prior.shares, scale.utilities, strict=True)
        if u != scale.utilities[0]
    }
    assert len(slopes) == 1  # log shares are linear in the utility: a tilt of the uniform


@pytest.mark.parametrize("mean", [1, 10, 50, 90, 99])
@pytest.mark.parametrize("scale", SCORED, ids=lambda s: s.key)
def test_the_tilt_reaches_any_mean(scale, mean):
    assert prior_of(scale, tilted(scale, mean), 10).mean == mean


@pytest.mark.parametrize("mean", [Fraction(212, 3), Decimal("70.5"), 70.5, 1.0000001, 98.9])
@pytest.mark.parametrize("scale", SCORED, ids=lambda s: s.key)
def test_the_tilt_reaches_a_mean_that_is_not_whole(scale, mean):
    assert prior_of(scale, tilted(scale, mean), 10).mean == pytest.approx(float(mean), rel=1e-15)


@pytest.mark.parametrize(("mean", "taken"), [(0, 1), (0.5, 1), (99.5, 99), (Fraction(100), 99), (-1e-9, 1)])
def test_the_tilt_leaves_room_for_doubt_at_the_ends(mean, taken):
    assert tilted(CSAT5, mean) == tilted(CSAT5, taken)


@pytest.mark.parametrize("metric", ["expectation", "emotion", "complaint"])
def test_what_does_not_enter_health_has_no_prior(metric):
    with pytest.raises(ValueError, match="health"):
        default_prior(scales_of(metric)[0])


@given(st.lists(st.integers(0, 50), min_size=11, max_size=11).filter(any))
def test_posterior_is_that_of_a_dirichlet(counts):
    prior = default_prior(NPS)
    found = posterior(NPS, counts, prior)
    law = stats.dirichlet([prior.mass * p + c for p, c in zip(prior.shares, counts, strict=True)])
    worths = [float(u) for u in NPS.utilities]
    assert found.score == pytest.approx(sum(m * u for m, u in zip(law.mean(), worths, strict=True)))
    covariance = law.cov()
    variance = sum(covariance[i][j] * worths[i] * worths[j] for i in range(11) for j in range(11))
    assert found.sd == pytest.approx(math.sqrt(variance))


@pytest.mark.parametrize("scale", SCORED, ids=lambda s: s.key)
@given(data=st.data())
def test_one_more_best_answer_never_lowers_a_score_nor_a_worst_raises_it(scale, data):
    size = len(scale.values)
    counts = data.draw(st.lists(st.integers(0, 200), min_size=size, max_size=size).filter(any))
    best = scale.utilities.index(100)
    worst = scale.utilities.index(0)
    prior = default_prior(scale)
    before = posterior(scale, counts, prior).score
    counts[best] += 1
    assert posterior(scale, counts, prior).score >= before - 1e-12
    counts[best] -= 1
    counts[worst] += 1
    assert posterior(scale, counts, prior).score <= before + 1e-12


@pytest.mark.parametrize("counts", [[0, 0, 0, 0, 1], [1000, 0, 0, 0, 0], [0, 0, 500, 0, 0]])
def test_equal_answers_leave_some_doubt(counts):
    found = posterior(CSAT5, counts, default_prior(CSAT5))
    assert found.sd > 0
    assert 0 < found.score < 100


def test_the_prior_gives_way_to_data():
    scores = [posterior(CSAT5, [n, 0, 0, 0, 0], default_prior(CSAT5)).score for n in (1, 10, 100, 10_000)]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] < 0.1


def test_pooled_scales_share_mass_and_lean_to_the_one_answered_most():
    five, seven = default_prior(CSAT5), default_prior(CSAT7)
    assert pooled([(3, five)]) is five
    both = pooled([(3, five), (1, seven)])
    assert (both.mass, both.mean) == (10, 70.0)
    assert both.square == pytest.approx((3 * five.square + seven.square) / 4)
    assert pooled([(10**12, five), (1, seven)]).square == pytest.approx(five.square)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
@pytest.mark.parametrize("rule", [COMPLAINTS, DROP_OFF])
def test_rate_is_that_of_a_beta(rule, case):
    bad, n = case
    law = stats.beta(rule.mass * rule.usual + bad, rule.mass * (1 - rule.usual) + n - bad)
    rate, found = shrunken_rate(bad / n, n, rule)
    assert rate == pytest.approx(law.mean())
    assert found.sd == pytest.approx(100 * law.std() / (rule.limit - rule.good))
    assert found.credibility == pytest.approx(n / (n + rule.mass))
    assert 0 <= found.score <= 100


@pytest.mark.parametrize(
    ("rule", "rate", "score"),
    [
        (COMPLAINTS, 0.0, 100),
        (COMPLAINTS, 0.005, 100),
        (COMPLAINTS, 0.0275, 50),
        (COMPLAINTS, 0.05, 0),
        (COMPLAINTS, 1.0, 0),
        (DROP_OFF, 0.05, 100),
        (DROP_OFF, 0.275, 50),
        (DROP_OFF, 0.5, 0),
    ],
)
def test_a_rate_scores_between_good_and_limit(rule, rate, score):
    assert rule.score(rate) == pytest.approx(score, abs=1e-9)
