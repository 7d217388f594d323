"""Windows and decay: any order of changes ends in the integers of a count from scratch."""

import datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchpoints.health.decay import Tally, changed, effective_n, fitting_table, tallies_on, tally_of, weights
from touchpoints.health.metrics import scale_of, worth

CSAT5 = scale_of("csat", "1-5")
NOTHING = Tally((0,) * 5, 0, 0)
TABLES = st.sampled_from(["flat-90", "flat-365", "half-30", "half-90"])
AGES = st.integers(-3, 400)
VALUES = st.integers(0, 4)


def one(value, sign=1):
    return tuple(sign if place == value else 0 for place in range(5))


def cells_of(rows):
    """Counts per age, as a batch count over the rows would give them."""
    cells: dict[int, tuple[int, ...]] = {}
    for age, value in rows:
        cells[age] = tuple(a + b for a, b in zip(cells.get(age, (0,) * 5), one(value), strict=True))
    return cells.items()


def scored(tally):
    total = sum(tally.sums)
    return float(worth(CSAT5, tally.sums) / total), effective_n(total, tally.squares)


def test_a_flat_window_counts_its_days_and_no_more():
    assert weights("flat-90") == (1,) * 90
    assert len(weights("flat-365")) == 365


@pytest.mark.parametrize("half_life", [30, 90])
def test_decay_halves_exactly_at_every_half_life(half_life):
    table = weights(f"half-{half_life}")
    assert len(table) == 10 * half_life
    assert [table[k * half_life] for k in range(10)] == [2 ** (32 - k) for k in range(10)]
    assert all(older < newer for newer, older in pairwise(table))
    for age, weight in enumerate(table):
        true = Decimal(2) ** (32 - Decimal(age) / half_life)
        assert abs(weight - true) <= Decimal("0.5")


def test_a_half_life_of_30_days_has_the_variance_of_a_flat_window_of_87_days():
    table = weights("half-30")
    assert effective_n(sum(table), sum(w * w for w in table)) == pytest.approx(86.57, rel=0.003)


@pytest.mark.parametrize("name", ["flat-0", "flat-", "half", "flat-1000", "forward-30", "flat-90 ", ""])
def test_an_unknown_table_is_refused(name):
    with pytest.raises(ValueError, match="table"):
        weights(name)


@pytest.mark.parametrize(
    ("answers", "days", "table"),
    [(0, 90, "flat-365"), (26, 90, "flat-365"), (27, 90, "flat-90"), (1000, 90, "flat-90"), (3, 10, "flat-90")],
)
def test_the_window_follows_the_rate_of_answers(answers, days, table):
    assert fitting_table(answers, days) == table
    assert fitting_table(answers, days, decay=True) == {"flat-90": "half-30", "flat-365": "half-90"}[table]


def test_late_answer_as_worked_by_hand():
    known = tally_of(5, "half-30", [(0, (0, 0, 0, 0, 2)), (15, one(1)), (60, one(3))])
    assert scored(known) == pytest.approx((79.9524, 3.4125), abs=5e-5)
    late = changed(known, "half-30", 30, one(0))
    assert scored(late) == pytest.approx((68.3889, 4.2495), abs=5e-5)
    assert changed(late, "half-30", 30, one(0, -1)) == known


def test_flat_window_weighs_all_alike():
    tally = tally_of(5, "flat-90", [(0, (1, 2, 3, 4, 5)), (89, (1, 0, 0, 0, 0)), (90, (9, 9, 9, 9, 9))])
    assert tally == Tally((2, 2, 3, 4, 5), 16, 16)
    assert effective_n(sum(tally.sums), tally.squares) == 16


@pytest.mark.parametrize("table", ["flat-90", "half-30"])
def test_a_future_day_weighs_nothing_until_it_is_due(table):
    assert changed(NOTHING, table, -1, one(4)) == NOTHING
    assert tally_of(5, table, [(-1, one(4))]) == NOTHING
    assert tally_of(5, table, [(0, one(4))]).answers == 1


def test_nothing_is_worth_no_answers():
    assert effective_n(0, 0) == 0


@given(TABLES, st.lists(st.tuples(AGES, VALUES), max_size=40), st.randoms(use_true_random=False))
def test_any_order_of_changes_equals_a_count_from_scratch(table, rows, random):
    counted = tally_of(5, table, cells_of(rows))
    random.shuffle(rows)
    folded = NOTHING
    for age, value in rows:
        folded = changed(folded, table, age, one(value))
    assert folded == counted


@given(TABLES, st.lists(st.tuples(AGES, VALUES), max_size=20), AGES, VALUES)
def test_coming_and_going_restores_every_integer(table, rows, age, value):
    before = tally_of(5, table, cells_of(rows))
    assert changed(changed(before, table, age, one(value)), table, age, one(value, -1)) == before


@given(TABLES, AGES, VALUES, AGES, VALUES)
def test_an_edit_is_a_removal_and_an_arrival(table, age, value, new_age, new_value):
    before = tally_of(5, table, [(age, one(value))])
    edited = changed(changed(before, table, age, one(value, -1)), table, new_age, one(new_value))
    assert edited == tally_of(5, table, [(new_age, one(new_value))])
    if age == new_age:
        delta = tuple(a + b for a, b in zip(one(value, -1), one(new_value), strict=True))
        assert changed(before, table, age, delta) == edited


@given(TABLES, st.lists(st.tuples(AGES, VALUES), max_size=20), st.lists(st.tuples(AGES, VALUES), max_size=20))
def test_personas_sum_to_the_total(table, some, others):
    parts = tally_of(5, table, cells_of(some)) + tally_of(5, table, cells_of(others))
    assert parts == tally_of(5, table, cells_of(some + others))


@given(st.lists(st.tuples(st.integers(0, 299), VALUES), min_size=1, max_size=40))
def test_effective_n_never_exceeds_the_answers(rows):
    tally = tally_of(5, "half-30", cells_of(rows))
    assert 0 < effective_n(sum(tally.sums), tally.squares) <= tally.answers * (1 + 1e-12)


@given(
    st.sampled_from(["flat-90", "flat-365", "half-30"]),
    st.dictionaries(st.integers(0, 500), st.lists(st.integers(0, 9), min_size=3, max_size=3), max_size=20),
    st.lists(st.integers(0, 500), max_size=5),
)
def test_tallies_of_many_days_equal_those_of_each(table, counted, days):
    counted = {datetime.date.fromordinal(1000 + day): counts for day, counts in counted.items()}
    days = [datetime.date.fromordinal(1000 + day) for day in days]
    one_by_one = [tally_of(3, table, [((day - at).days, counts) for at, counts in counted.items()]) for day in days]
    assert tallies_on(3, table, counted, days) == one_by_one
