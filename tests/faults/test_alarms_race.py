"""Watching twice, five at once and in reverse raises nothing twice. The control has neither lock nor constraint."""

import datetime
import threading

import pytest
from django.db import connection

from feedback.actions import record_responses
from feedback.actions.complaints import watch_lately
from tests.answering import Clock, an_answer
from tests.elsewhere import failures
from tests.touchpoints.watching import DAY, WORSE, history
from touchpoints.actions import alarms, close_days, fold_all, keeping, watch
from touchpoints.models import Alarm, Touchpoint
from workspaces.models import Workspace

ROUNDS = 3


@pytest.fixture
def worse(transactional_db: None, at: Clock, workspace: Workspace, delays: Touchpoint) -> Touchpoint:
    """A touchpoint that got worse; of the night that will find out nothing has been done yet."""
    history(delays)
    for _ in range(2):
        at.pass_days(1)
        close_days()
        watch()
    rows = [
        an_answer(delays, value, occurred_at=at.today - day * DAY) for day in range(1, 8) for value in (*WORSE, *WORSE)
    ]
    record_responses(workspace, rows)
    fold_all()
    at.pass_days(1)
    close_days()
    return delays


@pytest.fixture
def complained(transactional_db: None, at: Clock, workspace: Workspace, delays: Touchpoint) -> Touchpoint:
    """A touchpoint about which two severe complaints have just come in."""
    moment = at.now - datetime.timedelta(hours=1)
    record_responses(workspace, [an_answer(delays, 3, metric="complaint", occurred_at=moment) for _ in range(2)])
    return delays


def raised(kind: str) -> int:
    return Alarm.objects.filter(kind=kind).count()


@pytest.mark.parametrize("number", range(ROUNDS))
def test_five_watches_at_once_raise_one_alarm(worse: Touchpoint, number: int) -> None:
    assert failures(*[watch] * 5) == []
    watch()
    assert raised("deterioration") == 1


@pytest.mark.parametrize("number", range(ROUNDS))
def test_five_looks_at_complaints_at_once_raise_one_burst(complained: Touchpoint, number: int) -> None:
    assert failures(*[watch_lately] * 5) == []
    watch_lately()
    assert raised("burst") == 1


def test_the_watch_before_the_close_and_after_it_raise_one_alarm(
    transactional_db: None, at: Clock, workspace: Workspace, delays: Touchpoint
) -> None:
    """In reverse: the watch comes before the day is closed, and before what is pending is folded."""
    history(delays)
    for _ in range(2):
        at.pass_days(1)
        close_days()
        watch()
    rows = [an_answer(delays, value, occurred_at=at.today - day * DAY) for day in range(1, 8) for value in WORSE * 2]
    record_responses(workspace, rows)
    at.pass_days(1)
    for task in (watch, fold_all, close_days, watch, close_days, fold_all, watch):
        task()
    assert raised("deterioration") == 1


def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever watches holds nothing, and all stop before they raise, so that each has read what was there before."""
    locked, together = keeping._locked, threading.Barrier(2)

    def reading(*args: object, **kwargs: object) -> object:
        subjects = locked(*args, **kwargs)  # type: ignore[arg-type]
        subjects.query.select_for_update = False
        return subjects

    def wait(alarm: Alarm) -> bool:
        together.wait(20)
        return is_new(alarm)

    is_new = alarms._is_new
    monkeypatch.setattr(keeping, "_locked", reading)
    monkeypatch.setattr(alarms, "_is_new", wait)


def test_without_the_lock_the_constraint_still_keeps_it_one(
    complained: Touchpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlocked(monkeypatch)
    assert failures(watch_lately, watch_lately) == []
    assert raised("burst") == 1


def test_with_neither_it_is_raised_twice(complained: Touchpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    unlocked(monkeypatch)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE touchpoints_alarm DROP CONSTRAINT alarm_once")
    try:
        assert failures(watch_lately, watch_lately) == []
        assert raised("burst") == 2
    finally:
        Alarm.objects.all().delete()
        with connection.schema_editor() as editor:
            [once] = [constraint for constraint in Alarm._meta.constraints if constraint.name == "alarm_once"]
            editor.add_constraint(Alarm, once)
