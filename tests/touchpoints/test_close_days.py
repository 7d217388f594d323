"""Closing days: scores are kept as they were known, windows are decided anew, the next day begins."""

import datetime

import pytest

from feedback.actions import record_responses
from feedback.actions.recount import differences
from tests.answering import TODAY, an_answer, health, new_touchpoint
from touchpoints.actions import close_days
from touchpoints.models import HealthDay, HealthScore, Window, WindowSum

DAY = datetime.timedelta(days=1)


def closes(of):
    """Day, answers and whether it was known, of a touchpoint's closes for all its customers."""
    days = HealthDay.objects.filter(subject=of.subject_id, persona=None).order_by("day")
    return list(days.values_list("day", "answers", "known"))


def test_a_day_is_closed_when_the_next_has_begun(at, workspace, delays, given, commuter):
    given(delays, *[4] * 5, persona=commuter)
    score = health(delays)
    assert close_days() == 0
    at.pass_days(1)
    assert close_days() == 1
    assert closes(delays) == [(TODAY, 5, True)]
    closed = HealthDay.objects.get(persona=commuter)
    assert (closed.score, closed.sd, closed.evidence) == (score.score, score.sd, score.evidence)
    assert HealthScore.objects.get(subject=delays.subject_id, persona=None).day == TODAY + DAY


def test_closing_twice_is_harmless(at, workspace, delays, given):
    given(delays, 4)
    health(delays)
    at.pass_days(1)
    assert (close_days(), close_days()) == (1, 0)
    assert len(closes(delays)) == 1


def test_a_day_that_passes_is_nothing_new(at, workspace, delays, given):
    given(delays, *[4] * 5)
    version = health(delays).version
    at.pass_days(1)
    close_days()
    assert health(delays).version == version


def test_a_late_answer_does_not_restate_a_close(at, workspace, delays, given):
    given(delays, *[4] * 5)
    health(delays)
    at.pass_days(1)
    close_days()
    given(delays, 1, occurred_at=TODAY)
    assert health(delays).answers == 6
    assert closes(delays) == [(TODAY, 5, True)]


def test_the_first_fold_of_a_day_closes_the_days_before(at, workspace, delays, given):
    given(delays, *[4] * 5)
    health(delays)
    at.pass_days(2)
    given(delays, 1, occurred_at=TODAY)
    assert health(delays).answers == 6
    assert closes(delays) == [(TODAY, 5, True), (TODAY + DAY, 5, True)]
    assert close_days() == 0
    assert not list(differences(workspace))


def test_after_a_long_rest_the_last_month_is_caught_up(at, workspace, delays, given):
    given(delays, *[4] * 5)
    health(delays)
    at.pass_days(100)
    close_days()
    days = [day for day, _, _ in closes(delays)]
    assert days == [TODAY, *(TODAY + number * DAY for number in range(69, 100))]
    assert not list(differences(workspace))


def test_each_missed_day_is_closed_as_it_was(at, workspace, delays, given):
    given(delays, *[4] * 5, occurred_at=TODAY - 362 * DAY)
    given(delays, 4, occurred_at=TODAY)
    health(delays)
    at.pass_days(5)
    close_days()
    assert [answers for _, answers, _ in closes(delays)] == [6, 6, 6, 1, 1]


def test_an_answer_of_tomorrow_is_due_tomorrow(at, workspace, delays, given):
    given(delays, 4, occurred_at=TODAY + DAY)
    assert health(delays).answers == 0
    at.pass_days(1)
    close_days()
    assert health(delays).answers == 1
    assert health(delays).last_heard == TODAY + DAY


def test_a_score_falls_silent_and_says_when_it_was_last_heard(at, workspace, delays, given):
    given(delays, *[4] * 5)
    assert health(delays).known
    at.pass_days(365)
    close_days()
    score = health(delays)
    assert (score.score, score.known, score.answers, score.last_heard) == (None, False, 0, TODAY)
    assert not list(differences(workspace))


def test_a_known_score_stays_known_until_little_is_left(at, workspace, delays, given):
    given(delays, *[4] * 3, occurred_at=TODAY - 363 * DAY)
    given(delays, *[4] * 2)
    assert health(delays).known
    at.pass_days(1)
    close_days()
    at.pass_days(1)
    close_days()
    score = health(delays)
    assert (score.answers, score.known) == (2, True)  # two never heard of before would be unknown
    assert not list(differences(workspace))


@pytest.mark.parametrize(("answers", "table"), [(26, "flat-365"), (27, "flat-90")])
def test_the_window_follows_the_rate_of_answers(at, workspace, delays, given, answers, table):
    given(delays, *[4] * answers, occurred_at=TODAY - 89 * DAY)
    given(delays, *[4] * 50, occurred_at=TODAY - 90 * DAY)
    assert health(delays).answers == answers + 50
    at.pass_days(1)
    close_days()
    assert WindowSum.objects.get().table == table
    assert health(delays).answers == (answers + 50 if table == "flat-365" else 0)
    assert not list(differences(workspace))


def test_a_window_is_one_for_all_personas_and_scales_of_a_metric(at, workspace, delays, given, commuter, tourist):
    given(delays, *[4] * 15, persona=commuter)
    given(delays, *[4] * 15, persona=tourist, scale="1-7")
    given(delays, *[4] * 5, metric="ces")
    health(delays)
    at.pass_days(1)
    close_days()
    tables = set(WindowSum.objects.values_list("metric", "table"))
    assert tables == {("csat", "flat-90"), ("ces", "flat-365")}
    assert Window.objects.get().metric == "csat"
    at.pass_days(95)
    close_days()
    assert set(WindowSum.objects.values_list("table", flat=True)) == {"flat-365"}
    assert Window.objects.get().table == "flat-365"
    assert not list(differences(workspace))


def test_each_workspace_has_its_own_midnight(at, workspace, elsewhere, delays):
    elsewhere.time_zone = "Asia/Tokyo"
    elsewhere.save()
    theirs = new_touchpoint(elsewhere, "Tram stop")
    record_responses(workspace, [an_answer(delays, 4)])
    record_responses(elsewhere, [an_answer(theirs, 4)])
    health(delays)
    at.now += datetime.timedelta(hours=5)  # one in the morning in Tokyo
    assert close_days() == 1
    assert (len(closes(theirs)), len(closes(delays))) == (1, 0)
