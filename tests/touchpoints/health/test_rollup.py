"""Phases, journeys, what is remembered and lost of them, and what is to be gained."""

from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchpoints.health.rollup import (
    Funnel,
    funnel,
    memory,
    one_path,
    placement_weight,
    priority,
    roll_up,
    weakest_link,
)

SCORES = st.one_of(st.none(), st.floats(0, 100))
IN_ORDER = st.lists(st.one_of(st.none(), st.integers(0, 100).map(float)), max_size=12)  # whole, so that ties are met
STEPS = st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=12)
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


# --- memory and the weakest link -------------------------------------------------------------------------------------


def test_memory_and_weakest_link_as_worked_by_hand():
    scores = [score for _, score in worked_example()]
    remembered, weakest = memory(scores), weakest_link(scores)
    assert remembered.score == pytest.approx(72.5, abs=5e-5)
    assert (scores[remembered.peak], scores[remembered.end]) == (80, 65)
    assert weakest is not None
    assert scores[weakest] == 45


@pytest.mark.parametrize(
    ("scores", "remembered", "weakest"),
    [
        ([], None, None),
        ([None, None], None, None),
        ([None, 40.0, None], (40, 1, 1), 1),
        ([80.0, 20.0, 60.0], (40, 1, 2), 1),  # as far above 50 as below: the later
        ([80.0, 80.0, 60.0], (70, 1, 2), 2),
        ([30.0, 50.0, 30.0, None], (30, 2, 2), 0),  # the weakest is the earlier
        ([0.0, 100.0], (100, 1, 1), 0),
    ],
)
def test_of_equals_the_later_is_remembered_and_the_earlier_is_the_weakest(scores, remembered, weakest):
    found = memory(scores)
    assert (found and (found.score, found.peak, found.end)) == remembered
    assert weakest_link(scores) == weakest


@given(IN_ORDER)
def test_nothing_lies_farther_than_the_peak_behind_the_end_or_below_the_weakest(scores):
    found, weakest = memory(scores), weakest_link(scores)
    known = [score for score in scores if score is not None]
    assert (found is None) == (weakest is None) == (not known)
    if found:
        later = sum(score is not None for score in scores[found.peak + 1 :])
        assert abs(scores[found.peak] - 50) == max(abs(score - 50) for score in known)
        assert all(abs(score - 50) < abs(scores[found.peak] - 50) for score in known[len(known) - later :])
        assert all(score is None for score in scores[found.end + 1 :])
        assert scores[weakest] == min(known)
        assert min(known) not in scores[:weakest]
        assert min(known) <= found.score <= max(known)


@given(IN_ORDER, st.integers(0, 12))
def test_what_is_unknown_is_neither_remembered_nor_weak(scores, place):
    more = [*scores[:place], None, *scores[place:]]
    found, again = memory(scores), memory(more)
    assert (found and found.score) == (again and again.score)
    weakest, still = weakest_link(scores), weakest_link(more)
    assert (weakest is None) == (still is None)
    assert weakest is None or still is None or scores[weakest] == more[still]


# --- completion ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ([], Funnel(None, 0, 0, None, None)),
        ([None, None], Funnel(None, 0, 2, None, None)),
        ([1.0, None, 1.0], Funnel(1, 2, 3, 0, 0)),
        ([0.9, 0.5, None, 0.6], Funnel(0.27, 3, 4, 1, 0.45)),
        ([0.5, 0.1], Funnel(0.05, 2, 2, 0, 0.5)),  # the worse step comes when half of them are gone
        ([0.5, 0.0, 0.0], Funnel(0, 3, 3, 0, 0.5)),
    ],
)
def test_completion_is_the_product_and_the_weakest_step_loses_most_customers(steps, found):
    told = funnel(steps)
    assert (told.known, told.steps, told.weakest) == (found.known, found.steps, found.weakest)
    assert (told.completion, told.lost) == (
        found.completion if found.completion is None else pytest.approx(found.completion),
        found.lost if found.lost is None else pytest.approx(found.lost),
    )


@given(STEPS)
def test_whoever_sets_out_arrives_or_is_lost_at_a_known_step(steps):
    told = funnel(steps)
    known = [step for step in steps if step is not None]
    if not known:
        assert told.completion is None
        return
    assert told.completion == pytest.approx(prod(known))
    assert 0 <= told.completion <= min(known)
    assert told.lost <= 1 - told.completion + 1e-9 <= told.lost * len(known) + 2e-9
    assert steps[told.weakest] is not None


@pytest.mark.parametrize(
    ("alternatives", "path"),
    [
        ([], []),
        ([(None, 1), (None, 0.2)], [0, 1]),
        ([(None, 1), ("pay", 0.3), ("pay", 0.7), (None, 1)], [0, 2, 3]),
        ([("pay", 0.5), ("pay", 0.5)], [0]),
        ([("pay", 0.2), ("pay", 0.5), ("pay", 0.3)], [1]),
        ([("pay", 0.7), (None, 1), ("pay", 0.3)], [0, 1, 2]),  # a name that comes again later is another choice
        ([("pay", 0.7), ("ask", 0.1), ("ask", 0.3)], [0, 2]),
    ],
)
def test_a_path_takes_the_most_used_of_alternatives(alternatives, path):
    assert one_path(alternatives) == path


@given(st.lists(st.tuples(st.sampled_from([None, "a", "b"]), st.floats(0, 1)), max_size=12))
def test_a_path_passes_each_choice_once_and_whatever_is_no_choice(alternatives):
    path = one_path(alternatives)
    assert path == sorted(set(path))
    assert {place for place, (group, _) in enumerate(alternatives) if group is None} <= set(path)
    choices = sum(
        group is not None and (place == 0 or alternatives[place - 1][0] != group)
        for place, (group, _) in enumerate(alternatives)
    )
    assert len(path) == choices + sum(group is None for group, _ in alternatives)
