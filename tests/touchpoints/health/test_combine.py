"""Health: worked example, exactness, sums that add up, and no cliffs."""

import json
import math
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchpoints.health.combine import HealthModel, score_health, weigh
from touchpoints.health.decay import Tally, changed, tally_of
from touchpoints.health.estimate import Estimate
from touchpoints.health.metrics import SCALES, Metric, scale_of
from touchpoints.health.usual import Component, Learned, Priors, Usual

NPS, CSAT5, CSAT7 = scale_of("nps", "0-10"), scale_of("csat", "1-5"), scale_of("csat", "1-7")
CES7, CES5R, RATING = scale_of("ces", "1-7"), scale_of("ces", "1-5r"), scale_of("rating", "1-5")
COMPLAINT, EMOTION = scale_of("complaint", "1-3"), scale_of("emotion", "-2-2")
CONTACT, VISIT = scale_of("contact", "1-1"), scale_of("visit", "0-1")


def flat(*counts):
    return Tally(counts, sum(counts), sum(counts))


def estimate(component, score, sd, n, mass):
    return Estimate(
        component=component,
        answers=n,
        n_eff=n,
        raw=score,
        score=score,
        sd=sd,
        credibility=n / (n + mass),
        prior_mean=70,
        prior_mass=mass,
    )


@st.composite
def many_tallies(draw):
    tallies = {}
    for scale in draw(st.lists(st.sampled_from(SCALES), unique=True, max_size=6)):
        size = len(scale.values)
        cells = draw(
            st.lists(
                st.tuples(st.integers(0, 299), st.lists(st.integers(0, 9), min_size=size, max_size=size)), max_size=4
            )
        )
        tallies[scale] = tally_of(size, "half-30", cells)
    return tallies


def test_health_as_worked_by_hand():
    health = weigh([estimate(Component.CSAT, 66, 4, 30, 10), estimate(Component.NPS, 45, 9, 5, 15)])
    assert [part.share for part in health.parts] == pytest.approx([0.875, 0.125])
    assert [part.contribution for part in health.parts] == pytest.approx([57.75, 5.625])
    assert (health.score, health.evidence) == pytest.approx((63.375, 0.6))
    assert health.sd == pytest.approx(4.1777, abs=5e-5)
    assert health.answers == 35
    assert (health.low, health.high) == pytest.approx(
        (63.375 - 1.959964 * 4.1777, 63.375 + 1.959964 * 4.1777), abs=1e-3
    )
    assert (health.parts[0].low, health.parts[0].high) == pytest.approx((66 - 7.839856, 66 + 7.839856), abs=1e-5)


@pytest.mark.parametrize(("score", "low", "high"), [(5, 0, 24.59964), (95, 75.40036, 100)])
def test_intervals_are_clipped_to_the_scale(score, low, high):
    health = weigh([estimate(Component.CES, score, 10, 5, 10)])
    assert (health.low, health.high) == pytest.approx((low, high), abs=1e-5)
    assert (health.parts[0].low, health.parts[0].high) == pytest.approx((low, high), abs=1e-5)


def test_a_score_can_be_reckoned_again_from_its_parts():
    health = score_health({CSAT5: flat(0, 0, 1, 3, 2), NPS: flat(0, 0, 0, 0, 0, 1, 0, 0, 2, 0, 1)})
    csat, nps = health.parts
    assert (csat.answers, csat.n_eff, csat.raw) == (6, 6, pytest.approx(79.1667, abs=5e-5))
    assert csat.score == pytest.approx((6 * csat.raw + 10 * 70) / 16)
    assert nps.score == pytest.approx((4 * 50 + 15 * 60) / 19)
    csat_pull, nps_pull = 0.35 * 6 / 16, 0.15 * 4 / 19
    assert csat.share == pytest.approx(csat_pull / (csat_pull + nps_pull))
    assert health.evidence == pytest.approx((csat_pull + nps_pull) / 0.5)
    assert health.score == pytest.approx(csat.share * csat.score + nps.share * nps.score)


@pytest.mark.parametrize(
    "tallies",
    [
        {},
        {CSAT5: flat(0, 0, 0, 0, 0)},
        {EMOTION: flat(1, 2, 3, 4, 5)},
        {COMPLAINT: flat(3, 2, 1)},
        {RATING: flat(9, 9, 9, 9, 9)},
    ],
)
def test_without_an_answer_that_counts_there_is_no_score(tallies):
    assert score_health(tallies) is None


def test_emotion_expectation_and_complaints_without_contacts_change_nothing():
    alone = score_health({CSAT5: flat(1, 2, 3, 4, 5)})
    assert score_health({EMOTION: flat(9, 0, 0, 0, 0), CSAT5: flat(1, 2, 3, 4, 5), COMPLAINT: flat(9, 9, 9)}) == alone
    nobody = {COMPLAINT: flat(5, 0, 0), CONTACT: flat(0), VISIT: flat(0, 0)}
    assert score_health({CSAT5: flat(1, 2, 3, 4, 5), **nobody}) == alone


def test_two_scales_of_one_metric_pool_through_their_worth():
    health = score_health({CSAT5: flat(0, 0, 0, 0, 3), CSAT7: flat(3, 0, 0, 0, 0, 0, 0)})
    (part,) = health.parts
    assert (part.answers, part.raw, part.score) == (6, 50, pytest.approx((6 * 50 + 10 * 70) / 16))


def test_a_reversed_scale_counts_low_answers_as_good():
    easy = score_health({CES5R: flat(9, 0, 0, 0, 0)})
    assert easy.parts[0].raw == 100
    assert easy == score_health({CES5R: flat(9, 0, 0, 0, 0), CES7: flat(0, 0, 0, 0, 0, 0, 0)})


def test_ratings_count_as_satisfaction_only_where_the_workspace_says_so():
    tallies = {CSAT5: flat(0, 0, 0, 0, 5), RATING: flat(5, 0, 0, 0, 0)}
    assert score_health(tallies).parts[0].raw == 100
    assert score_health(tallies, model=HealthModel(ratings_count=True)).parts[0].raw == 50
    assert score_health({RATING: flat(0, 0, 0, 0, 5)}, model=HealthModel(ratings_count=True)).answers == 5


def test_a_component_of_no_weight_is_left_out():
    weights = dict.fromkeys(Component, 0.0)
    tallies = {CSAT5: flat(1, 1, 1, 1, 1), CES7: flat(1, 1, 1, 1, 1, 1, 1)}
    assert score_health(tallies, model=HealthModel(weights=weights)) is None
    (part,) = score_health(tallies, model=HealthModel(weights=weights | {Component.CES: 1.0})).parts
    assert part.component is Component.CES


def test_rates_join_the_score_with_their_working_shown():
    health = score_health({COMPLAINT: flat(7, 2, 1), CONTACT: flat(800)})
    (part,) = health.parts
    assert part.rate.observed == 0.0125
    assert part.rate.expected == pytest.approx((200 * 0.02 + 10) / 1000)
    assert part.score == pytest.approx(100 * (0.05 - 0.014) / 0.045)
    assert (part.answers, part.credibility, part.rate.suspect) == (800, 0.8, False)


def test_more_complaints_than_contacts_score_0_and_are_marked():
    (part,) = score_health({COMPLAINT: flat(12, 0, 0), CONTACT: flat(10)}).parts
    assert (part.score, part.rate.suspect) == (0, True)
    assert part.sd > 0


def test_what_is_counted_is_observed_but_not_answered():
    health = score_health({CSAT5: flat(1, 2, 3, 4, 5), CONTACT: flat(800), VISIT: flat(30, 70)})
    assert (health.answers, health.observations) == (15, 915)
    assert [part.component for part in health.parts] == [Component.CSAT, Component.COMPLAINTS, Component.COMPLETION]


def test_what_was_learned_from_peers_takes_the_place_of_the_default():
    learned = Usual(Learned.PHASE, 4.0, 30.0, {CSAT5.key: (0.4, 0.3, 0.1, 0.1, 0.1)})
    priors = Priors("fit-7", {Component.CSAT: learned, Component.COMPLETION: Usual(Learned.WORKSPACE, 25.0, 0.1)})
    tallies = {CSAT5: flat(0, 0, 1, 3, 2), CES7: flat(0, 0, 0, 0, 1, 0, 0), VISIT: flat(0, 100)}
    health = score_health(tallies, priors=priors)
    csat, ces, completion = health.parts
    usual = 0.3 * 25 + 0.1 * 50 + 0.1 * 75 + 0.1 * 100
    assert (csat.prior_mean, csat.prior_mass, csat.prior_source) == (pytest.approx(usual), 4, "phase")
    assert csat.score == pytest.approx((6 * csat.raw + 4 * usual) / 10)
    assert (ces.prior_mean, ces.prior_mass, ces.prior_source) == (pytest.approx(70), 10, "default")
    assert (completion.rate.usual, completion.prior_mass, completion.prior_source) == (0.1, 25, "workspace")
    assert health.prior_version == "fit-7"


def test_on_a_scale_that_no_peer_used_the_learned_mean_holds():
    priors = Priors("fit-7", {Component.CSAT: Usual(Learned.PHASE, 4.0, 30.0, {CSAT5.key: (0.6, 0.2, 0.1, 0.1, 0)})})
    (part,) = score_health({CSAT7: flat(0, 0, 0, 0, 0, 0, 5)}, priors=priors).parts
    assert part.prior_mean == pytest.approx(30)


def test_counts_below_zero_are_refused():
    with pytest.raises(ValueError, match="below zero"):
        score_health({CSAT5: flat(-1, 0, 0, 0, 3)})
    with pytest.raises(ValueError, match="below zero"):
        score_health({COMPLAINT: flat(-1, 0, 0), CONTACT: flat(10)})


def test_a_tally_that_does_not_fit_its_scale_is_refused():
    with pytest.raises(ValueError, match="zip"):
        score_health({CSAT5: flat(1, 1, 1)})


@given(many_tallies())
def test_parts_sum_to_the_health_and_all_stays_on_the_scale(tallies):
    health = score_health(tallies)
    if health is None:
        return
    assert math.fsum(part.contribution for part in health.parts) == pytest.approx(health.score, abs=1e-9)
    assert math.fsum(part.share for part in health.parts) == pytest.approx(1)
    assert 0 <= health.low <= health.score <= health.high <= 100
    assert 0 < health.evidence < 1
    for part in health.parts:
        assert 0 <= part.low <= part.score <= part.high <= 100
    apart = math.sqrt(math.fsum((part.share * part.sd) ** 2 for part in health.parts))
    together = math.fsum(part.share * part.sd for part in health.parts)
    assert apart - 1e-9 <= health.sd <= together + 1e-9


@given(many_tallies(), st.randoms(use_true_random=False))
def test_order_changes_no_bit(tallies, random):
    shuffled = list(tallies.items())
    random.shuffle(shuffled)
    assert score_health(dict(shuffled)) == score_health(tallies)


@given(many_tallies())
def test_a_score_survives_json_bit_by_bit(tallies):
    health = score_health(tallies)
    if health is not None:
        stored = json.loads(json.dumps(asdict(health)))
        assert stored["score"] == health.score
        assert [part["contribution"] for part in stored["parts"]] == [part.contribution for part in health.parts]


@given(many_tallies(), st.sampled_from([CSAT5, CES7, NPS]), st.data())
def test_the_last_answer_of_a_metric_leaves_no_cliff(tallies, scale, data):
    others = {other: tally for other, tally in tallies.items() if other.metric is not scale.metric}
    without = score_health(others)
    if without is None:
        return
    place = data.draw(st.integers(0, len(scale.values) - 1))
    one = tuple(int(place == i) for i in range(len(scale.values)))
    nothing = Tally((0,) * len(one), 0, 0)
    last = score_health(others | {scale: changed(nothing, "flat-90", 0, one)})
    part = next(part for part in last.parts if part.component == scale.metric.value)
    # The score moves by that part's own pull and no more: nothing else is scaled anew.
    assert last.score - without.score == pytest.approx(part.share * (part.score - without.score), abs=1e-9)
    mass = 15 if scale.metric is Metric.NPS else 10
    pull = part.weight / (1 + mass)
    rest = math.fsum(p.weight * p.credibility for p in without.parts)
    assert part.share == pytest.approx(pull / (pull + rest))
    assert score_health(others | {scale: nothing}) == without


@given(st.lists(st.integers(0, 100), min_size=5, max_size=5).filter(any))
def test_one_more_best_answer_never_lowers_the_health_of_a_single_metric(counts):
    before = score_health({CSAT5: flat(*counts)}).score
    counts[4] += 1
    assert score_health({CSAT5: flat(*counts)}).score >= before - 1e-12
