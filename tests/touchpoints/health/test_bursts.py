"""Bursts of complaints, against scipy's Poisson and negative binomial."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from touchpoints.health.bursts import Burst, Cause, Complaint, Told, burst_in, chance_of_as_many

NOW = datetime.datetime(2026, 5, 20, 12, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


def ago(*hours, severity=1):
    """Complaints so many hours ago, each with an id of its own."""
    return [Complaint(1000 * severity + hour, NOW - hour * HOUR, severity) for hour in hours]


def told(cause, hours, of=()):
    """That a cause was told of so many hours ago, because of these complaints."""
    return {cause: Told(NOW - hours * HOUR, frozenset(complaint.id for complaint in of))}


@given(st.integers(0, 40), st.floats(0.05, 1), st.integers(0, 2000), st.integers(1, 90))
def test_the_chance_is_that_of_a_gamma_mixed_poisson(complaints, exposure, usual, days):
    law = stats.nbinom(usual + 0.5, days / (days + exposure))
    expected = law.sf(complaints - 1)
    assert chance_of_as_many(complaints, exposure, usual=usual, days=days) == pytest.approx(expected, abs=1e-9)


def test_a_rate_known_for_long_is_poisson():
    found = chance_of_as_many(7, 1.0, usual=2_000_000, days=1_000_000)
    assert found == pytest.approx(stats.poisson(2).sf(6), rel=1e-4)


def test_a_rate_hardly_known_makes_little_unlikely():
    known = chance_of_as_many(4, 1.0, usual=45, days=90)
    hardly = chance_of_as_many(4, 1.0, usual=1, days=2)
    assert known < 0.0025 < hardly
    assert chance_of_as_many(100, 1.0, usual=0, days=0) == 1.0


def test_counts_in_the_thousands_are_reckoned():
    assert chance_of_as_many(900, 1.0, usual=90_000, days=90) == pytest.approx(
        stats.nbinom(90_000.5, 90 / 91).sf(899), abs=1e-9
    )


def test_three_where_there_are_none_are_a_burst():
    found = burst_in(ago(1, 5, 3), NOW, usual=0, days=90, told={})
    assert (found.cause, found.complaints) == (Cause.MANY, tuple(ago(5, 3, 1)))
    assert found.exposure == 1
    assert found.chance == pytest.approx(stats.nbinom(0.5, 90 / 91).sf(2), abs=1e-9)


@pytest.mark.parametrize(
    ("complaints", "usual", "days"),
    [
        (ago(1, 2), 0, 90),  # two are no burst, however rare
        (ago(1, 2, 25), 0, 90),  # one was earlier
        (ago(1, 2, 3), 90, 90),  # one a day is usual
        (ago(1, 2, 3), 0, 0),  # nobody knows yet what is usual
        (ago(-1, -2, -3), 0, 90),  # not yet
        ([], 0, 90),
    ],
)
def test_what_is_usual_is_no_burst(complaints, usual, days):
    assert burst_in(complaints, NOW, usual=usual, days=days, told={}) is None


def test_a_severe_complaint_is_told_at_once():
    severe = ago(1, severity=3)
    assert burst_in(severe, NOW, usual=500, days=90, told={}) == Burst(Cause.SEVERE, tuple(severe), 1, None)
    assert burst_in(ago(1, severity=2), NOW, usual=0, days=90, told={}) is None


def test_many_are_not_told_twice():
    """For six hours nothing more is said; then what came before is not counted again, nor the time before it."""
    many = ago(1, 2, 3, 9, 10)
    assert burst_in(many, NOW, usual=0, days=90, told=told(Cause.MANY, 5)) is None
    after = burst_in(many, NOW, usual=0, days=90, told=told(Cause.MANY, 6))
    assert after.complaints == tuple(ago(3, 2, 1))
    assert after.chance == pytest.approx(stats.nbinom(0.5, 90 / 90.25).sf(2), abs=1e-9)  # in a quarter of a day
    assert burst_in(ago(2, 9, 10), NOW, usual=0, days=90, told=told(Cause.MANY, 6)) is None


def test_a_severe_one_is_told_of_once_however_late_it_comes():
    severe = ago(9, severity=3)
    assert burst_in(severe, NOW, usual=0, days=90, told=told(Cause.SEVERE, 8, severe)) is None
    late = burst_in([*severe, *ago(10, severity=3)], NOW, usual=0, days=90, told=told(Cause.SEVERE, 8, severe))
    assert late.complaints == tuple(ago(10, severity=3))  # it had not come yet when the other was told of
    assert burst_in(ago(1, severity=3), NOW, usual=0, days=90, told=told(Cause.SEVERE, 2, severe)) is None


def test_each_cause_has_its_own_rest():
    severe = ago(1, severity=3)
    both = [*severe, *ago(2, 3)]
    assert burst_in(both, NOW, usual=0, days=90, told=told(Cause.SEVERE, 1, severe)).cause is Cause.MANY
    assert burst_in(severe, NOW, usual=0, days=90, told=told(Cause.MANY, 2)).cause is Cause.SEVERE
