"""Which questions are looked at together: those that enough answered together."""

from typing import Any

import numpy as np

from touchpoints.health.complete import complete_rows


def table(*blocks: tuple[int, str]) -> Any:
    """Rows of answers: `(200, "xx.")` are 200 who answered the first two questions of three."""
    return np.array([[1.0 if one == "x" else np.nan for one in marks] for n, marks in blocks for _ in range(n)])


def chosen(*blocks: tuple[int, str]) -> tuple[tuple[int, ...], int]:
    found = complete_rows(table(*blocks))
    return found.columns, int(found.rows.sum())


def test_what_everybody_answered_is_looked_at_together() -> None:
    assert chosen((300, "xxx")) == ((0, 1, 2), 300)


def test_a_question_that_few_answered_does_not_cost_the_rows_of_all() -> None:
    found = complete_rows(table((260, "xx."), (40, "xxx")))
    assert (found.columns, found.rows.sum(), found.counts) == ((0, 1), 300, (300, 300, 40))


def test_half_of_the_rows_may_go() -> None:
    assert chosen((150, "xxx"), (150, "xx.")) == ((0, 1, 2), 150)
    assert chosen((149, "xxx"), (151, "xx.")) == ((0, 1), 300)


def test_another_question_never_makes_the_rows_too_few() -> None:
    assert chosen((106, "xxx"), (30, "xx.")) == ((0, 1), 136)  # three would need 107
    assert chosen((107, "xxx"), (30, "xx.")) == ((0, 1, 2), 107)


def test_where_there_never_were_enough_the_best_is_told_all_the_same() -> None:
    assert chosen((60, "xxx"), (30, "xx.")) == ((0, 1, 2), 60)


def test_who_answered_one_question_takes_no_part() -> None:
    found = complete_rows(table((500, "..x"), (200, "xx.")))
    assert (found.columns, found.rows.sum(), found.counts) == ((0, 1), 200, (200, 200, 0))


def test_of_two_questionnaires_the_more_answered_is_told() -> None:
    assert chosen((150, "xx.."), (200, "..xx")) == ((2, 3), 200)


def test_nobody_answered_anything() -> None:
    found = complete_rows(np.empty((0, 3)))
    assert (found.columns, found.rows.sum(), found.counts) == ((), 0, (0, 0, 0))
    assert complete_rows(np.empty((4, 0))).columns == ()
    assert chosen((50, "x.")) == ((), 0)
