"""Whoever looks after a touchpoint is told of a case at once, and once more when it is overdue."""

import datetime

import pytest
from django.core import mail

from feedback.actions import close_case, dismiss_case, edit_case_rule, record_responses, tell_cases
from feedback.models import Case
from tests.answering import an_answer
from tests.cast import member_of
from touchpoints.actions import edit_touchpoint
from workspaces.actions import create_team, mail_notices
from workspaces.models import Notice

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def owned(workspace, delays, edda, olga):
    """Edda owns the delay information."""
    edit_touchpoint(delays, version=1, by=olga, owner=member_of(workspace, edda))
    return delays


def complain(workspace, about, *severities):
    record_responses(workspace, [an_answer(about, one, metric="complaint", text="Too late") for one in severities])
    tell_cases()


def told():
    """Whom, by what key, and how many complaints: each notice, the oldest first."""
    return [(one.member.user.name, one.key, one.told["count"]) for one in Notice.objects.order_by("id")]


def test_the_owner_is_told_in_the_app_and_by_mail(workspace, at, owned, edda, sign_in):
    complain(workspace, owned, 2)
    case = Case.objects.get()
    assert told() == [("Edda", f"case:{case.pk}", 1)]
    page = sign_in(edda).get(f"/w/{workspace.slug}/notices/").content.decode()
    assert "a serious complaint, due by" in page
    assert f"/cases/{case.pk}/" in page
    mail_notices()
    [letter] = mail.outbox
    assert letter.to == [edda.email]
    assert "Delay information: a serious complaint, due by" in letter.subject.replace("\n", "")
    assert f"/w/{workspace.slug}/cases/{case.pk}/" in letter.body
    assert "Too late" not in letter.body  # what a customer wrote is not mailed


def test_a_whole_team_is_told_and_where_nobody_owns_it_the_admins(workspace, at, delays, counter, vik, ada, olga):
    team = create_team(workspace, name="Control room", members=[member_of(workspace, vik)], by=olga)
    edit_touchpoint(delays, version=1, by=olga, owner=team)
    complain(workspace, delays, 1)
    complain(workspace, counter, 1)
    assert sorted(name for name, _key, _count in told()) == ["Ada", "Olga", "Vik"]


def test_of_many_at_once_there_is_one_notice(workspace, at, owned):
    complain(workspace, owned, 1, 3, 1)
    severest = Case.objects.get(severity=3)
    assert told() == [("Edda", f"case:{severest.pk}", 3)]


def test_it_leads_to_them_and_names_the_first_deadline(workspace, at, owned, ada):
    edit_case_rule(workspace, version=1, minor_hours=2, severe_hours=4, by=ada)
    complain(workspace, owned, 3, 1)
    notice = Notice.objects.get()
    assert notice.told["due"] == (at.now + 2 * HOUR).isoformat()
    assert notice.path == f"/w/{workspace.slug}/cases/?subject={owned.subject_id}"


def test_nobody_is_told_twice(workspace, at, owned):
    complain(workspace, owned, 1)
    assert tell_cases() == 0
    assert len(told()) == 1


def test_an_overdue_case_is_told_once(workspace, at, owned, edda, sign_in):
    complain(workspace, owned, 2)
    at.now += 24 * HOUR - datetime.timedelta(seconds=1)
    assert tell_cases() == 0
    at.now += datetime.timedelta(seconds=1)
    assert (tell_cases(), tell_cases()) == (1, 0)
    assert told()[1][:2] == ("Edda", f"case-overdue:{Case.objects.get().pk}")
    assert "a serious complaint is overdue since" in sign_in(edda).get(f"/w/{workspace.slug}/notices/").content.decode()


def test_of_what_has_ended_by_then_nobody_is_told(workspace, at, owned, edda):
    record_responses(workspace, [an_answer(owned, 1, metric="complaint") for _ in range(2)])
    kept, gone = Case.objects.order_by("id")
    dismiss_case(gone, version=1, reason="Praise", by=edda)
    assert (tell_cases(), tell_cases()) == (2, 0)
    assert told() == [("Edda", f"case:{kept.pk}", 1)]


def test_what_was_closed_in_time_is_never_overdue(workspace, at, owned, edda):
    complain(workspace, owned, 2)
    close_case(Case.objects.get(), version=1, outcome="recovered", by=edda)
    at.now += 48 * HOUR
    assert tell_cases() == 0
