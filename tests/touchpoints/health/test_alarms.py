"""Charts of deterioration: the worked example, the algebra, and what raises an alarm."""

import datetime
import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize

from tests.touchpoints.health.norms import CSAT, EFFORT, NPS, charted, mean_of, norm, shares_of
from touchpoints.health.alarms import (
    BAD_AND_GOOD,
    LOWEST_THRESHOLD,
    SHIFT,
    WATCHED,
    Rise,
    days_between_false_alarms,
    follow,
    in_own_units,
    norm_of,
    norm_since,
    rises_of,
    shift_of,
    threshold,
    tilted_down,
    weighing_of,
    worths_of,
)
from touchpoints.health.figures import period_figures
from touchpoints.health.metrics import COUNTED, SCALES

FIRST = datetime.date(2026, 3, 1)


def test_the_chart_as_worked_by_hand():
    chart = charted(norm(), shift=10)
    assert (chart.worse[3], chart.worse[8], chart.worse[10]) == pytest.approx((0.2903, 0.3194, 0.3903), abs=5e-5)
    assert threshold(chart, 365) == pytest.approx(3.3365, abs=5e-5)


@given(st.lists(st.integers(0, 300), min_size=5, max_size=5), st.floats(0.5, 20))
def test_a_tilt_has_the_mean_it_was_asked_for_and_is_exponential(counts, by):
    total = sum(counts)
    lowest = next((float(u) for c, u in zip(counts, CSAT, strict=True) if c), 0.0)
    if not total:
        return
    shares = tuple(count / total for count in counts)
    tilted = tilted_down(CSAT, shares, by)
    if mean_of(CSAT, shares) - by <= lowest:
        assert tilted is None
        return
    assert tilted is not None
    assert math.fsum(tilted) == pytest.approx(1)
    assert mean_of(CSAT, tilted) == pytest.approx(mean_of(CSAT, shares) - by, abs=1e-6)
    found = [(float(u), math.log(q / p)) for u, p, q in zip(CSAT, shares, tilted, strict=True) if p and q > 1e-200]
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in itertools.pairwise(found)]
    assert slopes == pytest.approx([slopes[0]] * len(slopes), rel=1e-6)


def test_the_tilt_is_the_nearest_that_has_its_mean():
    """Of all shares with the lower mean it is least far (Kullback-Leibler) from the old ones, as an optimiser finds."""
    shares = (0.1, 0.1, 0.2, 0.3, 0.3)
    worths = [float(u) for u in CSAT]
    found = optimize.minimize(
        lambda q: sum(b * math.log(b / a) for a, b in zip(shares, q, strict=True)),
        [0.2] * 5,
        bounds=[(1e-9, 1)] * 5,
        constraints=[
            {"type": "eq", "fun": lambda q: sum(q) - 1},
            {"type": "eq", "fun": lambda q: np.dot(q, worths) - (np.dot(shares, worths) - 10)},
        ],
        tol=1e-12,
    )
    assert tilted_down(CSAT, shares, 10) == pytest.approx(found.x, abs=1e-5)


def test_evidence_is_finite_for_values_never_seen():
    chart = charted(norm())
    assert all(map(math.isfinite, chart.evidence))
    assert chart.evidence[0] == chart.evidence[3] > 0  # a detractor is a detractor
    for share, worse, evidence in zip(chart.usual, chart.worse, chart.evidence, strict=True):
        assert not share or evidence == pytest.approx(math.log(worse / share))


def test_where_much_is_bad_much_speaks_for_the_worse():
    chart = charted(norm((0.3, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1), worths=EFFORT), worths=EFFORT)
    assert list(chart.evidence) == sorted(chart.evidence)


@pytest.mark.parametrize(
    "shares",
    [
        shares_of(v10=0.1, v0=0.9),  # a mean of 10 has no room for 10 below it
        shares_of(v10=0.05, v0=0.95),
        shares_of(v10=0.1, v8=0.9),  # nobody ever was below 50, so nobody can tilt there
    ],
)
def test_there_is_no_chart_without_room_below_the_norm(shares):
    assert weighing_of(NPS, norm(shares)) is None


def test_the_norm_is_what_was_counted():
    days = [[0, 0, 1, 2, 1]] * 60
    found = norm_of(CSAT, days, 180)
    assert found.shares == (0, 0, 0.25, 0.5, 0.25)
    assert (found.mean, found.variance) == (75, 312.5)
    assert (found.answers, found.per_day) == (240, 240 / 180)
    assert found.dispersion == 1  # all days alike: never below 1
    assert found.error == pytest.approx(math.sqrt(312.5 / 240))


@pytest.mark.parametrize(
    "days",
    [[[0, 0, 1, 1, 1]] * 66, [[0, 0, 0, 0, 4]] * 100, [], [[0, 0, 0, 0, 0]] * 10],
    ids=["198 answers", "all equal", "none", "empty days"],
)
def test_there_is_no_norm_of_too_little(days):
    assert norm_of(CSAT, days, 180) is None


def test_days_that_go_together_disperse():
    """Every day all agree: a day's answers say no more than one, so the mean of n days is n * (2.5 - mean)^2 / var."""
    found = norm_of(CSAT, [[5, 0, 0, 0, 0], [0, 0, 0, 0, 5]] * 30, 60)
    assert found.dispersion == pytest.approx(5)
    assert found.error == pytest.approx(math.sqrt(5 * 2500 / 300))


def test_the_norm_is_lowered_by_one_standard_error():
    base = norm(answers=200, dispersion=2.0)
    chart = charted(base)
    lowered = base.mean - math.sqrt(2 * base.variance / 200)
    assert mean_of(NPS, chart.usual) == pytest.approx(lowered)
    assert mean_of(NPS, chart.worse) == pytest.approx(lowered - SHIFT)
    assert chart.rate == 2  # answers that know nothing of each other


def test_a_known_change_is_the_new_norm():
    base = norm(answers=400)
    since = norm_since(NPS, base, [0, 0, 0, 10, 0, 0, 0, 0, 20, 0, 20])
    assert since.mean == pytest.approx(60)
    assert mean_of(NPS, since.shares) == pytest.approx(60)
    assert (since.answers, since.per_day) == (50, base.per_day)
    assert norm_since(NPS, base, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40]) is base  # it was no change for the worse


def test_a_known_change_may_be_worse_than_all_that_was_seen_before():
    since = norm_since(NPS, norm(shares_of(v10=0.5, v8=0.5), answers=400), [9, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0])
    assert mean_of(NPS, since.shares) == pytest.approx(5)
    assert norm_since(NPS, norm(answers=400), [10] + [0] * 10) is None  # nothing is worse than that


def test_thresholds_rise_with_the_quiet_that_is_wanted():
    chart = charted(norm())
    heights = [threshold(chart, days) for days in (0.1, 1, 30, 365, 3650)]
    assert heights == sorted(heights)
    assert heights[0] == LOWEST_THRESHOLD
    assert threshold(charted(norm(per_day=10**6)), 365) == LOWEST_THRESHOLD
    assert threshold(chart, 365) <= math.log(365 * 4)  # never above the hard guarantee


def test_false_alarms_are_shared_by_all_charts():
    assert days_between_false_alarms(40, 1) == 1200
    assert days_between_false_alarms(40, 0.5) == 2400


def path_of(chart, all_counts, limit):
    days = [(FIRST + datetime.timedelta(days=n), counts, limit) for n, counts in enumerate(all_counts)]
    return follow(chart.evidence, 1.0, days)


def test_the_path_adds_up_by_hand():
    chart = charted(norm())
    bad, good, none = [1] + [0] * 10, [0] * 10 + [1], [0] * 11
    path = path_of(chart, [good, bad, none, bad, good, good, good, good, bad, bad, bad], 1.0)
    e = 0.372675, 0.247635
    heights = [0, e[0], e[0], 2 * e[0], 2 * e[0] - e[1], 2 * e[0] - 2 * e[1], 2 * e[0] - 3 * e[1], 0, e[0], 2 * e[0]]
    assert [point.height for point in path] == pytest.approx([*heights, 3 * e[0]], abs=1e-5)
    second, ninth = FIRST + datetime.timedelta(days=1), FIRST + datetime.timedelta(days=8)
    assert [point.since for point in path] == [None, *[second] * 6, None, *[ninth] * 3]
    assert [point.alarm for point in path] == [False] * 10 + [True]


def test_an_alarm_is_raised_once_until_the_path_has_been_at_zero():
    chart = charted(norm())
    bad, good = [9] + [0] * 10, [0] * 10 + [60]
    path = path_of(chart, [bad, bad, bad, good, bad, bad], 1.0)
    assert [point.alarm for point in path] == [True, False, False, False, True, False]
    first, third, fifth, sixth = (FIRST + datetime.timedelta(days=n) for n in (0, 2, 4, 5))
    assert rises_of(path) == [Rise(first, third, first), Rise(fifth, sixth, fifth)]


def test_each_day_is_judged_by_the_threshold_that_was_in_force():
    chart = charted(norm())
    bad, none = [1] + [0] * 10, [0] * 11
    days = [(FIRST, bad, 9.0), (FIRST + datetime.timedelta(days=1), none, 0.3)]
    assert [point.alarm for point in follow(chart.evidence, 1.0, days)] == [False, True]


@given(st.lists(st.lists(st.integers(0, 5), min_size=11, max_size=11), max_size=30), st.floats(1, 3))
def test_a_path_never_falls_below_zero_and_is_the_largest_rise(all_counts, dispersion):
    """The height is the sum since its lowest point so far: Page's other form of the same chart."""
    chart = charted(norm())
    path = follow(chart.evidence, dispersion, [(FIRST, counts, 1e9) for counts in all_counts])
    total = lowest = 0.0
    for counts, point in zip(all_counts, path, strict=True):
        total += float(np.dot(counts, chart.evidence)) / dispersion
        lowest = min(lowest, total)
        assert point.height == pytest.approx(total - lowest, abs=1e-9)


def test_what_is_watched_has_a_worth():
    for scale in SCALES:
        if scale.metric in WATCHED:
            assert {min(worths_of(scale.metric, scale.code)), max(worths_of(scale.metric, scale.code))} == {0, 100}


@pytest.mark.parametrize(("metric", "code", "times"), [("complaint", "1-3", 2.0), ("visit", "0-1", 1.5)])
def test_a_rate_is_watched_for_becoming_times_as_bad(metric, code, times):
    """Bernoulli's chart: ln of the ratio of both rates for a bad case, of both remainders for a good one."""
    base = norm_of(worths_of(metric, code), [[2, 98]] * 20, 20)
    assert base is not None
    weighing = charted(base, worths=BAD_AND_GOOD, shift=shift_of(metric, base))
    bad = (100 - base.mean + base.error) / 100
    assert weighing.usual[0] == pytest.approx(bad)
    assert weighing.worse[0] == pytest.approx(times * bad)
    expected = (math.log(times), math.log((1 - times * bad) / (1 - bad)))
    assert weighing.evidence == pytest.approx(expected)


@pytest.mark.parametrize("scale", [scale for scale in SCALES if scale.metric not in COUNTED], ids=lambda s: s.key)
@given(data=st.data())
def test_a_mean_in_its_own_units_is_the_headline(scale, data):
    size = len(scale.values)
    counts = data.draw(st.lists(st.integers(0, 40), min_size=size, max_size=size).filter(any))
    points = mean_of(scale.utilities, [count / sum(counts) for count in counts])
    found = in_own_units(scale.metric, scale.code, points)
    assert found == pytest.approx(period_figures(scale, counts).headline.value, abs=1e-9)


def test_a_rate_in_its_own_units_is_a_share():
    assert in_own_units("complaint", "1-3", 98.0) == pytest.approx(0.02)
    assert in_own_units("visit", "0-1", 70.0) == pytest.approx(0.7)
