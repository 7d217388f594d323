"""The list of cases, and the figures of how complaints are dealt with, wherever they stand."""

import csv
import datetime
from dataclasses import replace

import pytest

from feedback.actions import close_case, dismiss_case, edit_case, mark_complaint, record_responses, take_case
from feedback.models import Case, Response
from journeys.actions.journeys import create_journey
from scorecards.dealt import dealt_with
from tests.answering import an_answer
from tests.cast import member_of
from touchpoints.actions import subject_of

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def complain(workspace, at):
    """`complain(delays, 1, 2)`: cases of these severities about it, the first first."""

    def say(about, *severities, **more):
        record_responses(workspace, [an_answer(about, one, metric="complaint", **more) for one in severities])
        return list(Case.objects.filter(subject=about.subject_id).order_by("id"))[-len(severities) :]

    return say


@pytest.fixture
def listed(workspace, edda, sign_in):
    """`listed("show=mine")`: the numbers of the cases that Edda's list shows, in their order."""

    def shown(query=""):
        page = sign_in(edda).get(f"/w/{workspace.slug}/cases/?{query}")
        return [case.pk for case in page.context["page"]]

    return shown


def close_all(cases, at, edda, *, hours, recovered):
    at.now += hours * HOUR
    for number, case in enumerate(cases):
        close_case(case, version=1, outcome="recovered" if number < recovered else "lost", by=edda)


def test_what_is_due_first_stands_first(complain, delays, listed):
    minor, severe, serious = complain(delays, 1, 3, 2)
    assert listed() == [severe.pk, serious.pk, minor.pk]


def test_it_is_narrowed_to_mine_overdue_ended_and_a_touchpoint(
    workspace, complain, delays, counter, at, edda, ada, listed
):
    mine, late, over = complain(delays, 1, 2, 1)
    [elsewhere] = complain(counter, 1)
    take_case(mine, by=edda)
    dismiss_case(over, version=1, reason="Praise", by=ada)
    at.now += 25 * HOUR
    assert listed("show=mine") == [mine.pk]
    assert listed("show=overdue") == [late.pk]
    assert listed("show=ended") == [over.pk]
    assert listed(f"subject={counter.subject_id}") == [elsewhere.pk]
    assert listed("subject=nonsense&show=nonsense") == [late.pk, mine.pk, elsewhere.pk]


def test_it_is_narrowed_to_a_journey_and_to_the_company(workspace, complain, delays, edda, listed):
    complain(delays, 1)
    [way] = complain(create_journey(workspace, name="Commute", by=edda), 1)
    record_responses(workspace, [replace(an_answer(delays, 1, metric="complaint"), subject=subject_of(workspace).pk)])
    about_company = Case.objects.get(subject__kind="workspace")
    assert listed(f"subject={way.subject_id}") == [way.pk]
    assert listed(f"subject={about_company.subject_id}") == [about_company.pk]


def test_half_are_closed_within_and_so_many_recovered(workspace, complain, delays, at, edda):
    cases = complain(delays, *[1] * 7)
    close_all(cases[:3], at, edda, hours=2, recovered=3)
    close_all(cases[3:5], at, edda, hours=8, recovered=0)
    dismiss_case(cases[5], version=1, reason="Praise", by=edda)
    dealt = dealt_with(workspace, delays.subject_id)
    assert (dealt.under_way, dealt.overdue, dealt.closed) == (1, 0, 5)
    assert (dealt.lasted, dealt.recovered) == (2 * HOUR, 0.6)


def test_below_five_closed_cases_no_figure_is_told(workspace, complain, delays, at, edda, sign_in):
    close_all(complain(delays, *[1] * 4), at, edda, hours=2, recovered=4)
    dealt = dealt_with(workspace)
    assert (dealt.closed, dealt.lasted, dealt.recovered) == (4, None, None)
    assert "4 closed: figures from five on" in sign_in(edda).get(f"/w/{workspace.slug}/cases/").content.decode()


def test_list_and_touchpoint_tell_the_same(workspace, complain, delays, at, edda, sign_in):
    close_all(complain(delays, *[1] * 5), at, edda, hours=3, recovered=4)
    complain(delays, 1)
    client, figures = sign_in(edda), ("1 case under way", "half are closed within 3 hours", "of 5 customers recovered")
    for page in (f"cases/?subject={delays.subject_id}", f"touchpoints/{delays.pk}/"):
        told = client.get(f"/w/{workspace.slug}/{page}").content.decode()
        assert [figure for figure in figures if figure not in told] == [], page


def test_statements_do_not_grow_with_the_cases(workspace, complain, delays, edda, sign_in, django_assert_num_queries):
    client, address = sign_in(edda), f"/w/{workspace.slug}/cases/"
    complain(delays, 1)
    client.get(address)
    with django_assert_num_queries(12, exact=False) as few:
        client.get(address)
    complain(delays, *[1, 2, 3] * 5)
    with django_assert_num_queries(len(few)):
        client.get(address)


def test_home_tells_those_who_look_after_a_case(workspace, complain, delays, at, edda, vik, ada, sign_in):
    [case] = complain(delays, 2)
    edit_case(case, version=1, owner=member_of(workspace, edda), by=ada)
    at.now += 25 * HOUR
    told = sign_in(edda).get(f"/w/{workspace.slug}/").content.decode()
    assert "1 complaint that you look after" in told
    assert f"/cases/{case.pk}/" in told
    assert "overdue since" in told
    assert "complaint that you look after" not in sign_in(vik).get(f"/w/{workspace.slug}/").content.decode()


def test_a_case_is_opened_from_the_list_of_answers(workspace, at, delays, edda, vik, sign_in):
    record_responses(workspace, [an_answer(delays, 3, text="The lift again")])
    address = f"/w/{workspace.slug}/responses/{Response.objects.get().pk}/case/"
    lists = (f"/w/{workspace.slug}/answers/", f"/w/{workspace.slug}/touchpoints/{delays.pk}/answers/")
    assert all(address in sign_in(edda).get(page).content.decode() for page in lists)
    assert not any(address in sign_in(vik).get(page).content.decode() for page in lists)
    answer = sign_in(edda).post(address, {"severity": "3"})
    case = Case.objects.get()
    assert answer.url == f"/w/{workspace.slug}/cases/{case.pk}/"
    assert (case.cause, case.severity) == ("mark", 3)
    assert all(answer.url in sign_in(edda).get(page).content.decode() for page in lists)


def test_a_note_is_a_comment_and_whom_it_names_is_led_to_the_case(workspace, complain, delays, edda, vik, sign_in):
    [case] = complain(delays, 1)
    client = sign_in(edda)
    client.post(f"/w/{workspace.slug}/cases/{case.pk}/comments/", {"text": "@Vik who was on the phone?"})
    notice = member_of(workspace, vik).notices.get()
    to = sign_in(vik).get(notice.path)
    assert to.url == f"/w/{workspace.slug}/cases/{case.pk}/#comment-{notice.comment.pk}"
    assert "who was on the phone?" in sign_in(vik).get(to.url).content.decode()


def test_an_answer_that_complains_no_more_says_so_on_the_page(workspace, complain, delays, edda, sign_in):
    [case] = complain(delays, 1, external_id="q", question="one")
    record_responses(workspace, [an_answer(delays, 5, external_id="q", question="one", version=2)])
    told = sign_in(edda).get(f"/w/{workspace.slug}/cases/{case.pk}/").content.decode()
    assert "it is no complaint any more" in told


@pytest.mark.parametrize(
    ("now", "complains"),
    [({"value": 1, "metric": "complaint"}, True), ({"value": 1, "text": "So late"}, True), ({"value": 1}, False)],
)
def test_that_is_said_of_what_would_open_no_case_now(workspace, at, delays, edda, sign_in, now, complains):
    record_responses(workspace, [an_answer(delays, 1, external_id="q", question="one", text="Late")])
    record_responses(workspace, [an_answer(delays, external_id="q", question="one", version=2, **now)])
    told = sign_in(edda).get(f"/w/{workspace.slug}/cases/{Case.objects.get().pk}/").content.decode()
    assert ("it is no complaint any more" not in told) == complains


def test_of_an_answer_marked_by_hand_that_is_never_said(workspace, at, delays, edda, sign_in):
    record_responses(workspace, [an_answer(delays, 5, text="Fine, but the lift")])
    case = mark_complaint(Response.objects.get(), severity=1, by=edda)
    assert "no complaint any more" not in sign_in(edda).get(f"/w/{workspace.slug}/cases/{case.pk}/").content.decode()


def test_it_is_narrowed_to_when_they_were_opened(complain, delays, at, listed):
    [before] = complain(delays, 1)
    at.pass_days(1)
    [now] = complain(delays, 1)
    today = at.today.isoformat()
    assert listed(f"since={today}&show=all") == [now.pk]
    assert listed(f"until={at.today - datetime.timedelta(days=1)}&show=all") == [before.pk]
    assert listed(f"since={today}&until={today}&show=all") == [now.pk]
    assert listed("since=nonsense&until=0001-01-01&show=all") == [now.pk, before.pk]


def test_the_list_is_a_file_for_spreadsheets(workspace, complain, delays, counter, at, edda, sign_in):
    record_responses(workspace, [an_answer(delays, 2, metric="complaint", text="=cmd|' /C calc'!A0")])
    first = Case.objects.get()
    take_case(first, by=edda)
    close_case(first, version=2, outcome="recovered", cost=1250, customer_told=True, by=edda)
    complain(counter, 1)
    client, address = sign_in(edda), f"/w/{workspace.slug}/cases/cases.csv"
    told = client.get(f"{address}?subject={delays.subject_id}&show=all")
    [heads, line] = csv.reader(told.content.decode("utf-8-sig").splitlines())
    case = dict(zip(heads, line, strict=True))
    assert (case["About"], case["State"], case["Looks after it"]) == ("Delay information", "closed", "Edda")
    assert (case["Opened"], case["Cost (EUR)"], case["Outcome"]) == ("2026-03-15 12:00", "12.5", "recovered")
    assert case["Comment"] == "'=cmd|' /C calc'!A0"
    assert told.headers["Content-Type"] == "text/csv; charset=utf-8"
    page = client.get(f"/w/{workspace.slug}/cases/?show=all").content.decode()
    assert f"{address}?show=all" in page
    assert len(client.get(address).content.splitlines()) == 2, "those under way, as on the page"


def test_statements_do_not_grow_with_the_file(workspace, complain, delays, edda, sign_in, django_assert_num_queries):
    client, address = sign_in(edda), f"/w/{workspace.slug}/cases/cases.csv"
    about_company = replace(an_answer(delays, 1, metric="complaint"), subject=subject_of(workspace).pk)
    record_responses(workspace, [about_company])
    client.get(address)
    with django_assert_num_queries(9, exact=False) as few:
        client.get(address)
    complain(delays, *[1, 2, 3] * 5)
    record_responses(workspace, [replace(about_company, external_id=f"more {number}") for number in range(5)])
    with django_assert_num_queries(len(few)):
        client.get(address)
