"""A case comes to its end with what became of the customer, or as no complaint, and can be taken up again."""

import datetime

import pytest
from django.db import IntegrityError

from feedback.actions import close_case, dismiss_case, edit_case, edit_case_rule, reopen_case, take_case
from feedback.models import Case
from workspaces.errors import Refused, Stale
from workspaces.models import AuditEntry


def test_a_case_is_closed_with_outcome_cost_and_word_to_the_customer(case, case_page, at, edda, sign_in):
    at.now += datetime.timedelta(hours=5)
    body = {"outcome": "recovered", "cost": "12.50", "customer_told": "on", "version": "1"}
    told = sign_in(edda).post(case_page("close"), body, follow=True).content.decode()
    assert "The case is closed." in told
    assert "12.50 EUR" in told
    case.refresh_from_db()
    assert (case.state, case.outcome, case.cost) == ("closed", "recovered", 1250)
    assert case.customer_told_at == case.closed_at == at.now
    assert case.lasted == datetime.timedelta(hours=5)


def test_closing_it_twice_is_harmless(case, edda):
    for _time in range(2):
        close_case(case, version=1, outcome="lost", by=edda)
    assert AuditEntry.objects.filter(verb="case.close").count() == 1


def test_another_end_than_it_has_is_refused(case, edda):
    close_case(case, version=1, outcome="lost", by=edda)
    with pytest.raises(Stale):
        close_case(case, version=1, outcome="recovered", by=edda)
    with pytest.raises(Refused):
        close_case(case, version=2, outcome="recovered", by=edda)


def test_more_than_the_limit_is_refused_on_the_page_and_by_the_database(case, case_page, workspace, ada, edda, sign_in):
    edit_case_rule(workspace, version=1, refund=1000, by=ada)
    edit_case(case, version=1, play="refund", by=edda)
    answer = sign_in(edda).post(case_page("close"), {"outcome": "recovered", "cost": "10.01", "version": "2"})
    assert answer.status_code == 422
    assert "more than may be spent" in answer.content.decode()
    with pytest.raises(IntegrityError):
        Case.objects.update(cost=1001)


def test_without_an_outcome_nothing_is_closed(case, case_page, edda, sign_in):
    assert sign_in(edda).post(case_page("close"), {"version": "1"}).status_code == 422
    assert Case.objects.get().state == "open"


def test_what_is_no_complaint_is_dismissed_with_a_reason(case, case_page, edda, sign_in):
    assert sign_in(edda).post(case_page("dismiss"), {"reason": "", "version": "1"}).status_code == 422
    told = sign_in(edda).post(case_page("dismiss"), {"reason": "Praise, misread", "version": "1"}, follow=True)
    assert "Praise, misread" in told.content.decode()
    assert Case.objects.get().state == "dismissed"


def test_it_is_taken_up_again(case, edda):
    take_case(case, by=edda)
    dismiss_case(case, version=2, reason="Praise", by=edda)
    for _time in range(2):
        again = reopen_case(case, by=edda)
    assert (again.state, again.reason, again.closed_at, again.version) == ("in_hand", "", None, 4)


@pytest.mark.parametrize(
    "facts",
    [{"state": "closed"}, {"state": "dismissed", "reason": "so"}, {"outcome": "recovered"}, {"reason": "so"}],
    ids=str,
)
def test_the_database_keeps_no_half_an_end(case, facts):
    with pytest.raises(IntegrityError):
        Case.objects.update(**facts)


@pytest.mark.parametrize("verb", ["close", "dismiss", "reopen"])
def test_viewer_ends_no_case(case, case_page, vik, sign_in, verb):
    assert sign_in(vik).post(case_page(verb), {"outcome": "lost", "reason": "so", "version": "1"}).status_code == 403


def test_that_the_customer_knows_is_said_later(case, case_page, at, edda, sign_in):
    client = sign_in(edda)
    client.post(case_page("close"), {"outcome": "recovered", "cost": "12.50", "version": "1"})
    form = client.get(case_page()).context["close_form"]
    hidden = {field.html_name: field.value() or "" for field in form}
    assert "The customer has been told" in client.get(case_page()).content.decode()
    at.now += datetime.timedelta(hours=5)
    told = client.post(case_page("close"), hidden | {"customer_told": "on"}, follow=True)
    assert "The customer has been told" not in told.content.decode()
    closed_at = case.closed_at
    case.refresh_from_db()
    assert (case.customer_told_at, case.version, case.cost) == (at.now, 3, 1250)
    assert case.closed_at != at.now != closed_at, "it ended when it ended"


def test_somebody_else_who_says_so_of_a_stale_case_is_heard_once(case, edda, ada):
    close_case(case, version=1, outcome="lost", by=edda)
    with pytest.raises(Stale):
        close_case(case, version=1, outcome="lost", customer_told=True, by=ada)
    for _time in range(2):
        close_case(case, version=2, outcome="lost", customer_told=True, by=ada)
    assert AuditEntry.objects.filter(verb="case.close").count() == 2
