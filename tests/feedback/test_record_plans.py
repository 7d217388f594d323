"""A session that planned while there were no answers stores many as quickly as one that did not."""

import pytest
from django.db import connection, transaction

from feedback.actions import questionnaire, record_responses
from tests.answering import an_answer
from touchpoints.models import Touchpoint
from workspaces.models import Workspace

MANY = questionnaire.MANY
READ = "SELECT seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = 'feedback_submission'"


@pytest.fixture
def planned_for_none(workspace: Workspace, delays: Touchpoint) -> None:
    """The session knows how to prove the link of an answer while the table is empty, and known to be."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE feedback_submission CASCADE")  # the rest of other tests' rows would be counted in
        cursor.execute("ANALYZE feedback_submission")
        cursor.execute("DISCARD PLANS")
    undone = transaction.savepoint()
    for _ in range(10):  # the database keeps a plan from the sixth time on
        record_responses(workspace, [an_answer(delays, 4)])
        prove()
    transaction.savepoint_rollback(undone)


@pytest.mark.usefixtures("no_doorbell", "planned_for_none")
@pytest.mark.parametrize("anew", [True, False], ids=["planned anew", "control: by the old plan"])
def test_the_links_of_many_answers_are_not_proved_by_reading_all_others(
    workspace: Workspace, delays: Touchpoint, monkeypatch: pytest.MonkeyPatch, anew: bool
) -> None:
    monkeypatch.setattr(questionnaire, "MANY", MANY if anew else MANY + 1)
    record_responses(workspace, [an_answer(delays, 4) for _ in range(MANY)])
    before = read()
    prove()
    assert (read() - before < MANY) is anew  # else each of them reads half of all


def prove() -> None:
    """Prove now what is else proved at commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def read() -> int:
    """Questionnaires that this transaction came by without an index."""
    with connection.cursor() as cursor:
        cursor.execute(READ)
        return int(cursor.fetchone()[0])
