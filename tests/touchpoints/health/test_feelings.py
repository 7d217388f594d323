"""Feelings: means on -2 to +2, of emotion or else of satisfaction, exact and only where enough people spoke."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchpoints.health.decay import Tally
from touchpoints.health.feelings import Feelings, Source, feelings_of, gap_of
from touchpoints.health.metrics import scale_of

EMOTION, EXPECTATION = scale_of("emotion", "-2-2"), scale_of("expectation", "-2-2")
CSAT5, CSAT7, CES = scale_of("csat", "1-5"), scale_of("csat", "1-7"), scale_of("ces", "1-7")


def said(*counts: int) -> Tally:
    return Tally(counts, sum(counts), sum(counts))


def test_the_emotion_question_comes_before_satisfaction() -> None:
    felt = feelings_of({EMOTION: said(0, 0, 0, 3, 3), CSAT5: said(90, 0, 0, 0, 0)})
    assert felt == Feelings(1.5, Source.EMOTION, None)


def test_satisfaction_stands_in_where_fewer_than_five_told_their_emotion() -> None:
    felt = feelings_of({EMOTION: said(0, 0, 0, 0, 4), CSAT5: said(0, 10, 0, 0, 0)})
    assert felt == Feelings(-1.0, Source.SATISFACTION, None)  # 2 of 1-5 is worth 25: (25 - 50) / 25


def test_scales_of_satisfaction_pool_through_their_worth() -> None:
    assert feelings_of({CSAT5: said(0, 0, 0, 0, 5), CSAT7: said(5, 0, 0, 0, 0, 0, 0)}).perception == 0


def test_nothing_is_shown_of_fewer_than_five() -> None:
    assert feelings_of({CSAT5: said(0, 0, 0, 0, 4), EXPECTATION: said(0, 0, 0, 0, 4)}) == Feelings()


def test_effort_says_nothing_about_feelings() -> None:
    assert feelings_of({CES: said(0, 0, 0, 0, 0, 0, 50)}) == Feelings()


def test_expectation_is_the_mean_of_its_own_question() -> None:
    assert feelings_of({EXPECTATION: said(0, 0, 4, 4, 2)}) == Feelings(None, None, 0.8)


@pytest.mark.parametrize(("perceived", "gap"), [(0.75, 0.3), (0.25, -0.3), (0.52, 0.0)])
def test_the_gap_is_rounded_as_every_figure_is(perceived: float, gap: float) -> None:
    assert gap_of(perceived, 0.5) == gap


@given(st.lists(st.integers(0, 1000), min_size=5, max_size=5).filter(lambda counts: sum(counts) >= 5))
def test_the_mean_is_that_of_the_answers_and_within_the_scale(counts: list[int]) -> None:
    felt = feelings_of({EMOTION: said(*counts)}).perception
    assert felt is not None
    assert felt == pytest.approx(
        sum(value * count for value, count in zip(range(-2, 3), counts, strict=True)) / sum(counts)
    )
    assert -2 <= felt <= 2


@given(st.lists(st.integers(0, 1000), min_size=5, max_size=5).filter(lambda counts: sum(counts) >= 5))
def test_turning_every_answer_around_turns_the_feeling_around(counts: list[int]) -> None:
    there, back = feelings_of({EMOTION: said(*counts)}), feelings_of({EMOTION: said(*counts[::-1])})
    assert there.perception is not None
    assert back.perception == pytest.approx(-there.perception, abs=1e-12)
