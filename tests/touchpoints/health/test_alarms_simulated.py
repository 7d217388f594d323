"""Charts of deterioration by simulation: how often they are wrong, and how fast they are right."""

import numpy as np
import pytest

from tests.touchpoints.health.norms import NPS, charted, norm
from touchpoints.health.alarms import norm_of, threshold

RUNS = 400


def days_until_alarm(rng, chart, limit, shares, *, per_day, together=0.0, dispersion=1.0):
    """The mean days until an alarm over many runs. `together`: how far answers of one day share a mood (0: not at all).

    The mood of a day is drawn from a Dirichlet law, so that n answers disperse by 1 + (n - 1) * together.
    """
    kinds = [place for place, share in enumerate(shares) if share]
    evidence = np.array([chart.evidence[place] for place in kinds]) / dispersion
    usual = np.array([shares[place] for place in kinds])
    heights, days, day = np.zeros(RUNS), np.zeros(RUNS), 0
    running = np.arange(RUNS)
    while len(running):
        day += 1
        many = rng.poisson(per_day, len(running))
        moods = rng.dirichlet(usual * (1 / together - 1), len(running)) if together else usual
        counts = rng.multinomial(many, moods)
        heights[running] = np.maximum(0, heights[running] + counts @ evidence)
        days[running] = day
        running = running[heights[running] < limit]
    return days.mean()


@pytest.mark.parametrize("per_day", [0.5, 4.0, 30.0])
def test_false_alarms_are_as_rare_as_was_asked(per_day):
    rng = np.random.default_rng(20261122)
    chart = charted(norm(per_day=per_day))
    days = days_until_alarm(rng, chart, threshold(chart, 365), chart.usual, per_day=per_day)
    assert 365 * 0.75 < days < 365 * 1.25


@pytest.mark.parametrize(("per_day", "soonest", "latest"), [(0.5, 60, 100), (4.0, 18, 30), (30.0, 3, 8)])
def test_a_loss_of_ten_points_is_found_soon(per_day, soonest, latest):
    rng = np.random.default_rng(20261122)
    chart = charted(norm(per_day=per_day))
    days = days_until_alarm(rng, chart, threshold(chart, 365), chart.worse, per_day=per_day)
    assert soonest < days < latest


def test_dispersion_reckoned_with_keeps_false_alarms_rare():
    rng = np.random.default_rng(20261122)
    per_day, together = 10.0, 0.05  # dispersion 1.5
    usual = norm().shares
    days = []
    for dispersion in (1.0, 1.5):
        chart = charted(norm(per_day=per_day, dispersion=dispersion))
        limit = threshold(chart, 365)
        days.append(
            days_until_alarm(rng, chart, limit, usual, per_day=per_day, together=together, dispersion=dispersion)
        )
    without, reckoned = days
    assert without < 150
    assert 365 * 0.75 < reckoned < 365 * 1.35


def test_a_lowered_norm_keeps_its_word_though_it_was_measured():
    """Of charts made from 200 answers, most that are lowered are as quiet as asked; not lowered, only about half."""
    rng = np.random.default_rng(20261122)
    truth = np.array(norm().shares)
    quiet = {True: 0, False: 0}
    for _ in range(20):
        counts = rng.multinomial(400, truth)
        measured = norm_of(NPS, [list(map(int, counts))], 100)
        assert measured is not None
        for lowered in quiet:
            chart = charted(measured if lowered else norm(measured.shares))
            days = days_until_alarm(rng, chart, threshold(chart, 100), tuple(truth), per_day=4.0)
            quiet[lowered] += days >= 90
    assert quiet[True] >= 16
    assert quiet[True] > quiet[False]
