"""A worker is killed while it folds. The control folds without a transaction, and loses answers."""

import os
import signal
import subprocess
import sys
import time

import pytest

from config.supervisor import Running
from feedback.actions import record_responses
from feedback.actions.recount import differences
from tests.answering import Given, an_answer, health, new_touchpoint
from tests.processes import House
from touchpoints.actions import fold_all
from touchpoints.models import HealthScore, Observation, Touchpoint
from workspaces.models import Workspace

ROUNDS = 3
DIES_BEFORE_WRITING = """
import contextlib, os, signal, django
django.setup()
from touchpoints.actions import fold, keeping
from workspaces import transactions
keeping.write = lambda ledgers: os.kill(os.getpid(), signal.SIGKILL)
if {guarded}:
    fold()
else:
    from django.db.models.sql.compiler import SQLCompiler
    transactions.transaction.atomic = contextlib.nullcontext
    django.db.models.query.QuerySet.select_for_update = lambda self, **options: self
    fold()
"""


def killed_before_writing(*, guarded: bool) -> None:
    """A worker that has taken the observations and dies by kill -9 before the scores are written."""
    words = [sys.executable, "-c", DIES_BEFORE_WRITING.format(guarded=guarded)]
    done = subprocess.run(words, env=dict(os.environ), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


def test_a_worker_killed_midway_leaves_everything_pending(
    transactional_db: None, workspace: Workspace, delays: Touchpoint, given: Given
) -> None:
    given(delays, 5, 5, 1)
    killed_before_writing(guarded=True)
    assert Observation.objects.count() == 3
    assert not list(differences(workspace))
    assert health(delays).answers == 3
    assert not list(differences(workspace))


def test_without_a_transaction_its_answers_are_lost(
    transactional_db: None, workspace: Workspace, delays: Touchpoint, given: Given
) -> None:
    given(delays, 5, 5, 1)
    killed_before_writing(guarded=False)
    assert not Observation.objects.exists()
    fold_all()
    assert not HealthScore.objects.exists()
    assert list(differences(workspace))


@pytest.mark.parametrize("number", range(ROUNDS))
def test_killing_the_real_worker_at_any_moment_loses_nothing(
    house: House, worker: Running, beat: Running, workspace: Workspace, number: int
) -> None:
    touchpoints = [new_touchpoint(workspace, f"Stop {stop}") for stop in range(20)]
    for _ in range(4):
        record_responses(workspace, [an_answer(touchpoint, 4) for touchpoint in touchpoints * 25])
        time.sleep(0.1 * number)
        house.kill(worker)
        worker = house.ensure(worker.child)
    deadline = time.monotonic() + 60
    while Observation.objects.exists() and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not Observation.objects.exists()
    assert set(HealthScore.objects.values_list("answers", flat=True)) == {100}
    assert not list(differences(workspace))
