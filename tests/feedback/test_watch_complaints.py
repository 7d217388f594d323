"""Bursts of complaints are raised while they happen, from what was experienced in the last 24 hours."""

import datetime

import pytest

from feedback.actions import Status, Used, record_responses, record_usage, remove_responses
from feedback.actions.complaints import WATCH, watch_lately
from feedback.models import Response
from feedback.tasks import sweep_complaints, watch_complaints
from tests.answering import TODAY, an_answer
from touchpoints.actions import archive_touchpoint, fold_all
from touchpoints.models import Alarm

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def bells(monkeypatch):
    """The bells that were rung: task and arguments."""
    rung = []
    monkeypatch.setattr("feedback.actions.complaints.ring", lambda task, *args: rung.append((task, *args)))
    return rung


@pytest.fixture
def complain(at, workspace, bells):
    """`complain(delays, 1, 5)`: complaints so many hours ago."""

    def say(about, *hours, severity=1):
        rows = [an_answer(about, severity, metric="complaint", occurred_at=at.now - hour * HOUR) for hour in hours]
        record_responses(workspace, rows)

    return say


@pytest.fixture
def heard(at, workspace, bells, delays):
    """It has been heard of for 90 days, and nobody complained."""
    rows = [an_answer(delays, 4, occurred_at=TODAY - day * DAY) for day in range(1, 93)]
    record_responses(workspace, rows)
    fold_all()
    bells.clear()


def bursts():
    """Cause and number of complaints of each burst, the oldest first."""
    return list(Alarm.objects.filter(kind="burst").order_by("id").values_list("cause", "after_answers"))


def test_three_complaints_where_there_are_none_are_a_burst(at, delays, heard, complain):
    complain(delays, 1, 2, 5)
    watch_complaints([delays.subject_id])
    assert bursts() == [("many", 3)]
    alarm = Alarm.objects.get()
    assert (alarm.before, alarm.before_answers, alarm.before_days) == (0, 0, 90)
    assert (alarm.began_at, alarm.raised_at) == (at.now - 5 * HOUR, at.now)
    assert alarm.chance < 0.001
    assert set(alarm.complaints) == set(Response.objects.filter(metric="complaint").values_list("id", flat=True))


def test_counted_complaints_are_no_burst_and_make_none_usual(at, workspace, delays, heard, complain):
    days = [TODAY - number * DAY for number in range(91)]
    record_usage(workspace, [Used("crm", delays.subject_id, day, contacts=50, complaints=3) for day in days])
    fold_all()
    assert watch_lately() == 0
    complain(delays, 1, 2, 5)
    watch_lately()
    assert bursts() == [("many", 3)]
    alarm = Alarm.objects.get()
    assert (alarm.before_answers, alarm.before_days) == (0, 90)


def test_a_severe_complaint_is_raised_at_once(at, delays, heard, complain):
    complain(delays, 1, severity=3)
    watch_lately()
    assert bursts() == [("severe", 1)]


def test_what_is_usual_rouses_nobody(at, workspace, delays, heard, complain):
    rows = [an_answer(delays, 1, metric="complaint", occurred_at=TODAY - day * DAY) for day in range(2, 92)]
    record_responses(workspace, rows)
    fold_all()
    complain(delays, 1, 2, 3)
    watch_lately()
    assert bursts() == []


def test_where_nobody_knows_what_is_usual_many_are_no_burst(at, delays, complain):
    complain(delays, 1, 2, 3, 4)
    watch_lately()
    assert bursts() == []


def test_late_and_imported_complaints_are_of_another_day(at, delays, heard, complain, bells):
    complain(delays, 30, 31, 32, severity=3)
    assert WATCH not in [task for task, *_ in bells]
    watch_lately()
    assert bursts() == []


def test_the_bell_is_rung_for_fresh_complaints_alone(at, delays, counter, heard, complain, bells):
    complain(counter, 1)
    assert [bell for bell in bells if bell[0] == WATCH] == [(WATCH, [counter.subject_id])]


def test_the_sweep_finds_what_no_bell_was_heard_for(at, delays, heard, complain):
    complain(delays, 1, 2, 3)
    sweep_complaints()
    assert bursts() == [("many", 3)]


def test_a_dead_broker_costs_nobody_anything(at, delays, monkeypatch, workspace, django_capture_on_commit_callbacks):
    def refused(*args, **kwargs):
        raise OSError("no broker")

    monkeypatch.setattr("workspaces.jobs.current_app.send_task", refused)
    rows = [an_answer(delays, 3, metric="complaint", occurred_at=at.now - HOUR)]
    with django_capture_on_commit_callbacks(execute=True):
        assert record_responses(workspace, rows).counts[Status.STORED] == 1
    sweep_complaints()
    assert bursts() == [("severe", 1)]


def test_for_six_hours_nothing_more_is_said(at, delays, heard, complain):
    complain(delays, 1, 2, 3)
    watch_lately()
    at.now += 5 * HOUR
    complain(delays, 0, 1, 2, 3)
    watch_lately()
    assert bursts() == [("many", 3)]
    at.now += HOUR
    watch_lately()
    assert bursts() == [("many", 3), ("many", 4)]
    at.now += 7 * HOUR
    watch_lately()
    assert len(bursts()) == 2  # what was told of is not counted again


def test_a_severe_one_that_comes_late_is_not_overlooked(at, delays, heard, complain):
    complain(delays, 1, severity=3)
    watch_lately()
    complain(delays, 2, severity=3)
    at.now += 6 * HOUR
    watch_lately()
    watch_lately()
    assert bursts() == [("severe", 1), ("severe", 1)]


def test_removed_complaints_do_not_count(at, workspace, delays, heard, complain, edda):
    complain(delays, 1, 2, 3)
    remove_responses(workspace, [Response.objects.filter(metric="complaint").latest("id").pk], by=edda)
    watch_lately()
    assert bursts() == []


def test_what_is_archived_rouses_nobody(at, delays, heard, complain, edda):
    archive_touchpoint(delays, by=edda)
    complain(delays, 1, severity=3)
    watch_lately()
    assert bursts() == []


def test_each_touchpoint_has_bursts_of_its_own(at, workspace, delays, counter, heard, complain):
    complain(delays, 1, severity=3)
    complain(counter, 1, severity=3)
    watch_lately()
    assert set(Alarm.objects.values_list("subject", flat=True)) == {delays.subject_id, counter.subject_id}
