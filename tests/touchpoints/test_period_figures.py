"""Figures of a chosen period: plain counts, whatever the score's window and weights."""

import datetime

import pytest

from tests.answering import TODAY, health
from touchpoints.figures import period_figures
from touchpoints.models import Subject

DAY = datetime.timedelta(days=1)


def subject_of(touchpoint):
    return Subject.objects.get(pk=touchpoint.subject_id)


def test_nps_of_a_period_is_counted_from_its_days_both_ends_included(at, workspace, delays, given):
    given(delays, *[10] * 19, *[8] * 8, *[0] * 9, metric="nps", occurred_at=TODAY - 500 * DAY)
    given(delays, 0, 0, metric="nps", occurred_at=TODAY - 501 * DAY)
    given(delays, 0, metric="nps", occurred_at=TODAY - 499 * DAY)
    health(delays)
    (figures,) = period_figures(subject_of(delays), "nps", TODAY - 500 * DAY, TODAY - 500 * DAY)
    nps = figures.headline
    assert (nps.value, nps.low, nps.high) == pytest.approx((27.7778, -0.4415, 51.7235), abs=5e-5)
    assert nps.n == 36
    (longer,) = period_figures(subject_of(delays), "nps", TODAY - 501 * DAY, TODAY)
    assert longer.headline.n == 39


def test_scales_stay_apart_and_the_usual_one_comes_first(at, workspace, delays, given):
    given(delays, 7, 6, scale="1-7")
    given(delays, 4, 5, 5)
    health(delays)
    usual, other = period_figures(subject_of(delays), "csat", TODAY, TODAY)
    assert (usual.scale.code, usual.headline.value, usual.top.value) == ("1-5", 14 / 3, 1.0)
    assert (other.scale.code, other.headline.value) == ("1-7", 6.5)


def test_a_persona_alone_or_everybody(at, workspace, delays, given, commuter, tourist):
    given(delays, *[5] * 5, persona=commuter)
    given(delays, *[1] * 5, persona=tourist)
    given(delays, 3)
    health(delays)
    (everybody,) = period_figures(subject_of(delays), "csat", TODAY, TODAY)
    (hers,) = period_figures(subject_of(delays), "csat", TODAY, TODAY, persona=commuter)
    assert (everybody.headline.n, everybody.headline.value, hers.headline.n, hers.headline.value) == (11, 3, 5, 5)


def test_a_period_without_answers_has_no_figures(at, workspace, delays):
    assert period_figures(subject_of(delays), "nps", TODAY, TODAY) == []
