"""What a measure costs and brings, as SCORING §8 reckons it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from measures.assessing import Benefit, Kind, Terms, assess, year_by_year
from personas.worth import lifetime_value

TERMS = Terms(once=1000, yearly=0, years=3, discount=0.10)
TYPED = Benefit(Kind.TYPED, low=300, likely=500, high=600)


def test_the_worked_example() -> None:
    likely = assess(TERMS, [TYPED]).likely
    assert round(likely.npv, 4) == 243.4260
    assert likely.roi is not None
    assert round(likely.roi, 4) == 0.2434
    assert (likely.benefit_a_year, likely.payback) == (500, 2)
    assert round(likely.discounted_payback or 0, 4) == 2.3520


def test_both_ends_are_told() -> None:
    told = assess(TERMS, [TYPED])
    assert [round(one.npv, 4) for one in (told.low, told.high)] == [-253.9444, 492.1112]
    assert told.low.discounted_payback is None
    assert round(told.break_even or 0, 4) == 0.8042  # of 500 a year 402.1148 would do


def test_keeping_customers_is_worth_the_difference_of_their_lifetime_values() -> None:
    keeps = Benefit(Kind.RETENTION, count=200, each=100, base=0.80, low=0.05, likely=0.05, high=0.05)
    for_ever = assess(Terms(once=0, yearly=0, years=400, discount=0.10), [keeps]).likely.npv
    assert for_ever == pytest.approx(200 * (lifetime_value(100, 0.85, 0.10) - lifetime_value(100, 0.80, 0.10)))


@pytest.mark.parametrize("kind", [Kind.CONVERSION, Kind.REVENUE, Kind.AVOIDED])
def test_shares_of_what_is_counted_bring_so_much_each(kind: Kind) -> None:
    brings = Benefit(kind, count=10_000, each=25, low=0.01, likely=0.02, high=0.03)
    assert assess(TERMS, [brings]).likely.benefit_a_year == 5000


def test_nobody_stays_more_often_than_always() -> None:
    keeps = Benefit(Kind.RETENTION, count=10, each=100, base=0.9, low=0.0, likely=0.1, high=0.5)
    told = assess(TERMS, [keeps])
    assert told.high == told.likely


def test_what_costs_nothing_has_no_return_on_it() -> None:
    told = assess(Terms(once=0, yearly=0, years=3, discount=0.1), [TYPED])
    assert (told.likely.roi, told.likely.payback, told.break_even) == (None, 0, 0)


def test_what_brings_nothing_never_pays() -> None:
    told = assess(TERMS, [Benefit(Kind.TYPED, low=0, likely=0, high=0)])
    assert (told.likely.payback, told.likely.npv, told.break_even) == (None, -1000, None)


AMOUNT = some.integers(0, 100_000)


@some.composite
def benefits(draw: some.DrawFn) -> Benefit:
    """Any that brings something."""
    kind = draw(some.sampled_from(Kind))
    ends = sorted(draw(some.lists(some.floats(0.001, 0.2), min_size=3, max_size=3)))
    low, likely, high = (end * 100_000 for end in ends) if kind == Kind.TYPED else ends
    base = draw(some.floats(0, 0.8)) if kind == Kind.RETENTION else 0.0
    return Benefit(kind, low, likely, high, count=draw(some.integers(1, 10_000)), each=draw(AMOUNT), base=base)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of the formula
@given(some.lists(benefits(), min_size=1, max_size=3), AMOUNT, AMOUNT, some.integers(1, 10), some.floats(0, 0.5))
def test_the_break_even_is_where_nothing_is_lost_and_nothing_won(
    brings: list[Benefit], once: int, yearly: int, years: int, discount: float
) -> None:
    terms = Terms(once, yearly, years, discount)
    told = assess(terms, brings)
    assert told.low.npv <= told.likely.npv <= told.high.npv
    if told.break_even:
        there = [Benefit(one.kind, 0, one.likely * told.break_even, 0, one.count, one.each, one.base) for one in brings]
        owed = once + yearly * years
        assert assess(terms, there).likely.npv == pytest.approx(0, abs=1e-6 * max(owed, 1))
    if told.break_even is None:
        assert told.likely.npv < 0
    elif told.break_even <= 1:
        assert told.likely.npv >= -1e-6 * max(1, once)


def test_year_by_year_it_adds_up_to_the_outcome() -> None:
    years = year_by_year(TERMS, [TYPED], "likely")
    assert [(one.cost, one.benefit) for one in years] == [(1000, 0), (0, 500), (0, 500), (0, 500)]
    assert [round(one.balance, 4) for one in years] == [-1000, -545.4545, -132.2314, 243.4260]
