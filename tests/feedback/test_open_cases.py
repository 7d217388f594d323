"""A complaint opens a case at once, with those who look after the touchpoint, and only one."""

import datetime
import time
from functools import partial

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from feedback.actions import edit_case_rule, mark_complaint, record_responses, remove_responses, rule_of, undo_import
from feedback.models import Case, Response
from tests.answering import TODAY, an_answer, new_touchpoint
from tests.cast import member_of
from tests.elsewhere import Elsewhere, failures
from touchpoints.actions import edit_touchpoint
from workspaces.actions import create_team
from workspaces.errors import Refused
from workspaces.models import AuditEntry, Job

DAY = datetime.timedelta(days=1)


def complaint(about, severity=1, **more):
    return an_answer(about, severity, metric="complaint", **more)


def causes():
    """Cause and severity of each case, the oldest first."""
    return list(Case.objects.order_by("id").values_list("cause", "severity"))


def an_import(workspace):
    job: Job = Job.objects.create(
        workspace=workspace, kind="feedback.import_answers", key=f"file {Job.objects.count()}", state="running"
    )
    return job


def until_it_waits():
    """Until another connection waits for what this one holds."""
    waiting = "SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
    until = time.monotonic() + 20
    with connection.cursor() as cursor:
        while not cursor.execute(waiting).rowcount:
            assert time.monotonic() < until
            time.sleep(0.02)


@pytest.mark.parametrize(("severity", "hours"), [(1, 72), (2, 24), (3, 4)])
def test_a_complaint_opens_a_case_that_is_due_by_its_severity(workspace, at, delays, severity, hours):
    record_responses(workspace, [complaint(delays, severity, text="The push never came")])
    case = Case.objects.get()
    assert (case.cause, case.severity, case.state) == ("complaint", severity, "open")
    assert (case.response, case.subject) == (Response.objects.get(), delays.subject)
    assert (case.opened_at, case.due_at) == (at.now, at.now + datetime.timedelta(hours=hours))


def test_the_owner_of_the_touchpoint_looks_after_it(workspace, at, delays, edda, olga):
    edit_touchpoint(delays, version=1, by=olga, owner=member_of(workspace, edda))
    record_responses(workspace, [complaint(delays)])
    assert Case.objects.get().owner == member_of(workspace, edda)


def test_so_does_its_team(workspace, at, delays, edda, olga):
    team = create_team(workspace, name="Control room", members=[member_of(workspace, edda)], by=olga)
    edit_touchpoint(delays, version=1, by=olga, owner=team)
    record_responses(workspace, [complaint(delays)])
    assert Case.objects.get().owner == team


@pytest.mark.parametrize(
    ("metric", "scale", "value", "opens"),
    [
        ("csat", "1-5", 1, True),
        ("csat", "1-5", 2, False),
        ("csat", "1-7", 1, True),
        ("ces", "1-7r", 7, True),
        ("ces", "1-7r", 1, False),
        ("nps", "0-10", 1, True),
        ("nps", "0-10", 2, False),
        ("emotion", "-2-2", -2, True),
        ("expectation", "-2-2", -2, False),
    ],
)
def test_the_lowest_scores_open_one_where_a_comment_comes_with_them(workspace, at, delays, metric, scale, value, opens):
    answer = {"metric": metric, "scale": scale}
    record_responses(workspace, [an_answer(delays, value, **answer)])
    assert not Case.objects.exists()
    record_responses(workspace, [an_answer(delays, value, text="Never again", **answer)])
    assert causes() == ([("low", 1)] if opens else [])


def test_what_was_experienced_long_ago_opens_none(workspace, at, delays, ada):
    record_responses(workspace, [complaint(delays, occurred_at=TODAY - 8 * DAY)])
    assert not Case.objects.exists()
    edit_case_rule(workspace, version=1, by=ada, days=30)
    record_responses(workspace, [complaint(delays, occurred_at=TODAY - 8 * DAY)])
    assert Case.objects.count() == 1


def test_an_imported_file_opens_none_unless_that_is_asked_for(workspace, at, delays, ada):
    record_responses(workspace, [complaint(delays)], job=an_import(workspace))
    assert not Case.objects.exists()
    edit_case_rule(workspace, version=1, by=ada, imports=True)
    record_responses(workspace, [complaint(delays)], job=an_import(workspace))
    assert Case.objects.count() == 1


def test_admins_choose_hours_and_whether_low_scores_count(workspace, at, delays, ada):
    edit_case_rule(workspace, version=1, by=ada, serious_hours=8, low_scores=False)
    record_responses(workspace, [complaint(delays, 2), an_answer(delays, 1, text="Never again")])
    assert causes() == [("complaint", 2)]
    assert Case.objects.get().due_at == at.now + datetime.timedelta(hours=8)


def test_the_same_answer_again_and_its_edit_open_no_second_one(workspace, at, delays):
    first = complaint(delays, external_id="q")
    record_responses(workspace, [first])
    record_responses(workspace, [first])
    record_responses(workspace, [complaint(delays, 3, external_id="q", version=2)])
    assert causes() == [("complaint", 1)]


def test_an_edit_that_complains_opens_one(workspace, at, delays):
    record_responses(workspace, [an_answer(delays, 4, external_id="q", text="Fine")])
    record_responses(workspace, [an_answer(delays, 1, external_id="q", text="No, it is not", version=2)])
    assert causes() == [("low", 1)]


def test_an_edit_that_complains_no_more_leaves_the_case(workspace, at, delays):
    record_responses(workspace, [an_answer(delays, 1, external_id="q", text="Never again")])
    record_responses(workspace, [an_answer(delays, 5, external_id="q", text="Sorry, all is well", version=2)])
    assert causes() == [("low", 1)]


def test_of_an_import_that_is_taken_back_no_case_is_left_under_way(workspace, at, delays, ada):
    edit_case_rule(workspace, version=1, by=ada, imports=True)
    job = an_import(workspace)
    record_responses(workspace, [complaint(delays)], job=job)
    undo_import(job, by=ada)
    case = Case.objects.get()
    assert (case.state, case.response) == ("dismissed", None)
    assert case.reason == "The answer was taken back."


@pytest.mark.django_db(transaction=True)
def test_nor_is_one_that_is_opened_by_hand_while_it_is_taken_back(workspace, delays, ada, edda):
    job = an_import(workspace)
    record_responses(workspace, [an_answer(delays, 3)], job=job)
    with transaction.atomic():
        mark_complaint(Response.objects.get(), severity=1, by=edda)
        undo = Elsewhere(partial(undo_import, job, by=ada))
        until_it_waits()
    assert undo.done() == 1
    case = Case.objects.get()
    assert (case.state, case.response, Response.objects.count()) == ("dismissed", None, 0)


def test_one_statement_more_where_somebody_complains_and_none_where_nobody_does(workspace, at, delays):
    def statements(*answers):
        with CaptureQueriesContext(connection) as done:
            record_responses(workspace, list(answers))
        return len(done)

    statements(an_answer(delays, 5))
    usual = statements(an_answer(delays, 5), an_answer(delays, 2, text="Late"))
    assert statements(an_answer(delays, 5), an_answer(delays, 1, text="Late")) == usual + 1
    assert statements(*(complaint(delays) for _ in range(200))) == usual + 1
    assert Case.objects.count() == 201


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_record_the_same_complaint_at_once_there_is_one_case(workspace, delays):
    same = complaint(delays, external_id="q", occurred_at=datetime.datetime.now(datetime.UTC))
    assert failures(*[partial(record_responses, workspace, [same])] * 20) == []
    assert Case.objects.count() == 1


def test_an_answer_is_marked_as_a_complaint_by_hand_and_once(workspace, at, delays, edda):
    record_responses(workspace, [an_answer(delays, 3, text="The lift again", occurred_at=TODAY - 100 * DAY)])
    case = mark_complaint(Response.objects.get(), severity=2, by=edda)
    assert (case.cause, case.severity, case.due_at) == ("mark", 2, at.now + DAY)
    assert mark_complaint(Response.objects.get(), severity=3, by=edda) == case
    assert AuditEntry.objects.get(verb="case.create").actor == edda


def test_one_that_has_been_removed_is_not(workspace, at, delays, edda):
    record_responses(workspace, [an_answer(delays, 3)])
    remove_responses(workspace, Response.objects.values_list("id", flat=True), by=edda)
    with pytest.raises(Refused):
        mark_complaint(Response.objects.get(), severity=1, by=edda)


def test_the_rule_of_one_workspace_is_not_that_of_another(workspace, elsewhere, at, delays, otto):
    edit_case_rule(elsewhere, version=1, by=otto, low_scores=False)
    assert rule_of(workspace).low_scores
    record_responses(workspace, [an_answer(delays, 1, text="Never again")])
    there = new_touchpoint(elsewhere, "Tram stop")
    record_responses(elsewhere, [an_answer(there, 1, text="Never again")])
    assert [case.workspace for case in Case.objects.all()] == [workspace]
