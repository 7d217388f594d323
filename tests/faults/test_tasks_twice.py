"""The same task twice, five at once, in reverse: every answer is folded once, every day closed once.

The control closes days without holding the subjects, and closes one twice.
"""

import datetime
import random
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count, QuerySet
from structlog.testing import capture_logs

from feedback.actions import record_responses, remove_responses
from feedback.actions.recount import differences
from feedback.models import Response
from tests.answering import TODAY, Clock, an_answer, new_touchpoint
from tests.elsewhere import Elsewhere, at_once
from touchpoints import tasks
from touchpoints.actions import close_days, fold_all, keeping, settle_priors
from touchpoints.models import HealthDay, HealthScore, Observation, StuckSubject, Touchpoint
from workspaces.models import Workspace

ROUNDS, AT_ONCE = 3, 5
DAY = datetime.timedelta(days=1)
Bells = list[tuple[str, tuple[Any, ...]]]


@pytest.fixture
def stops(transactional_db: None, at: Clock, workspace: Workspace) -> list[Touchpoint]:
    """Enough touchpoints for more than one batch of a close."""
    return [new_touchpoint(workspace, f"Stop {number}") for number in range(40)]


@pytest.fixture
def bells(monkeypatch: pytest.MonkeyPatch) -> Bells:
    """The tasks that are rung, in their order; no worker hears them."""
    rung: Bells = []
    monkeypatch.setattr("workspaces.jobs.current_app.send_task", lambda name, args: rung.append((name, args)))
    return rung


def live_through(workspace: Workspace, stops: list[Touchpoint], chance: random.Random) -> None:
    """Answers come, change and go, a few at a time."""
    for number in range(12):
        about = chance.sample(stops, 10)
        rows = [an_answer(stop, chance.randint(1, 5), occurred_at=TODAY - chance.randrange(3) * DAY) for stop in about]
        rows += [an_answer(stop, 2, external_id=f"kept {chance.randrange(9)}", version=number + 1) for stop in about]
        record_responses(workspace, rows)
        there = list(Response.objects.filter(removed_at=None).values_list("pk", flat=True))
        remove_responses(workspace, chance.sample(there, 3), by=None)


def all_is_right(workspace: Workspace) -> bool:
    """Nothing is left to fold, nobody is set aside, and everything stored is what the answers say."""
    left = Observation.objects.exists() or StuckSubject.objects.exists()
    return not left and not list(differences(workspace))


@pytest.mark.parametrize("number", range(ROUNDS))
def test_the_same_fold_twice_and_five_at_once_folds_each_answer_once(
    workspace: Workspace, stops: list[Touchpoint], bells: Bells, number: int
) -> None:
    chance = random.Random(number)
    live_through(workspace, stops, chance)
    ids = [stop.subject_id for stop in stops]
    orders = [chance.sample(ids, len(ids)) for _ in range(AT_ONCE)]
    folds = [lambda order=order: tasks.fold_observations(order) for order in orders]
    assert at_once(*folds, tasks.sweep_observations) == [None] * (AT_ONCE + 1)
    tasks.sweep_observations()  # what one of them passed over because another held it
    assert all_is_right(workspace)
    before = list(HealthScore.objects.order_by("pk").values())
    assert at_once(*folds) == [None] * AT_ONCE
    assert list(HealthScore.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("number", range(ROUNDS))
def test_bells_heard_in_reverse_and_twice_end_alike(
    workspace: Workspace, stops: list[Touchpoint], bells: Bells, number: int
) -> None:
    live_through(workspace, stops, random.Random(number))
    assert len(bells) >= 12
    for name, (subjects,) in bells[::-1] + bells[::-1]:
        assert name == "touchpoints.fold_observations"
        tasks.fold_observations(subjects)
    assert all_is_right(workspace)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_five_closes_at_once_beside_folds_close_each_day_once(
    at: Clock, workspace: Workspace, stops: list[Touchpoint], bells: Bells, number: int
) -> None:
    record_responses(workspace, [an_answer(stop, 4) for stop in stops])
    fold_all()
    at.pass_days(2)
    live_through(workspace, stops, random.Random(number))
    closes = [tasks.close_days] * AT_ONCE
    with capture_logs() as log:
        assert at_once(*closes, tasks.sweep_observations, tasks.sweep_observations) == [None] * (AT_ONCE + 2)
    assert "batch_failed" not in {line["event"] for line in log}
    for _ in range(2):
        tasks.close_days()
        tasks.sweep_observations()
    assert all_is_right(workspace)
    closed = HealthDay.objects.filter(persona=None).values("subject").annotate(days=Count("day"))
    assert {row["days"] for row in closed} == {2}
    assert len(closed) == len(stops)


def test_without_holding_it_a_day_is_closed_twice(
    at: Clock, workspace: Workspace, stops: list[Touchpoint], monkeypatch: pytest.MonkeyPatch
) -> None:
    record_responses(workspace, [an_answer(stop, 4) for stop in stops])
    fold_all()
    at.pass_days(1)
    with transaction.atomic():
        settle_priors(workspace.pk, at.today)  # else who comes second leaves the day to who learns what is usual
    locked, write, others = keeping._locked, keeping.write, list[Elsewhere]()

    def unlocked(*args: Any, **kwargs: Any) -> QuerySet[Any]:
        subjects = locked(*args, **kwargs)
        subjects.query.select_for_update = False
        return subjects

    def write_late(ledgers: Any) -> None:
        if not others:
            others.append(Elsewhere(close_days))
            others[0].thread.join(0.5)
        write(ledgers)

    monkeypatch.setattr(keeping, "_locked", unlocked)
    monkeypatch.setattr(keeping, "write", write_late)
    with capture_logs() as log:
        close_days()
        others[0].done()
    assert "batch_failed" in {line["event"] for line in log}  # the database refuses a day's second close
