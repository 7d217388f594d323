"""Two bring answers of a persona's first people at the same moment. The control takes the lock away, and loses some."""

import threading
from functools import partial

import pytest
from django.db import transaction

from feedback.actions import record_responses, statements_of_personas
from feedback.actions.recount import differences
from feedback.models import HeardPersona
from personas.models import Persona
from tests.answering import an_answer, health
from tests.elsewhere import Elsewhere
from touchpoints.models import Touchpoint
from workspaces.models import Workspace

ROUNDS = 3
LOCK = "FOR NO KEY UPDATE"


def both_before_either_commits(delays: Touchpoint, commuter: Persona, wait: float) -> None:
    """Three people each, in a transaction held open until the other has written, or has waited so long."""
    written = [threading.Event(), threading.Event()]

    def write(number: int) -> None:
        with transaction.atomic():
            rows = [an_answer(delays, 4, persona=commuter, external_id=f"{number} {one}") for one in range(3)]
            record_responses(delays.workspace, rows)
            written[number].set()
            written[1 - number].wait(wait)

    work = [Elsewhere(partial(write, number)) for number in range(2)]
    assert [one.done() for one in work] == [None, None]


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_six_people_are_six(
    transactional_db: None, workspace: Workspace, delays: Touchpoint, commuter: Persona, round_: int
) -> None:
    both_before_either_commits(delays, commuter, wait=0.5)
    assert len(HeardPersona.objects.get().witnesses) == 5
    assert not list(differences(workspace))
    assert health(delays, commuter).answers == 6
    assert not list(differences(workspace))


def test_without_the_lock_three_of_them_are_forgotten(
    transactional_db: None,
    workspace: Workspace,
    delays: Touchpoint,
    commuter: Persona,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unlocked = statements_of_personas.HOLD_UNHEARD
    assert LOCK in unlocked
    monkeypatch.setattr(statements_of_personas, "HOLD_UNHEARD", unlocked.replace(LOCK, ""))
    HeardPersona.objects.create(workspace=workspace, subject=delays.subject, persona=commuter)
    both_before_either_commits(delays, commuter, wait=3)
    assert len(HeardPersona.objects.get().witnesses) == 3
