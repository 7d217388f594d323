"""Folding and closing are done in chunks, end when their time is up, and go on with the next ring."""

import time
from collections.abc import Callable, Collection

import pytest
from celery.exceptions import SoftTimeLimitExceeded

from config.celery import app
from feedback.actions.recount import differences
from tests.answering import TODAY, Clock, Given, new_touchpoint
from touchpoints import tasks
from touchpoints.actions import close_days, fold, fold_all, keeping
from touchpoints.actions.ledger import Ledger
from touchpoints.models import HealthScore, Observation, StuckSubject, Touchpoint
from workspaces.models import Workspace

WITHIN, LONGER = 0.5, 0.6  # seconds a task has here, and a chunk takes


@pytest.fixture
def stops(at: Clock, workspace: Workspace, given: Given) -> list[Touchpoint]:
    """Three touchpoints that somebody answered about."""
    stops = [new_touchpoint(workspace, f"Stop {number}") for number in range(3)]
    for stop in stops:
        given(stop, 4)
    return stops


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chunk is one touchpoint, and takes longer than a task has."""
    claim, write = keeping.claim, keeping.write

    def write_late(ledgers: Collection[Ledger]) -> None:
        time.sleep(LONGER)
        write(ledgers)

    monkeypatch.setattr(keeping, "claim", lambda subjects, at_most: claim(subjects, 1))
    monkeypatch.setattr(keeping, "write", write_late)
    monkeypatch.setattr(tasks, "WITHIN", WITHIN)


def test_a_task_ends_long_before_it_is_ended() -> None:
    for task in (tasks.fold_observations, tasks.sweep_observations, tasks.close_days):
        assert task.soft_time_limit > 2 * tasks.WITHIN
        assert task.time_limit > task.soft_time_limit
        # Or the broker would give it to another worker while it still runs.
        assert app.conf.broker_transport_options["visibility_timeout"] > task.time_limit


@pytest.mark.usefixtures("slow")
def test_a_fold_whose_time_is_up_goes_on_with_the_next_ring(workspace: Workspace, stops: list[Touchpoint]) -> None:
    left = []
    for _ in stops:
        tasks.fold_observations([stop.subject_id for stop in stops])
        left.append(Observation.objects.count())
        assert not list(differences(workspace))
    assert left == [2, 1, 0]


@pytest.mark.usefixtures("slow")
def test_a_close_whose_time_is_up_goes_on_with_the_next_ring(
    at: Clock, workspace: Workspace, stops: list[Touchpoint]
) -> None:
    while fold():
        pass
    at.pass_days(1)
    left = []
    for _ in stops:
        tasks.close_days()
        left.append(HealthScore.objects.filter(day=TODAY).count())
        assert not list(differences(workspace))
    assert left == [2, 1, 0]


@pytest.mark.parametrize("work", [fold_all, close_days])
def test_one_that_is_ended_midway_leaves_everything_and_blames_nobody(
    at: Clock,
    workspace: Workspace,
    stops: list[Touchpoint],
    monkeypatch: pytest.MonkeyPatch,
    work: Callable[[], object],
) -> None:
    if work is close_days:
        fold_all()
        at.pass_days(1)
    before = list(HealthScore.objects.values()), list(Observation.objects.values())
    write = keeping.write

    def ended(ledgers: object) -> None:
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(keeping, "write", ended)
    with pytest.raises(SoftTimeLimitExceeded):
        work()
    assert (list(HealthScore.objects.values()), list(Observation.objects.values())) == before
    assert not StuckSubject.objects.exists()
    monkeypatch.setattr(keeping, "write", write)
    work()
    assert not Observation.objects.exists()
    assert not list(differences(workspace))
