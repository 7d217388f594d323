"""Phases, journeys and what is to be gained."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchpoints.health.rollup import placement_weight, priority, roll_up

SCORES = st.one_of(st.none(), st.floats(0, 100))
PLACES = st.lists(st.tuples(st.floats(0.01, 50), SCORES), max_size=12)


def worked_example():
    return [
        (placement_weight(2, moment_of_truth=False, reach=1), 80.0),
        (placement_weight(4, moment_of_truth=True, reach=0.25), 45.0),
        (placement_weight(3, moment_of_truth=False, reach=0.16), 65.0),
    ]


def test_journey_as_worked_by_hand():
    assert [weight for weight, _ in worked_example()] == pytest.approx([2, 4, 1.2])
    journey = roll_up(worked_example())
    assert journey.score == pytest.approx(58.0556, abs=5e-5)
    assert (journey.coverage, journey.partial) == (1, False)


@pytest.mark.parametrize(
    ("places", "score", "coverage", "partial"),
    [
        ([], None, 0, True),
        ([(1, None)], None, 0, True),
        ([(0, 50.0)], None, 0, True),
        ([(1, 0.0)], 0, 1, False),
        ([(1, 60.0), (1, None)], 60, 0.5, False),
        ([(1, 60.0), (2, None)], 60, 1 / 3, True),
        ([(1, 60.0), (3, 80.0), (0, 5.0)], 75, 1, False),
    ],
)
def test_only_what_is_known_counts_and_its_share_is_told(places, score, coverage, partial):
    found = roll_up(places)
    assert found.score == (None if score is None else pytest.approx(score))
    assert found.coverage == pytest.approx(coverage)
    assert found.partial is partial
    assert found.weight == pytest.approx(sum(weight for weight, known in places if known is not None))


@given(st.lists(PLACES, max_size=5))
def test_phases_roll_up_to_their_journey(phases):
    journey = roll_up([place for phase in phases for place in phase])
    of_phases = roll_up([(phase.weight, phase.score) for phase in map(roll_up, phases)])
    assert of_phases.weight == pytest.approx(journey.weight)
    assert of_phases.score == (None if journey.score is None else pytest.approx(journey.score))


@given(PLACES, st.randoms(use_true_random=False))
def test_order_changes_no_bit_and_the_mean_lies_between(places, random):
    found = roll_up(places)
    shuffled = list(places)
    random.shuffle(shuffled)
    assert roll_up(shuffled) == found
    known = [score for _, score in places if score is not None]
    if known:
        assert min(known) - 1e-9 <= found.score <= max(known) + 1e-9


def test_priority_is_what_the_journey_gains_when_the_target_is_met():
    places = worked_example()
    journey = roll_up(places)
    weight, score = places[1]
    gain = priority(weight, score, 70, journey.weight)
    met = roll_up([places[0], (weight, 70.0), places[2]])
    assert gain == pytest.approx(met.score - journey.score)


@pytest.mark.parametrize(("score", "gain"), [(None, None), (70.0, 0), (90.0, 0), (60.0, 2.5)])
def test_nothing_is_gained_past_the_target_nor_promised_of_the_unknown(score, gain):
    assert priority(1.0, score, 70, 4.0) == gain


def test_a_touchpoint_that_nobody_passes_weighs_nothing():
    assert placement_weight(5, moment_of_truth=True, reach=0) == 0
