"""Rates of bad events are learnt from peers as answers are."""

from dataclasses import replace

import numpy as np
import pytest

from tests.touchpoints.health.test_credibility import by_hand, exposed
from touchpoints.health.credibility import fit_rate
from touchpoints.health.estimate import Exposure
from touchpoints.health.metrics import Metric, scale_of
from touchpoints.health.shrink import COMPLAINTS, shrunken_rate
from touchpoints.health.usual import Component, Learned, Priors, Usual

CSAT5, CSAT7, NPS = scale_of("csat", "1-5"), scale_of("csat", "1-7"), scale_of("nps", "0-10")
RATING = scale_of("rating", "1-5")
CSAT = (Metric.CSAT,)


def rule_in(found):
    """By what a touchpoint's complaints are scored."""
    usual = Usual(Learned.PHASE, found.mass, found.mean)
    return Priors("fit-1", {Component.COMPLAINTS: usual}).rate(Component.COMPLAINTS, COMPLAINTS)


@pytest.mark.parametrize(
    ("rates", "mass"),
    [
        ([(1, 100), (9, 120), (0, 60), (20, 300), (2, 10), (3, 800), (0, 5), (7, 70)], None),
        ([(1, 100), (19, 100)] * 5, 20),
        ([(5, 100)] * 9, 2000),
    ],
)
def test_rates_are_learnt_the_same_way(rates, mass):
    found = fit_rate([exposed(*rate) for rate in rates])
    peers = [(np.repeat([1.0, 0.0], [bad, cases - bad]), np.ones(cases)) for bad, cases in rates]
    assert (found.sigma2, found.tau2, found.mass, found.mean) == pytest.approx(by_hand(peers, 20, 2000), abs=1e-12)
    assert mass in {None, found.mass}
    assert fit_rate([exposed(*rate) for rate in reversed(rates)]) == found


def test_weighted_cases_count_by_their_effective_number():
    rates = [(3 * peer, 100, 400) for peer in range(8)]
    found = fit_rate([Exposure(bad, cases, squares, 40) for bad, cases, squares in rates])
    inner = [25 * (bad / 100) * (1 - bad / 100) for bad, _, _ in rates]
    assert found.sigma2 == pytest.approx(sum(inner) / (24 * 8))


def test_rates_find_a_truth_that_is_known():
    rng = np.random.default_rng(22)
    peers = [(rng.binomial(n, p), n) for n, p in zip(rng.integers(50, 3000, 600), rng.beta(3, 147, 600), strict=True)]
    found = fit_rate([exposed(int(bad), int(n)) for bad, n in peers])
    assert found.mass == pytest.approx(150, rel=0.12)
    assert found.mean == pytest.approx(0.02, rel=0.05)


@pytest.mark.parametrize(("bad", "mean"), [(0, 0.5 / 801), (100, 800.5 / 801)])
def test_a_rate_without_an_exception_still_leaves_some_doubt(bad, mean):
    found = fit_rate([exposed(bad, 100)] * 8)
    assert (found.mass, found.mean) == (2000, pytest.approx(mean))
    assert shrunken_rate(bad / 100, 100, rule_in(found))[1].sd > 0


def test_the_fitted_rule_keeps_what_is_good_and_what_is_the_limit():
    found = fit_rate([exposed(peer, 200) for peer in range(9)])
    assert rule_in(found) == replace(COMPLAINTS, usual=found.mean, mass=found.mass)


def test_who_has_more_bad_events_than_cases_or_too_few_cases_teaches_nothing():
    eight = [exposed(peer, 200) for peer in range(8)]
    assert fit_rate(eight[:7]) is None
    assert fit_rate([*eight[:7], exposed(6, 5), exposed(1, 4), exposed(0, 0)]) is None
    assert fit_rate([*eight, exposed(201, 200)]) == fit_rate(eight)
