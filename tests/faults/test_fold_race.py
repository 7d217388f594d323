"""Two workers fold at once. The control folds without holding the subject, and loses an answer."""

import threading
import time

import pytest
from django.db import connection

from feedback.actions import Status, record_responses
from feedback.actions.recount import differences
from feedback.models import Response, Submission
from tests.answering import Clock, Given, an_answer, health
from tests.elsewhere import Elsewhere
from touchpoints.actions import fold, fold_all, keeping
from touchpoints.models import Observation, Touchpoint
from workspaces.models import Workspace

ROUNDS = 3


@pytest.fixture
def slow_writer(monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event]:
    """The first worker stops between reading and writing: tells that it is there, and waits until it may go on."""
    there, go = threading.Event(), threading.Event()
    write = keeping.write

    def wait_and_write(ledgers: object) -> None:
        if not there.is_set():
            there.set()
            assert go.wait(20)
        write(ledgers)  # type: ignore[arg-type]

    monkeypatch.setattr(keeping, "write", wait_and_write)
    return there, go


def two_workers(
    slow_writer: tuple[threading.Event, threading.Event], given: Given, delays: Touchpoint
) -> tuple[object, object]:
    """One folds a first answer and is held up; a second answer comes, and another worker folds. What each folded."""
    there, go = slow_writer
    given(delays, 5)
    first = Elsewhere(fold)
    assert there.wait(20)
    given(delays, 1, metric="ces")
    second = Elsewhere(fold)
    while second.thread.is_alive() and not somebody_waits():
        time.sleep(0.02)
    go.set()
    return first.done(), second.done()


def somebody_waits() -> bool:
    """Whether a worker waits for another's rows."""
    with connection.cursor() as cursor:
        # In this database only: other test processes have theirs in the same server
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])


def test_another_worker_passes_over_a_subject_that_is_being_folded(
    transactional_db: None,
    at: Clock,
    workspace: Workspace,
    delays: Touchpoint,
    given: Given,
    slow_writer: tuple[threading.Event, threading.Event],
) -> None:
    assert two_workers(slow_writer, given, delays) == (1, 0)
    assert Observation.objects.count() == 1
    assert health(delays).answers == 2
    assert not list(differences(workspace))


def test_without_holding_it_an_answer_is_lost(
    transactional_db: None,
    at: Clock,
    workspace: Workspace,
    delays: Touchpoint,
    given: Given,
    slow_writer: tuple[threading.Event, threading.Event],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    locked = keeping._locked

    def unlocked(*args: object, **kwargs: object) -> object:
        subjects = locked(*args, **kwargs)  # type: ignore[arg-type]
        subjects.query.select_for_update = False
        return subjects

    monkeypatch.setattr(keeping, "_locked", unlocked)
    assert two_workers(slow_writer, given, delays) == (1, 1)
    assert not Observation.objects.exists()
    assert health(delays).answers == 1  # of two
    assert list(differences(workspace))


@pytest.mark.parametrize("number", range(ROUNDS))
def test_many_workers_fold_every_answer_once(
    transactional_db: None, workspace: Workspace, delays: Touchpoint, counter: Touchpoint, number: int
) -> None:
    def answer_and_fold() -> None:
        for _ in range(5):
            record_responses(workspace, [an_answer(about, 4) for about in (delays, counter) * 10])
            fold([delays.subject_id, counter.subject_id], at_most=7)

    workers = [Elsewhere(answer_and_fold) for _ in range(4)]
    assert [worker.done() for worker in workers] == [None] * 4
    fold_all()
    assert health(delays).answers == health(counter).answers == 4 * 5 * 10
    assert not list(differences(workspace))


@pytest.mark.parametrize("number", range(ROUNDS))
def test_twenty_equal_submits_at_once_are_one_answer(
    transactional_db: None, workspace: Workspace, delays: Touchpoint, counter: Touchpoint, number: int
) -> None:
    rows = [an_answer(about, 4, external_id=str(which)) for about in (delays, counter) for which in range(5)]
    orders = [rows, rows[::-1]] * 10
    submits = [Elsewhere(lambda order=order: record_responses(workspace, order).counts) for order in orders]  # type: ignore[misc]
    counts = [submit.done() for submit in submits]
    assert sum(count[Status.STORED] for count in counts) == 10  # type: ignore[index]
    assert (Submission.objects.count(), Response.objects.count(), Observation.objects.count()) == (5, 10, 10)
