"""Cases for programs: listed, given, taken, closed, dismissed and reopened."""

import pytest

from feedback.actions import edit_case_rule, record_responses, remove_responses
from feedback.models import Case, Response
from tests.answering import an_answer, new_touchpoint
from tests.rest import Rest


def test_a_program_reads_a_case(case, delays, tess):
    [told] = Rest(tess).get("cases/").json()["results"]
    assert (told["subject"], told["touchpoint"], told["journey"]) == ("touchpoint", delays.pk, None)
    assert (told["cause"], told["severity"], told["state"], told["is_overdue"]) == ("complaint", 2, "open", False)
    assert (told["response"], told["owner"], told["outcome"]) == (case.response_id, None, "")
    assert "kim@example.org" not in str(told)


def test_it_asks_for_some_only(case, delays, counter, tess):
    rest = Rest(tess)

    def found(query):
        return [one["id"] for one in rest.get(f"cases/?{query}").json()["results"]]

    assert found("state=open") == found(f"touchpoint={delays.pk}&ordering=due_at") == [case.pk]
    assert found("state=closed") == found(f"touchpoint={counter.pk}") == []


def test_it_weighs_takes_and_closes_a_case(case, workspace, ada, tess):
    edit_case_rule(workspace, version=1, refund=2500, by=ada)
    rest, path = Rest(tess), f"cases/{case.pk}/"
    assert rest.patch(path, {"severity": 3, "play": "refund", "version": 1}).json()["limit"] == 2500
    assert rest.post(f"{path}take/").json()["state"] == "in_hand"
    body = {"outcome": "recovered", "cost": 2500, "customer_told": True}
    told = [rest.post(f"{path}close/", body).json() for _time in range(2)]
    assert told[0] == told[1]
    assert (told[0]["state"], told[0]["cost"]) == ("closed", 2500)
    assert told[0]["customer_told_at"]


def test_more_than_the_limit_is_refused(case, tess):
    Case.objects.update(limit=100)
    answer = Rest(tess).post(f"cases/{case.pk}/close/", {"outcome": "lost", "cost": 101})
    assert answer.status_code == 409
    assert "more than may be spent" in answer.json()["detail"]


def test_it_dismisses_and_reopens_a_case(case, tess):
    rest, path = Rest(tess), f"cases/{case.pk}/"
    assert rest.post(f"{path}dismiss/", {"reason": "Praise"}).json()["state"] == "dismissed"
    assert rest.post(f"{path}reopen/").json()["reason"] == ""


def test_it_opens_a_case_for_an_answer(workspace, at, delays, edda, tess):
    record_responses(workspace, [an_answer(delays, 4, text="Not what I ordered")])
    answer = Response.objects.get()
    rest = Rest(tess)
    made = rest.post("cases/", {"response": answer.pk, "severity": 3})
    assert made.status_code == 201
    assert {name: made.json()[name] for name in ("response", "cause", "severity", "state", "touchpoint")} == {
        "response": answer.pk,
        "cause": "mark",
        "severity": 3,
        "state": "open",
        "touchpoint": delays.pk,
    }
    again = rest.post("cases/", {"response": answer.pk, "severity": 1})
    assert (again.status_code, again.json()["severity"], Case.objects.count()) == (200, 3, 1)


def test_it_opens_none_for_what_is_not_there(case, workspace, at, delays, elsewhere, edda, tess):
    rest, there = Rest(tess), new_touchpoint(elsewhere, "There")
    record_responses(elsewhere, [an_answer(there, 1)])
    foreign = Response.objects.get(workspace=elsewhere)
    assert rest.post("cases/", {"response": foreign.pk, "severity": 1}).status_code == 404
    assert rest.post("cases/", {"response": 2**62, "severity": 1}).status_code == 404
    record_responses(workspace, [an_answer(delays, 4)])
    removed = Response.objects.get(value=4)
    remove_responses(workspace, [removed.pk], by=edda)
    assert rest.post("cases/", {"response": removed.pk, "severity": 1}).status_code == 422
    assert rest.post("cases/", {"response": case.response_id, "severity": 4}).status_code == 400
    assert rest.post("cases/", {"response": case.response_id}).status_code == 400
    assert Case.objects.count() == 1


def test_it_says_later_that_the_customer_knows(case, tess):
    rest, path = Rest(tess), f"cases/{case.pk}/close/"
    rest.post(path, {"outcome": "recovered", "cost": 100})
    told = rest.post(path, {"outcome": "recovered", "cost": 100, "customer_told": True}).json()
    assert told["customer_told_at"]
    assert rest.post(path, {"outcome": "lost", "cost": 100, "version": told["version"]}).status_code == 422


@pytest.mark.parametrize(
    "body", [{}, {"outcome": "fine"}, {"outcome": "lost", "cost": -1}, {"outcome": "lost", "a": 1}]
)
def test_what_cannot_be_is_refused(case, tess, body):
    assert Rest(tess).post(f"cases/{case.pk}/close/", body).status_code == 400
