"""Bursts of complaints, against scipy's Poisson and negative binomial."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from touchpoints.health.bursts import Burst, Cause, burst_in, chance_of_as_many

NOW = datetime.datetime(2026, 5, 20, 12, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


def ago(*hours, severity=1):
    return [(NOW - hour * HOUR, severity) for hour in hours]


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
    found = burst_in(ago(1, 3, 5), NOW, usual=0, days=90, told={})
    assert (found.cause, found.complaints, found.since) == (Cause.MANY, 3, NOW - 5 * HOUR)
    assert found.chance == pytest.approx(stats.nbinom(0.5, 90 / 91).sf(2), abs=1e-9)


@pytest.mark.parametrize(
    ("complaints", "usual", "days"),
    [
        (ago(1, 2), 0, 90),  # two are no burst, however rare
        (ago(1, 2, 25), 0, 90),  # one was earlier
        (ago(1, 2, 3), 90, 90),  # one a day is usual
        (ago(1, 2, 3), 0, 0),  # nobody knows yet what is usual
        ([(NOW + HOUR, 1)] * 3, 0, 90),  # not yet
        ([], 0, 90),
    ],
)
def test_what_is_usual_is_no_burst(complaints, usual, days):
    assert burst_in(complaints, NOW, usual=usual, days=days, told={}) is None


def test_a_severe_complaint_is_told_at_once():
    assert burst_in(ago(1, severity=3), NOW, usual=500, days=90, told={}) == Burst(Cause.SEVERE, 1, NOW - HOUR, None)
    assert burst_in(ago(1, severity=2), NOW, usual=0, days=90, told={}) is None


def test_nothing_is_told_twice():
    """For six hours nothing more is said for the same cause; then what had been told is not counted again."""
    many = ago(1, 2, 3, 9, 10)
    assert burst_in(many, NOW, usual=0, days=90, told={Cause.MANY: NOW - 5 * HOUR}) is None
    after = burst_in(many, NOW, usual=0, days=90, told={Cause.MANY: NOW - 6 * HOUR})
    assert (after.complaints, after.since) == (3, NOW - 3 * HOUR)
    assert after.chance == pytest.approx(stats.nbinom(0.5, 90 / 90.25).sf(2), abs=1e-9)  # in a quarter of a day
    assert burst_in(ago(2, 9, 10), NOW, usual=0, days=90, told={Cause.MANY: NOW - 6 * HOUR}) is None
    assert burst_in(ago(9, severity=3), NOW, usual=0, days=90, told={Cause.SEVERE: NOW - 8 * HOUR}) is None


def test_each_cause_has_its_own_rest():
    severe = ago(1, severity=3)
    assert burst_in([*severe, *ago(2, 3)], NOW, usual=0, days=90, told={Cause.SEVERE: NOW - HOUR}).cause is Cause.MANY
    assert burst_in(severe, NOW, usual=0, days=90, told={Cause.MANY: NOW - 2 * HOUR}).cause is Cause.SEVERE
