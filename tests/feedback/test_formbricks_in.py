"""What a Formbricks sends: believed by its signature, stored once, counted where it is mapped."""

from typing import Any

import pytest

from feedback.actions.formbricks import disconnect_formbricks
from feedback.models import Formbricks, Response, Submission
from feedback.models.formbricks import MOST_QUESTIONS
from tests.answering import Clock, health
from tests.feedback.bricks import Bricks, ask, bricks_for, filled
from touchpoints.actions import subject_of
from touchpoints.models import Touchpoint
from workspaces import limits
from workspaces.actions import create_attribute
from workspaces.models import User, Workspace


@pytest.fixture
def bricks(at: Clock, workspace: Workspace, delays: Touchpoint, edda: User) -> Bricks:
    """Connected; `q1` is a CSAT about Delay information, `why` the words for it."""
    made = bricks_for(workspace, by=edda)
    ask(made, "q1", part="rating", scale="csat:1-5", subject=delays.subject)
    ask(made, "why", part="words")
    return made


def stored() -> list[tuple[str, int | None, str]]:
    return list(Response.objects.order_by("pk").values_list("question", "value", "text"))


def test_an_answer_counts_where_its_question_is_mapped(bricks: Bricks, delays: Touchpoint) -> None:
    answer = bricks.send(filled({"q1": 4, "why": "Told in time"}))
    assert (answer.status_code, answer.json()["stored"]) == (200, 2)
    assert stored() == [("q1", 4, "Told in time")]
    submission = Submission.objects.get()
    assert (submission.source, submission.external_id) == ("Formbricks", "r1")
    assert submission.occurred_at.isoformat() == "2026-03-15T10:58:00+00:00"
    assert health(delays).answers == 1


@pytest.mark.parametrize(
    "body",
    [
        {"event": "responseFinished", "data": {"response": {"id": "r1", "data": {"q1": 4}}, "surveyId": "s1"}},
        {"event": "responseFinished", "surveyId": "s1", "data": {"id": "r1", "data": {"q1": 4}}},
        {"event": "responseFinished", "survey_id": "s1", "data": {"id": "r1", "finished": True, "data": {"q1": "4"}}},
        {"event": "responseUpdated", "data": {"id": "r1", "surveyId": "s1", "finished": True, "data": {"q1": 4.0}}},
    ],
)
def test_every_version_of_its_messages_is_read(bricks: Bricks, body: dict[str, Any]) -> None:
    assert bricks.send(body).status_code == 200
    assert stored() == [("q1", 4, "")]


def test_a_replay_is_a_no_op(bricks: Bricks) -> None:
    assert bricks.send(filled({"q1": 4, "new": "x"}), message="m").json()["stored"] == 1
    before = [*Formbricks.objects.values(), *bricks.connection.questions.order_by("pk").values()]
    again = bricks.send(filled({"q1": 4, "new": "x"}), message="m")
    assert (again.status_code, again.json()["stored"]) == (202, 0)
    assert [*Formbricks.objects.values(), *bricks.connection.questions.order_by("pk").values()] == before
    assert stored() == [("q1", 4, "")]


def test_the_same_state_under_another_id_stores_nothing_twice(bricks: Bricks, delays: Touchpoint) -> None:
    bricks.send(filled({"q1": 4}))
    assert bricks.send(filled({"q1": 4})).json()["unchanged"] == 1
    assert health(delays).answers == 1


def test_a_later_state_replaces_an_earlier_one_in_whatever_order_they_come(bricks: Bricks) -> None:
    later = filled({"q1": 2}, event="responseUpdated", updatedAt="2026-03-15T10:59:10.000Z")
    assert bricks.send(later).json()["stored"] == 1
    assert bricks.send(filled({"q1": 4})).json()["unchanged"] == 1
    assert stored() == [("q1", 2, "")]
    last = filled({"q1": 5}, event="responseUpdated", updatedAt="2026-03-15T10:59:20.000Z")
    assert bricks.send(last).json()["edited"] == 1
    assert stored() == [("q1", 5, "")]


def test_what_is_not_finished_waits(bricks: Bricks) -> None:
    for event in ("responseCreated", "responseUpdated"):
        assert bricks.send(filled({"q1": 4}, event=event, finished=False)).status_code == 202
    assert not Response.objects.exists()
    assert bricks.send(filled({"q1": 4})).status_code == 200


@pytest.mark.parametrize(
    ("how", "status", "fault"),
    [
        ({"webhook_signature": "v1,AAAA"}, 401, "wrong"),
        ({"webhook_signature": ""}, 401, "unsigned"),
        ({"webhook_id": "another"}, 401, "wrong"),
        ({"seconds": -301}, 401, "stale"),
        ({"seconds": 301}, 401, "stale"),
        ({"key": "0123456789abcdef01234567"}, 404, ""),
        ({"key": "x"}, 404, ""),
    ],
)
def test_what_is_not_believed_is_refused_and_told(bricks: Bricks, how: dict[str, Any], status: int, fault: str) -> None:
    assert bricks.send(filled({"q1": 4}), **how).status_code == status
    assert not Response.objects.exists()
    connection = Formbricks.objects.get()
    assert (connection.refused, connection.fault, connection.heard) == (int(bool(fault)), fault, 0)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"7", 400),
        (b"", 400),
        (b'{"event": 5}', 400),
        (b'{"event": "responseFinished"}', 400),
        (b'{"event": "responseFinished", "data": []}', 400),
        (b'{"event": "responseFinished", "data": {"id": 5, "data": {}}}', 400),
        (b'{"event": "responseFinished", "data": {"id": "", "data": {}}}', 400),
        (b'{"event": "responseFinished", "data": {"id": "r1", "data": "x"}}', 400),
        (b'{"event": "responseFinished", "data": {"id": "\\u0000", "data": {}}}', 400),
        (b'{"event": "somethingElse", "data": {}}', 202),
        (b'{"event": "testEndpoint"}', 202),
        (b'{"x": "' + b"x" * 65_536 + b'"}', 413),
    ],
)
def test_what_is_no_answer_stores_nothing(bricks: Bricks, body: bytes, status: int) -> None:
    assert bricks.send(body).status_code == status
    assert not Submission.objects.exists()


def test_a_connection_can_be_tried_before_it_has_a_secret(workspace: Workspace, edda: User) -> None:
    bricks = bricks_for(workspace, by=edda)
    Formbricks.objects.update(secret="")
    assert bricks.send({"event": "testEndpoint"}, webhook_signature="").status_code == 401, "the header is there"
    tried = bricks.client.post(
        f"/in/formbricks/{bricks.connection.key}/", {"event": "testEndpoint"}, content_type="application/json"
    )
    assert tried.status_code == 202, "Formbricks asks so, unsigned, before it makes a webhook"
    assert bricks.send(filled({"q1": 4})).status_code == 401, "but nothing is believed without a secret"
    assert Formbricks.objects.get().fault == "secret"


def test_a_disconnected_one_is_not_found(bricks: Bricks, edda: User) -> None:
    disconnect_formbricks(bricks.connection, by=edda)
    assert bricks.send(filled({"q1": 4})).status_code == 404


def test_questions_that_nobody_mapped_are_listed_and_their_answers_only_counted(bricks: Bricks) -> None:
    canary = "Call me on 0170 5550123"
    answer = bricks.send(filled({"q9": 9, "open": canary, "many": ["A", "B"], "skipped": "", "none": None}))
    assert (answer.status_code, answer.json()["missed"]) == (202, 3)
    looks = {
        one.question: (one.looks, one.lowest, one.highest, one.missed) for one in bricks.connection.questions.all()
    }
    assert looks["q9"] == ("number", 9, 9, 1)
    assert looks["open"] == ("words", None, None, 1)
    assert looks["many"] == ("choice", None, None, 1)
    assert not looks.keys() & {"skipped", "none"}
    kept = [*Formbricks.objects.values(), *bricks.connection.questions.values()]
    assert "0170" not in str(kept)
    assert not Submission.objects.exists()


def test_a_large_number_may_be_a_telephone_and_is_not_kept(bricks: Bricks) -> None:
    bricks.send(filled({"phone": 1705550123, "typed": "01705550123", "step": "7"}))
    assert bricks.question("phone").highest is None
    assert bricks.question("typed").highest is None
    assert bricks.question("step").highest == 7


def test_words_go_with_the_rating_before_them(bricks: Bricks, workspace: Workspace) -> None:
    ask(bricks, "q2", part="rating", scale="nps:0-10", subject=subject_of(workspace))
    ask(bricks, "more", part="words")
    bricks.send(filled({"more": "Before any", "q1": 4, "why": "One", "q2": 9}))
    assert stored() == [("q1", 4, "One"), ("q2", 9, "")]
    assert bricks.question("more").missed == 1, "words without a rating are told, not kept"


def test_an_answer_off_the_scale_is_refused_and_counted(bricks: Bricks, workspace: Workspace) -> None:
    ask(bricks, "q2", part="rating", scale="nps:0-10", subject=subject_of(workspace))
    assert bricks.send(filled({"q1": 6, "q2": 10})).json() == {
        "stored": 1,
        "edited": 0,
        "unchanged": 0,
        "refused": 1,
        "missed": 0,
    }
    assert stored() == [("q2", 10, "")]
    assert bricks.question("q1").refused == 1


def test_a_choice_tells_an_attribute(bricks: Bricks, workspace: Workspace, edda: User) -> None:
    create_attribute(workspace, name="Line", key="line", by=edda)
    ask(bricks, "line", part="attribute", attribute="line")
    ask(bricks, "gone", part="attribute", attribute="gone")
    bricks.send(filled({"q1": 4, "line": ["S1", "S2"], "gone": "x"}))
    assert Submission.objects.get().attributes == {"line": "S1, S2"}
    assert bricks.question("gone").missed == 1


def test_what_is_left_out_is_not_counted_as_missed(bricks: Bricks) -> None:
    ask(bricks, "name", part="left_out")
    bricks.send(filled({"q1": 4, "name": "Kim"}))
    assert bricks.question("name").missed == 0


def test_questions_are_listed_up_to_a_limit(bricks: Bricks) -> None:
    many = {f"new{number}": 1 for number in range(MOST_QUESTIONS)}
    bricks.send(filled(many))
    assert bricks.connection.questions.count() == MOST_QUESTIONS
    assert Formbricks.objects.get().unlisted == 2


@pytest.mark.usefixtures("within_one_window")
def test_no_more_than_so_many_messages_a_minute(bricks: Bricks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "formbricks_in", (limits.Limit(limits.place, 2, 60),))
    statuses = [bricks.send(filled({"q1": 4})).status_code for _time in range(3)]
    assert statuses == [200, 200, 429]
