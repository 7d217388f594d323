"""Two bring answers of a persona's first people at the same moment. The control takes the lock away, and loses some."""

import contextlib
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from feedback.actions import heard_personas, record, record_responses, statements_of_personas
from feedback.actions.recount import differences
from feedback.models import HeardPersona
from personas.models import Persona
from tests.answering import an_answer, health
from tests.elsewhere import at_once
from touchpoints.models import Touchpoint
from workspaces.models import Workspace

ROUNDS = 3
LOCK = "FOR NO KEY UPDATE"


@pytest.fixture
def both_look_first(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has looked who was heard, or written it, goes on when the other has, too, or after half a second."""

    def together(work: Callable[..., Any]) -> Callable[..., Any]:
        both = threading.Barrier(2)

        def with_the_other(*asked: Any, **more: Any) -> Any:
            done = work(*asked, **more)
            with contextlib.suppress(threading.BrokenBarrierError):
                both.wait(0.5)
            return done

        return with_the_other

    monkeypatch.setattr(record, "hold_personas", together(heard_personas.hold_personas))
    monkeypatch.setattr(record, "settle_personas", together(heard_personas.settle_personas))


@pytest.fixture
def nobody_yet(both_look_first: None, workspace: Workspace, delays: Touchpoint, commuter: Persona) -> None:
    """The row on which they meet is there, and says nothing."""
    HeardPersona.objects.create(workspace=workspace, subject=delays.subject, persona=commuter)


def six_people(workspace: Workspace, delays: Touchpoint, commuter: Persona) -> None:
    """Three and three, by two at once."""

    def bring(number: int) -> None:
        rows = [an_answer(delays, 4, persona=commuter, external_id=f"{number} {one}") for one in range(3)]
        record_responses(workspace, rows)

    assert at_once(partial(bring, 0), partial(bring, 1)) == [None, None]


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_six_people_are_six(
    nobody_yet: None, workspace: Workspace, delays: Touchpoint, commuter: Persona, round_: int
) -> None:
    six_people(workspace, delays, commuter)
    assert len(HeardPersona.objects.get().witnesses) == 5
    assert not list(differences(workspace))
    assert health(delays, commuter).answers == 6
    assert not list(differences(workspace))


def test_without_the_lock_three_of_them_are_forgotten(
    nobody_yet: None, workspace: Workspace, delays: Touchpoint, commuter: Persona, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = statements_of_personas.HOLD_UNHEARD
    assert LOCK in locked
    monkeypatch.setattr(statements_of_personas, "HOLD_UNHEARD", locked.replace(LOCK, ""))
    six_people(workspace, delays, commuter)
    assert len(HeardPersona.objects.get().witnesses) == 3
