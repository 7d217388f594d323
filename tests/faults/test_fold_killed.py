"""Worker, beat and broker are killed while customers answer.

The controls fold without a transaction, and lose answers; and leave out beat, and nobody hears of them.
"""

import os
import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings

from bench.frame_faults import Fragile, customers, fragile, one_round, waits_for_nothing
from config.processes import wait_until
from feedback.actions.recount import differences
from tests.answering import Given, health, new_touchpoint
from tests.processes import WORKER
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

RINGS = """
import django
django.setup()
from celery import current_app
from workspaces.jobs import ring
current_app.conf.task_publish_retry = {insistent}
for _ in range(20):
    ring("touchpoints.fold_observations")
"""


class HangsUp(socketserver.BaseRequestHandler):
    """A broker that is going down: it takes every call and says nothing."""

    knocks = 0

    def handle(self) -> None:
        HangsUp.knocks += 1


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


@pytest.fixture
def house(settled: None) -> Iterator[Fragile]:
    """Broker, worker and beat of this test alone; none runs yet."""
    with fragile(Path(settings.VAR) / WORKER / "fragile") as fragile_house:
        yield fragile_house


@pytest.mark.timeout(300)
@pytest.mark.parametrize("victim", ["worker", "beat", "broker"])
def test_killing_it_under_load_loses_nothing(house: Fragile, workspace: Workspace, victim: str) -> None:
    for stop in range(20):
        new_touchpoint(workspace, f"Stop {stop}")
    house.start("broker", "worker", "beat")
    for number in range(ROUNDS):
        outcome = one_round(house, workspace, [victim], seconds=1.5, seed=number)
        assert (outcome.missing, outcome.wrong) == (0, 0)
        assert outcome.settled < 60


@pytest.mark.parametrize(("insistent", "knocks"), [(False, 20), (True, 80)])
def test_nobody_insists_that_a_broker_that_is_down_hears_them(insistent: bool, knocks: int) -> None:
    """Each knocks once and goes on. The control: by Celery's own choice each would knock four times, and wait."""
    with socketserver.TCPServer(("127.0.0.1", 0), HangsUp) as broker:
        HangsUp.knocks = 0
        threading.Thread(target=broker.serve_forever, daemon=True).start()
        env = {**os.environ, "REDIS_URL": f"redis://127.0.0.1:{broker.server_address[1]}/0"}
        words = [sys.executable, "-c", RINGS.format(insistent=insistent)]
        done = subprocess.run(words, env=env, capture_output=True, text=True, timeout=60, check=False)
        broker.shutdown()
    assert done.returncode == 0, done.stderr
    assert HangsUp.knocks == knocks


def test_what_the_broker_forgot_is_found_by_beat_alone(house: Fragile, workspace: Workspace) -> None:
    new_touchpoint(workspace, "Stop")
    house.start("broker")
    customers(house.env, workspace, seconds=0.2, seed=0).communicate()
    bells = f"{settings.BROKER_PREFIX}:celery"
    with redis.Redis.from_url(house.env["REDIS_URL"]) as broker:
        assert broker.llen(bells) > 0
        house.kill("broker")
        house.start("broker", "worker")
        assert broker.llen(bells) == 0
        assert wait_until(lambda: any(one["cmd"] == "brpop" for one in broker.client_list()), 60), "no worker came"
    time.sleep(1)
    assert Observation.objects.exists(), "the control: nobody told the worker"
    house.start("beat")
    assert wait_until(lambda: waits_for_nothing(workspace), 60)
    assert not list(differences(workspace))
