"""What has become of touchpoints from one period to the next: counted from their cells, judged in one table."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.answering import TODAY, health, new_touchpoint
from touchpoints.actions import archive_touchpoint, change_rule
from touchpoints.actions.rules import APPLY
from touchpoints.changes import changes_in, figure_changes, figures_counted, figures_twice
from touchpoints.health.changes import Verdict
from touchpoints.health.score_changes import health_difference
from touchpoints.periods import Period, last_days
from touchpoints.tasks import apply_rule
from workspaces.models import Job

DAY = datetime.timedelta(days=1)
BEFORE = TODAY - 100 * DAY
USUAL = last_days(90, TODAY)


def fell(given, touchpoint, **more):
    """Fifty delighted customers before, fifty annoyed ones now."""
    given(touchpoint, *[5] * 40, *[4] * 10, occurred_at=BEFORE, **more)
    given(touchpoint, *[2] * 40, *[3] * 10, **more)
    health(touchpoint)


def test_a_fall_is_told_in_points_with_its_interval_and_how_many_answered(at, workspace, delays, given):
    fell(given, delays)
    change = changes_in(workspace, USUAL).of(delays.pk)
    assert (change.verdict, change.before, change.after) == (Verdict.DOWN, 50, 50)
    assert change.delta == pytest.approx(-65)
    assert change.low < -65 < change.high < 0


def test_below_thirty_answers_in_either_period_no_number_is_told(at, workspace, delays, given):
    given(delays, *[5] * 29, occurred_at=BEFORE)
    given(delays, *[1] * 60)
    health(delays)
    change = changes_in(workspace, USUAL).of(delays.pk)
    assert (change.verdict, change.delta, change.before, change.after) == (Verdict.FEW, None, 29, 60)


def test_the_periods_meet_and_do_not_overlap(at, workspace, delays, given):
    edge = USUAL.first
    for day in (edge - 91 * DAY, edge - 90 * DAY, edge - DAY, edge, TODAY):
        given(delays, *[4] * 30, occurred_at=day)
    health(delays)
    change = changes_in(workspace, USUAL).of(delays.pk)
    assert (change.before, change.after) == (60, 60)


def test_of_one_persona_only_what_she_said(at, workspace, delays, given, commuter):
    fell(given, delays, persona=commuter)
    given(delays, *[2] * 500, occurred_at=BEFORE)
    health(delays)
    assert changes_in(workspace, USUAL, persona=commuter.pk).of(delays.pk).delta == pytest.approx(-65)
    assert changes_in(workspace, USUAL).of(delays.pk).delta > -10


def test_the_more_touchpoints_the_stricter(at, workspace, delays, given):
    given(delays, *[5] * 20, *[3] * 20, occurred_at=BEFORE)
    given(delays, *[5] * 11, *[3] * 29)
    health(delays)
    alone = changes_in(workspace, USUAL).of(delays.pk)
    assert (alone.verdict, 0.01 < alone.p < 0.05) == (Verdict.DOWN, True)
    for name in "ABCDE":
        other = new_touchpoint(workspace, name)
        given(other, *[5, 3] * 20, occurred_at=BEFORE)
        given(other, *[5, 3] * 20)
        health(other)
    among = changes_in(workspace, USUAL).of(delays.pk)
    assert (among.verdict, among.delta) == (Verdict.NOISE, alone.delta)


def test_what_is_archived_makes_the_others_no_stricter_and_is_judged_like_them(at, workspace, edda, given, delays):
    fell(given, delays)
    others = [new_touchpoint(workspace, name) for name in "ABCDEFGH"]
    for other in others:
        given(other, *[5, 3] * 20, occurred_at=BEFORE)
        given(other, *[5, 3] * 20)
        health(other)
    strict = changes_in(workspace, USUAL).limit
    for other in (*others, delays):
        archive_touchpoint(other, by=edda)
    changes = changes_in(workspace, USUAL)
    assert strict > 0 == changes.limit
    assert changes.of(delays.pk).verdict == Verdict.NOISE


def test_a_late_answer_of_before_is_seen_at_once(at, workspace, delays, given):
    fell(given, delays)
    version = health(delays).version
    assert changes_in(workspace, USUAL).of(delays.pk).before == 50
    given(delays, 1, occurred_at=BEFORE)
    assert health(delays).version == version + 1
    assert changes_in(workspace, USUAL).of(delays.pk).before == 51


def test_the_rule_that_makes_the_score_makes_its_change(at, workspace, olga, delays, given):
    fell(given, delays)
    for day in (BEFORE, TODAY):
        given(delays, *[4] * 40, metric="ces", scale="1-7", occurred_at=day)
    health(delays)
    both = changes_in(workspace, USUAL).of(delays.pk)
    assert -65 < both.delta < 0
    change_rule(workspace, number=0, by=olga, csat=0)
    apply_rule(Job.objects.get(kind=APPLY).pk)
    assert changes_in(workspace, USUAL).of(delays.pk).delta == 0


def told(workspace, touchpoint, *, persona=None):
    """How many answers are known of each figure in the period, when all figures are as counted anew."""
    counted = changes_in(workspace, USUAL, persona=persona and persona.pk).counted[touchpoint.pk]
    known = figures_counted({touchpoint.subject_id: counted})
    anew = figures_twice([touchpoint.subject_id], USUAL, persona=persona)
    for known_side, anew_side in zip(known, anew, strict=True):
        ours, theirs = (figures.get(touchpoint.subject_id, {}) for figures in (known_side, anew_side))
        assert all(ours.get(metric) == theirs.get(metric) for metric in ("nps", "csat", "ces"))
    return {metric: of[0].headline.n for metric, of in known[1][touchpoint.subject_id].items()}


def test_figures_known_are_those_counted_anew(at, workspace, delays, given, commuter):
    fell(given, delays, persona=commuter)
    given(delays, *[10] * 20, *[3] * 15, metric="nps", scale="0-10")
    health(delays)
    assert told(workspace, delays)["nps"] == 35
    assert told(workspace, delays, persona=commuter)["csat"] == 50


def test_an_answer_without_weight_still_changes_its_figure(at, workspace, olga, delays, given):
    given(delays, *[10] * 20, metric="nps", scale="0-10")
    fell(given, delays)
    change_rule(workspace, number=0, by=olga, nps=0)
    apply_rule(Job.objects.get(kind=APPLY).pk)
    assert told(workspace, delays)["nps"] == 20
    given(delays, *[0] * 5, metric="nps", scale="0-10")
    health(delays)
    assert told(workspace, delays)["nps"] == 25


def test_one_statement_whatever_there_is_and_none_for_what_is_known(at, workspace, delays, counter, given):
    for touchpoint in (delays, counter):
        fell(given, touchpoint)
    for period in (USUAL, USUAL, Period(TODAY - 9 * DAY, TODAY)):
        with CaptureQueriesContext(connection) as asked:
            changes = changes_in(workspace, period)
        assert len(asked) == 1
        assert {changes.of(one.pk).after for one in (delays, counter)} == {50}


def test_only_what_is_new_is_counted_again(at, workspace, delays, counter, given, monkeypatch):
    for touchpoint in (delays, counter):
        fell(given, touchpoint)
    changes_in(workspace, USUAL)
    given(delays, 5)
    health(delays)
    counted = []

    def counting(*sides):
        counted.append(sides)
        return health_difference(*sides)

    monkeypatch.setattr("touchpoints.changes.health_difference", counting)
    changes_in(workspace, USUAL)
    assert len(counted) == 1


def test_figures_say_how_they_have_changed(at, workspace, delays, given):
    fell(given, delays)
    given(delays, *[10] * 40, metric="nps", occurred_at=BEFORE)
    given(delays, *[10] * 20, *[0] * 20, metric="nps")
    given(delays, *[7] * 9, metric="ces")
    health(delays)
    before, after = (side[delays.subject_id] for side in figures_twice([delays.subject_id], USUAL))
    changes = figure_changes(before, after)
    assert (before["nps"][0].headline.value, after["nps"][0].headline.value) == (100, 0)
    nps, csat, ces = changes["nps:0-10"], changes["csat:1-5"], changes["ces:1-7"]
    assert (nps.verdict, nps.delta) == (Verdict.DOWN, -100)
    assert csat.verdict == Verdict.DOWN
    assert csat.delta == pytest.approx(-2.6)
    assert (ces.verdict, ces.before, ces.after) == (Verdict.FEW, 0, 9)


def test_nothing_crosses_to_another_workspace(at, workspace, elsewhere, delays, given):
    fell(given, delays)
    assert changes_in(elsewhere, USUAL).by_touchpoint == {}
