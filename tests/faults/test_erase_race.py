"""A person is erased while an answer of theirs arrives: one comes first, and nothing of them is left in either case."""

import time
from functools import partial

import pytest
from django.db import connection, transaction

from feedback.actions import Outcome, Reason, Status, record_responses
from feedback.actions.persons import Person, erase_person
from feedback.models import Respondent
from tests.answering import Clock, an_answer
from tests.canary import in_tables
from tests.elsewhere import Elsewhere
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS, WHO, WORDS = 3, "K-4711", "unmistakable words of hers"


def arrive(workspace: Workspace, about: Touchpoint, *, atomic: bool = False) -> Outcome:
    hers = an_answer(about, 1, respondent=WHO, text=WORDS)
    return record_responses(workspace, [hers, an_answer(about, 4)], atomic=atomic)


def until_it_waits(other: Elsewhere) -> None:
    """Until the other one waits for a lock of ours, or is done because it does not."""
    waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # else it is as it was when the transaction looked first
            cursor.execute(waiting)
            if cursor.fetchone() or not other.thread.is_alive():
                return
        time.sleep(0.01)
    pytest.fail("nobody waited")


@pytest.mark.parametrize("known", [True, False], ids=["known", "unknown"])
@pytest.mark.parametrize("atomic", [True, False])
def test_an_answer_that_comes_while_its_person_is_erased_is_refused(
    workspace: Workspace, at: Clock, delays: Touchpoint, ada: User, known: bool, atomic: bool
) -> None:
    if known:
        arrive(workspace, delays)
    with transaction.atomic():
        erase_person(workspace, Person(WHO), by=ada)
        other = Elsewhere(partial(arrive, workspace, delays, atomic=atomic))
        until_it_waits(other)
    outcome = other.done()
    assert isinstance(outcome, Outcome), outcome
    hers, another = outcome.results
    assert hers.refusal is not None
    assert hers.refusal.reason is Reason.ERASED
    assert another.status is (Status.REFUSED if atomic else Status.STORED)
    assert in_tables(WHO, WORDS) == set()


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_who_erases_waits_for_the_answer_that_came_first(
    workspace: Workspace, at: Clock, delays: Touchpoint, ada: User, _round: int
) -> None:
    with transaction.atomic():
        arrive(workspace, delays)
        other = Elsewhere(partial(erase_person, workspace, Person(WHO), by=ada))
        until_it_waits(other)
    other.done()
    assert in_tables(WHO, WORDS) == set()
    assert not Respondent.objects.exists()


def test_without_looking_again_the_person_would_come_back(
    workspace: Workspace, at: Clock, delays: Touchpoint, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the fault is real, and it is looking again behind the lock that prevents it."""
    arrive(workspace, delays)
    monkeypatch.setattr("feedback.actions.respondents.erased_of", lambda workspace, references: set())
    with transaction.atomic():
        erase_person(workspace, Person(WHO), by=ada)
        other = Elsewhere(partial(arrive, workspace, delays))
        until_it_waits(other)
    other.done()
    assert in_tables(WHO, WORDS) == {"feedback_respondent", "feedback_response"}
