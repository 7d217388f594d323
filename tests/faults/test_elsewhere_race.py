"""The same tap, and the same message, twenty times at the same moment."""

from functools import partial

import pytest
from django.test import Client

from feedback.actions.by_hand import Entry, enter_at_counter
from feedback.models import Case, Formbricks, Response, new_key
from tests.answering import new_touchpoint
from tests.elsewhere import at_once
from tests.feedback.bricks import Bricks, ask, bricks_for, filled
from touchpoints.models import Observation, Touchpoint
from workspaces.models import User, Workspace

AT_ONCE = 20


@pytest.fixture
def desk(transactional_db: None, workspace: Workspace) -> Touchpoint:
    """Where customers meet a person."""
    return new_touchpoint(workspace, "Desk")


def test_one_tap_sent_twenty_times_at_once_is_one_complaint(desk: Touchpoint) -> None:
    entry, key = Entry(severity=2), new_key()
    fates = at_once(*[partial(enter_at_counter, desk, entry, key=key)] * AT_ONCE)
    assert sorted(map(str, fates)) == ["stored", *["unchanged"] * (AT_ONCE - 1)]
    assert Response.objects.count() == Observation.objects.count() == Case.objects.count() == 1


def test_one_message_sent_twenty_times_at_once_is_heard_once(
    desk: Touchpoint, workspace: Workspace, edda: User
) -> None:
    bricks = bricks_for(workspace, by=edda)
    ask(bricks, "q1", part="rating", scale="csat:1-5", subject=desk.subject)
    fates = at_once(*[partial(send, bricks, "m1")] * AT_ONCE)
    assert sorted(map(str, fates)) == ["200", *["202"] * (AT_ONCE - 1)]
    assert Response.objects.count() == Observation.objects.count() == 1
    assert Formbricks.objects.get().heard == bricks.question("q1").stored == 1


def test_a_new_question_in_twenty_messages_at_once_is_listed_once(
    desk: Touchpoint, workspace: Workspace, edda: User
) -> None:
    bricks = bricks_for(workspace, by=edda)
    fates = at_once(*[partial(send, bricks, f"m{number}") for number in range(AT_ONCE)])
    assert {str(fate) for fate in fates} == {"202"}, "nothing is mapped yet"
    assert bricks.connection.questions.count() == 1
    assert bricks.question("q1").missed == AT_ONCE


def send(bricks: Bricks, message: str) -> int:
    """The status of the answer."""
    status: int = Bricks(bricks.connection, Client()).send(filled({"q1": 4}), message=message).status_code
    return status
