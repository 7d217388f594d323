"""Cases are taken in hand by editors, once each."""

from feedback.actions import take_case
from tests.cast import member_of
from workspaces.models import AuditEntry


def test_whoever_takes_a_case_looks_after_it(case, case_page, workspace, edda, sign_in):
    answer = sign_in(edda).post(case_page("take"), follow=True)
    assert "You look after this case now." in answer.content.decode()
    case.refresh_from_db()
    assert (case.state, case.owner) == ("in_hand", member_of(workspace, edda))


def test_taking_it_twice_is_harmless(case, edda):
    take_case(case, by=edda)
    assert take_case(case, by=edda).version == 2
    assert AuditEntry.objects.filter(verb="case.take").count() == 1


def test_viewer_cannot_take_a_case(case, case_page, vik, sign_in):
    assert sign_in(vik).post(case_page("take")).status_code == 403
    assert "Take in hand" not in sign_in(vik).get(case_page()).content.decode()


def test_an_outsider_sees_nothing_of_it(case, case_page, otto, sign_in):
    assert sign_in(otto).get(case_page()).status_code == 404


def test_the_page_tells_what_the_customer_said_but_not_the_address(case, case_page, vik, sign_in):
    told = sign_in(vik).get(case_page()).content.decode()
    assert "The push came late, write to •••" in told
    assert "kim@example.org" not in told
