"""What a screen says of a score."""

from decimal import Decimal
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from touchpoints.health.bands import (
    Band,
    Borders,
    Evidence,
    Standing,
    band_of,
    becomes_known,
    chance_below,
    notified_band,
    shown_number,
    shown_parts,
    standing,
)
from touchpoints.health.figures import Z95


@pytest.mark.parametrize(
    ("score", "number", "band"),
    [
        (0.0, 0, Band.CRITICAL),
        (39.49, 39, Band.CRITICAL),
        (39.5, 40, Band.WEAK),
        (40.0, 40, Band.WEAK),
        (59.4999, 59, Band.WEAK),
        (59.5, 60, Band.GOOD),
        (62.5, 63, Band.GOOD),
        (79.499999999999986, 79, Band.GOOD),
        (79.5, 80, Band.STRONG),
        (100.0, 100, Band.STRONG),
    ],
)
def test_the_band_follows_the_number_shown(score, number, band):
    assert shown_number(score) == number
    assert band_of(number) is band


def test_a_workspace_may_set_its_own_borders():
    assert band_of(55, Borders(weak=50, good=70, strong=90)) is Band.WEAK
    assert band_of(None) is None


@pytest.mark.parametrize(
    ("was", "score", "told"),
    [
        (None, 59.4, Band.WEAK),  # from unknown the plain borders decide
        (None, 59.5, Band.GOOD),
        (Band.GOOD, 57.0, Band.GOOD),
        (Band.GOOD, 56.999, Band.WEAK),
        (Band.GOOD, 82.999, Band.GOOD),
        (Band.GOOD, 83.0, Band.STRONG),
        (Band.WEAK, 62.999, Band.WEAK),
        (Band.WEAK, 63.0, Band.GOOD),
        (Band.CRITICAL, 42.999, Band.CRITICAL),
        (Band.CRITICAL, 0.0, Band.CRITICAL),
        (Band.STRONG, 100.0, Band.STRONG),
        (Band.STRONG, 36.999, Band.CRITICAL),  # as many steps as it takes
        (Band.CRITICAL, 83.0, Band.STRONG),
        (Band.GOOD, None, None),
    ],
)
def test_the_band_that_is_told_has_a_dead_band_at_each_border(was, score, told):
    assert notified_band(was, score) is told


@given(st.floats(57, 82.99), st.lists(st.floats(57, 82.99), max_size=20))
def test_who_sways_about_a_border_is_told_nothing(first, scores):
    band = notified_band(Band.GOOD, first)
    for score in scores:
        band = notified_band(band, score)
    assert band is Band.GOOD


@given(st.sampled_from(Band), st.floats(0, 100))
def test_the_same_close_twice_tells_nothing_new(was, score):
    told = notified_band(was, score)
    assert notified_band(told, score) is told


def test_the_band_that_is_told_follows_a_workspaces_borders():
    borders = Borders(weak=50, good=70, strong=90)
    assert notified_band(Band.GOOD, 66.9, borders) is Band.WEAK
    assert notified_band(Band.GOOD, 67.0, borders) is Band.GOOD


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_better_score_is_never_in_a_worse_band(one, other):
    low, high = sorted((one, other))
    rank = {band: place for place, band in enumerate(Band)}
    assert rank[band_of(shown_number(low)) or Band.CRITICAL] <= rank[band_of(shown_number(high)) or Band.CRITICAL]


@pytest.mark.parametrize(
    ("contributions", "places", "shown"),
    [
        ([57.75, 5.625], 0, ["58", "5"]),  # 63.375 is shown as 63
        ([57.75, 5.625], 1, ["57.8", "5.6"]),
        ([33.3, 33.3, 33.3], 0, ["34", "33", "33"]),
        ([0.5, 0.5], 0, ["1", "0"]),
        ([0.25], 0, ["0"]),
        ([], 0, []),
        ([-3.4, 5.8], 0, ["-4", "6"]),
    ],
)
def test_parts_add_up_as_shown(contributions, places, shown):
    assert shown_parts(contributions, places) == tuple(map(Decimal, shown))


@given(st.lists(st.floats(-100, 100), max_size=6), st.integers(0, 2))
def test_shown_parts_always_sum_to_the_shown_sum_and_stay_near_the_truth(contributions, places):
    shown = shown_parts(contributions, places)
    unit = Decimal(1).scaleb(-places)
    assert abs(sum(shown, Decimal()) - Decimal(fsum(contributions))) <= unit / 2 + Decimal("1e-9")
    assert all(abs(s - Decimal(c)) < unit for s, c in zip(shown, contributions, strict=True))


@pytest.mark.parametrize(
    ("contributions", "total", "shown"),
    [
        ([2.2], "3", ["3"]),  # 62.4 to 64.6 is shown as 62 to 65
        ([1.1, 1.1], "3", ["2", "1"]),
        ([-0.6, 0.8, -0.4], "0", ["-1", "1", "0"]),
        ([-0.6, 0.8, -0.4], "-1", ["-1", "1", "-1"]),
        ([-2.0, 0.0], "-2", ["-2", "0"]),
    ],
)
def test_parts_add_up_to_a_sum_that_was_rounded_elsewhere(contributions, total, shown):
    assert shown_parts(contributions, total=Decimal(total)) == tuple(map(Decimal, shown))


@given(st.lists(st.floats(0, 20), min_size=1, max_size=5))
def test_shown_parts_sum_to_the_shown_number(contributions):
    assert sum(shown_parts(contributions)) == shown_number(fsum(contributions))


@pytest.mark.parametrize(
    ("evidence", "answers", "known", "becomes"),
    [
        (0.20, 5, False, True),
        (0.1999, 5, False, False),
        (0.90, 4, False, False),
        (0.19, 5, True, True),
        (0.15, 1, True, True),
        (0.1499, 50, True, False),
        (0.0, 0, True, False),
        (0.0, 0, False, False),
    ],
)
def test_what_becomes_known_and_what_is_forgotten(evidence, answers, known, becomes):
    assert becomes_known(evidence, answers, known=known) is becomes


@pytest.mark.parametrize(
    ("stored", "known", "assumed", "shown"),
    [
        ((70.0, 5.0, 30), True, False, Standing(70, Evidence.MEASURED)),
        ((70.0, 5.0, 29), True, False, Standing(70, Evidence.INDICATIVE)),
        ((70.0, 5.2, 400), True, False, Standing(70, Evidence.INDICATIVE)),  # ± 10.2
        ((70.0, 10 / Z95, 30), True, False, Standing(70, Evidence.MEASURED)),
        ((70.0, 9.0, 5), True, False, Standing(70, Evidence.INDICATIVE)),
        ((70.0, 5.0, 30), True, True, Standing(70, Evidence.MEASURED)),  # answers beat what was set by hand
        ((70.0, 9.0, 4), True, False, Standing(None, Evidence.UNKNOWN)),
        ((70.0, 9.0, 4), False, True, Standing(None, Evidence.UNKNOWN)),
        ((None, None, 0), False, False, Standing(None, Evidence.UNKNOWN)),
        ((None, None, 0), False, True, Standing(None, Evidence.ASSUMPTION)),
    ],
)
def test_one_word_of_evidence(stored, known, assumed, shown):
    assert standing(*stored, known=known, assumed=assumed) == shown


@given(st.floats(0, 100), st.floats(0.01, 30))
def test_the_chance_to_be_critical_is_that_of_the_normal_law(score, sd):
    assert chance_below(40, score, sd) == pytest.approx(stats.norm.cdf(40, score, sd), rel=1e-9, abs=1e-300)


def test_without_doubt_the_chance_is_0_or_1():
    assert (chance_below(40, 39, 0), chance_below(40, 40, 0)) == (1, 0)
