"""What is learnt from peers: against numpy's plain sums, against a truth that is known, and at the edges."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchpoints.health.credibility import fit, fit_rate
from touchpoints.health.decay import Tally, tally_of, weights
from touchpoints.health.estimate import Exposure
from touchpoints.health.metrics import Metric, scale_of, scales_of
from touchpoints.health.shrink import default_prior, prior_of, shrunken, tilted
from touchpoints.health.usual import Component, Learned, Priors, Usual

CSAT5, CSAT7, NPS = scale_of("csat", "1-5"), scale_of("csat", "1-7"), scale_of("nps", "0-10")
RATING = scale_of("rating", "1-5")
CSAT = (Metric.CSAT,)


def prior_in(found, scale):
    """What a touchpoint's answers on that scale are drawn towards."""
    usual = Usual(Learned.PHASE, found.mass, found.mean, {scale.key: found.shares[scale]})
    return Priors("fit-1", {Component.CSAT: usual}).of(Component.CSAT, scale)


def flat(*counts):
    return Tally(tuple(counts), sum(counts), sum(counts))


def exposed(bad, cases):
    return Exposure(bad, cases, cases, cases)


def by_hand(peers, least, most):
    """(sigma2, tau2, mass, mean) as the books write it [7]: `peers` are (values, weights) of single answers."""
    n = np.array([w.sum() ** 2 / (w**2).sum() for _, w in peers])
    means = np.array([np.average(x, weights=w) for x, w in peers])
    inner = np.array([np.average((x - s) ** 2, weights=w) for (x, w), s in zip(peers, means, strict=True)])
    sigma2 = (n * inner).sum() / (n - 1).sum()
    total = n.sum()
    centre = np.average(means, weights=n)
    tau2 = total * ((n * (means - centre) ** 2).sum() - (len(n) - 1) * sigma2) / (total**2 - (n**2).sum())
    mass = np.clip(sigma2 / tau2, least, most) if tau2 > 0 else most
    return sigma2, max(0, tau2), mass, np.average(means, weights=n / (n + mass))


def around(scale, age, place, most):
    """A day's cell: so many answers at one value, a third of them at every other."""
    return age, [most if place == other else most // 3 for other in range(len(scale.values))]


# Peers on one or two scales, as cells by scale
SHAPES = st.tuples(st.integers(0, 120), st.integers(0, 4), st.integers(1, 12))
PEER = st.one_of(
    st.fixed_dictionaries({CSAT5: st.lists(SHAPES, min_size=2, max_size=3)}),
    st.fixed_dictionaries({CSAT5: st.just([(3, 4, 9)]), CSAT7: st.lists(SHAPES, min_size=1, max_size=2)}),
).map(lambda peer: {scale: [around(scale, *shape) for shape in shapes] for scale, shapes in peer.items()})
PEERS = st.lists(PEER, min_size=8, max_size=14)


def singles(peer, table):
    """The answers of a peer one by one: what each is worth, and its weight."""
    by_age = weights(table)
    answers = [
        (float(worth), by_age[age])
        for scale, cells in peer.items()
        for age, counts in cells
        if age < len(by_age)
        for worth, count in zip(scale.utilities, counts, strict=True)
        for _ in range(count)
    ]
    return np.array([worth for worth, _ in answers]), np.array([weight for _, weight in answers], float)


@given(PEERS, st.sampled_from(["flat-90", "half-30"]))
def test_it_is_what_the_books_write(peers, table):
    found = fit(CSAT, [{s: tally_of(len(s.values), table, cells) for s, cells in peer.items()} for peer in peers])
    told = [(x, w) for x, w in (singles(peer, table) for peer in peers) if len(w) and w.sum() ** 2 / (w**2).sum() >= 5]
    assert (found is None) == (len(told) < 8)
    if found is not None:
        assert found.peers == len(told)
        sigma2, tau2, mass, mean = by_hand(told, 2, 100)
        assert (found.sigma2, found.tau2) == pytest.approx((sigma2, tau2), abs=1e-7)
        assert (found.mass, found.mean) == pytest.approx((mass, mean), rel=1e-6)


def test_the_variance_within_is_the_pooled_one():
    rng = np.random.default_rng(3)
    counts = [rng.multinomial(n, rng.dirichlet([2, 3, 4, 5, 6])) for n in (5, 8, 13, 21, 34, 55, 89, 144, 4)]
    peers = [(np.repeat(np.arange(5) * 25.0, c), np.ones(c.sum())) for c in counts if c.sum() >= 5]
    found = fit(CSAT, [{CSAT5: flat(*map(int, c))} for c in counts])
    assert (found.sigma2, found.tau2, found.mass, found.mean) == pytest.approx(by_hand(peers, 2, 100))
    assert found.sigma2 == pytest.approx(sum(x.var() * len(x) for x, _ in peers) / sum(len(x) - 1 for x, _ in peers))


def test_shares_are_the_mean_of_the_peers_by_their_credibility():
    counts = [(1, 2, 3, 4, 5), (0, 0, 2, 9, 30), (4, 4, 4, 4, 4), (9, 3, 1, 0, 0)] * 2
    found = fit(CSAT, [{CSAT5: flat(*c)} for c in counts])
    z = [sum(c) / (sum(c) + found.mass) for c in counts]
    shares = [sum(w * c[place] / sum(c) for w, c in zip(z, counts, strict=True)) / sum(z) for place in range(5)]
    assert found.shares[CSAT5] == pytest.approx(shares)
    assert prior_in(found, CSAT5).mean == pytest.approx(found.mean)
    assert prior_in(found, CSAT5).mass == found.mass


@given(PEERS, st.randoms(use_true_random=False))
def test_the_order_of_the_peers_changes_no_bit(peers, random):
    tallies = [{s: tally_of(len(s.values), "half-30", cells) for s, cells in peer.items()} for peer in peers]
    shuffled = [dict(reversed(peer.items())) for peer in tallies]
    random.shuffle(shuffled)
    assert fit(CSAT, shuffled) == fit(CSAT, tallies)


def truth(rng, touchpoints, mass):
    """Shares of touchpoints whose means vary so that sigma2 / tau2 is `mass`: drawn from a Dirichlet law."""
    return rng.dirichlet(mass * np.array(default_prior(CSAT5).shares), touchpoints)


@pytest.mark.parametrize("mass", [4, 10, 30])
def test_it_finds_a_truth_that_is_known(mass):
    rng = np.random.default_rng(20)
    sizes = rng.integers(5, 200, 600)
    peers = [rng.multinomial(n, p) for n, p in zip(sizes, truth(rng, 600, mass), strict=True)]
    found = fit(CSAT, [{CSAT5: flat(*map(int, c))} for c in peers])
    usual = default_prior(CSAT5)
    variance = usual.square - usual.mean**2
    assert found.sigma2 == pytest.approx(variance * mass / (mass + 1), rel=0.05)
    assert found.tau2 == pytest.approx(variance / (mass + 1), rel=0.12)
    assert found.mass == pytest.approx(mass, rel=0.12)
    assert found.mean == pytest.approx(70, abs=1)
    assert found.shares[CSAT5] == pytest.approx(usual.shares, abs=0.02)


@pytest.mark.parametrize(("n", "share"), [(2, 8.4 / 19.2), (10, 6.6 / 8.8)])
def test_what_is_learnt_brings_small_samples_nearer_to_the_truth(n, share):
    rng = np.random.default_rng(21)
    worths = np.arange(5) * 25.0
    peers = [rng.multinomial(size, p) for size, p in zip(rng.integers(5, 80, 40), truth(rng, 40, 9), strict=True)]
    prior = prior_in(fit(CSAT, [{CSAT5: flat(*map(int, c))} for c in peers]), CSAT5)
    plain, shrunk = [], []
    for p in truth(rng, 4000, 9):
        counts = rng.multinomial(n, p)
        mean, square = float(counts @ worths / n), float(counts @ worths**2 / n)
        plain.append(mean - p @ worths)
        shrunk.append(shrunken(mean, square, n, prior).score - p @ worths)
    assert math.sqrt(np.mean(np.square(shrunk)) / np.mean(np.square(plain))) == pytest.approx(share, rel=0.05)


SOME = [{CSAT5: flat(1, 1, 1, 1, 1 + place)} for place in range(8)]


@pytest.mark.parametrize(
    "peers",
    [
        [],
        SOME[:7],
        [*SOME[:7], {CSAT5: flat(1, 0, 1, 1, 1)}],
        [*SOME[:7], {}],
        [*SOME[:7], {NPS: flat(*[9] * 11)}],
        [*SOME[:7], {CSAT5: flat(0, 0, 0, 0, 0)}],
        [*SOME[:7], {CSAT5: tally_of(5, "half-30", [(0, (0, 0, 0, 0, 2)), (240, (9, 9, 9, 9, 9))])}],
    ],
)
def test_fewer_than_eight_peers_with_five_answers_teach_nothing(peers):
    assert fit(CSAT, peers) is None


def test_eight_peers_with_five_answers_are_enough():
    assert fit(CSAT, SOME).peers == 8
    assert fit(CSAT, [*SOME, {CSAT5: flat(4, 0, 0, 0, 0)}]) == fit(CSAT, SOME)


def test_equal_peers_differ_by_chance_only():
    found = fit(CSAT, [{CSAT5: flat(1, 2, 3, 4, 5)}] * 9)
    assert (found.tau2, found.mass) == (0, 100)
    assert found.shares[CSAT5] == pytest.approx([1 / 15, 2 / 15, 3 / 15, 4 / 15, 5 / 15])


def test_answers_that_agree_within_every_peer_leave_the_peers_to_themselves():
    found = fit(CSAT, [{CSAT5: flat(*[6 * (place == peer % 5) for place in range(5)])} for peer in range(10)])
    assert (found.sigma2, found.mass, found.mean) == (0, 2, 50)
    assert found.tau2 == pytest.approx(1250 * 10 / 9)  # the sample variance of 0, 25, 50, 75, 100


@pytest.mark.parametrize("scale", [CSAT5, CSAT7, NPS], ids=lambda scale: scale.key)
@pytest.mark.parametrize("weight", [1, 3, 2**32 - 7])
def test_one_answer_by_everybody_still_leaves_some_doubt(scale, weight):
    for place in range(len(scale.values)):
        counts = tuple(7 * weight * (place == other) for other in range(len(scale.values)))
        found = fit((scale.metric,), [{scale: Tally(counts, 7 * weight * weight, 7)}] * 11)
        assert (found.sigma2, found.tau2, found.mass) == (0, 0, 100)
        assert found.mean == pytest.approx(float(scale.utilities[place]))
        prior = prior_in(found, scale)
        assert math.fsum(prior.shares) == pytest.approx(1)
        assert prior.shares[place] == pytest.approx((77 + 1 / len(counts)) / 78)
        mean = float(scale.utilities[place])
        assert shrunken(mean, mean**2, 1000, prior).sd > 0


def test_promoters_alone_are_of_one_worth_and_leave_doubt_too():
    found = fit((Metric.NPS,), [{NPS: flat(*[0] * 9, 3 + peer, 4)} for peer in range(8)])
    assert found.mean == 100
    assert prior_in(found, NPS).square > prior_in(found, NPS).mean ** 2
    assert min(found.shares[NPS]) > 0


def test_one_peer_with_nearly_all_answers_does_not_decide_what_is_usual():
    found = fit(
        CSAT, [{CSAT5: flat(1, 1, 1, 1, 1 + peer % 3)} for peer in range(20)] + [{CSAT5: flat(0, 0, 0, 0, 10**9)}]
    )
    z = [n / (n + found.mass) for n in [5 + peer % 3 for peer in range(20)]] + [1]
    assert found.mean == pytest.approx(
        (sum(w * (250 + 100 * (peer % 3)) / (5 + peer % 3) for peer, w in enumerate(z[:20])) + 100) / sum(z), rel=1e-6
    )
    assert found.mean < 70


def test_scales_of_one_metric_share_mass_and_each_has_its_shares():
    peers = [{CSAT5: flat(1, 2, 3, 4, 5 + peer), CSAT7: flat(9, 3, 1, 0, 0, 0, peer)} for peer in range(8)]
    found = fit(CSAT, peers)
    assert set(found.shares) == set(scales_of("csat"))
    five, seven = prior_in(found, CSAT5), prior_in(found, CSAT7)
    assert five.mass == seven.mass == found.mass
    assert seven.mean < found.mean < five.mean
    z = [(13 + peer) / (13 + peer + found.mass) for peer in range(8)]
    first = sum(w * 9 / (13 + peer) for peer, w in enumerate(z)) / sum(z)
    assert found.shares[CSAT7][0] == pytest.approx(first)


@pytest.mark.parametrize("used", [0, 1, 7])
def test_a_scale_that_few_peers_use_has_the_tilted_shares_of_the_collective_mean(used):
    peers = [{CSAT5: flat(1, 2, 3, 4, 5 + peer)} for peer in range(8)]
    for peer in peers[:used]:
        peer[CSAT7] = flat(9, 9, 0, 0, 0, 0, 0)
    found = fit(CSAT, peers)
    assert found.shares[CSAT7] == prior_of(CSAT7, tilted(CSAT7, found.mean), 1).shares
    assert prior_in(found, CSAT7).mean == pytest.approx(found.mean)


def test_ratings_are_learnt_from_only_where_they_are_asked_for():
    peers = [peer | {RATING: flat(9, 0, 0, 0, 0)} for peer in SOME]
    assert fit(CSAT, peers) == fit(CSAT, SOME)
    both = fit((Metric.CSAT, Metric.RATING), peers)
    assert both.mean < fit(CSAT, SOME).mean
    assert set(both.shares) == {*scales_of("csat"), *scales_of("rating")}


def test_counts_below_zero_are_refused():
    with pytest.raises(ValueError, match="below zero"):
        fit(CSAT, [*SOME, {CSAT5: flat(-1, 3, 3, 3, 3)}])
    with pytest.raises(ValueError, match="below zero"):
        fit_rate([exposed(1, 50)] * 8 + [exposed(-1, 50)])
