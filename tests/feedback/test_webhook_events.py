"""Programs are told of answers and cases once, by ids and facts, and never of what a customer wrote or who they are."""

import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from feedback.actions import (
    Closed,
    answer_question,
    edit_survey,
    mark_complaint,
    record_responses,
    survey_for,
    tell_cases,
)
from feedback.models import Case, Response, Submission, Survey, new_key
from tests.answering import an_answer
from tests.receiving import told_of
from tests.rest import Rest
from tests.surveying import fill_in, survey_at
from workspaces.actions import pause_webhook
from workspaces.models import WebhookDelivery

SECRETS = ("Write to kim@example.org", "K-1001", "room 7")


def complaint(about, severity=2, **more):
    return an_answer(about, severity, metric="complaint", **more)


def statements(workspace, *answers):
    with CaptureQueriesContext(connection) as done:
        record_responses(workspace, list(answers))
    return len(done)


def test_a_new_submission_is_told_once_and_by_its_address(workspace, at, delays, receiver, webhook, tess):
    webhook(receiver, "submission.created")
    said = an_answer(delays, 4, text="Fine", external_id="K-1001")
    record_responses(workspace, [said])
    record_responses(workspace, [said])
    record_responses(workspace, [an_answer(delays, 5, external_id="K-1001", version=2)])
    ((told,),) = [data["submissions"] for data in told_of("submission.created")]
    found = Submission.objects.get()
    assert told == {
        "id": found.pk,
        "source": "survey",
        "occurred_at": found.occurred_at.isoformat(),
        "persona": None,
        "channel": None,
        "device": "",
        "api": f"http://127.0.0.1:8000/api/v1/submissions/{found.pk}/",
    }
    assert Rest(tess).get(told["api"].partition("/api/v1/")[2]).json()["id"] == found.pk


def test_neither_words_nor_names_of_customers_are_told(workspace, at, delays, receiver, webhook):
    webhook(receiver)
    comment, customer, room = SECRETS
    record_responses(workspace, [complaint(delays, text=comment, external_id=customer, segment=room)])
    at.pass_days(9)
    tell_cases()
    assert set(WebhookDelivery.objects.values_list("event", flat=True)) == {
        "submission.created",
        "case.opened",
        "case.overdue",
    }
    bodies = " ".join(WebhookDelivery.objects.values_list("body", flat=True))
    assert [word for word in SECRETS if word in bodies] == []


def test_many_at_once_are_told_by_the_hundred_and_in_no_more_than_64_kb(workspace, at, delays, receiver, webhook):
    webhook(receiver, "submission.created")
    record_responses(workspace, [an_answer(delays, 4, source="Ö" * 80) for _ in range(250)])
    assert [len(data["submissions"]) for data in told_of("submission.created")] == [100, 100, 50]
    ids = [one["id"] for data in told_of("submission.created") for one in data["submissions"]]
    assert sorted(ids) == sorted(Submission.objects.values_list("pk", flat=True))
    assert max(len(body.encode()) for body in WebhookDelivery.objects.values_list("body", flat=True)) < 64_000


def test_whoever_has_no_webhook_pays_no_statement_and_whoever_has_two(
    workspace, at, delays, elsewhere, otto, receiver, webhook, olga
):
    answers = (complaint(delays) for _ in range(9))
    statements(workspace, next(answers))
    without = statements(workspace, next(answers))
    webhook(receiver, of=elsewhere, by=otto)
    other = webhook(receiver, "health.band_changed")
    assert statements(workspace, next(answers)) == without
    pause_webhook(webhook(receiver), by=olga)
    assert statements(workspace, next(answers)) == without
    assert not WebhookDelivery.objects.exists()
    webhook(receiver, "submission.created", "case.opened")
    assert statements(workspace, next(answers)) == without + 2 * 2
    assert WebhookDelivery.objects.exclude(endpoint=other).count() == WebhookDelivery.objects.count() == 2


def test_what_is_not_stored_is_not_told(workspace, at, delays, edda, receiver, webhook):
    webhook(receiver)
    with transaction.atomic():
        record_responses(workspace, [complaint(delays)])
        assert WebhookDelivery.objects.count() == 2
        transaction.set_rollback(True)
    survey = survey_at(delays, by=edda)
    edit_survey(survey, version=survey.version, quota=1, by=edda)
    fill_in(survey, new_key(), 2, 3, None)
    with pytest.raises(Closed):
        fill_in(survey, new_key(), 2, 3, None)
    assert len(told_of("submission.created")) == Submission.objects.count() == 1
    assert told_of("case.opened") == []


def test_a_survey_that_is_told_of_takes_nine_statements_to_send(
    workspace, delays, edda, receiver, webhook, django_assert_num_queries
):
    webhook(receiver)
    survey: Survey = survey_at(delays, by=edda)
    fill_in(survey, new_key(), 2, 3, "Good")
    key = new_key()
    fill_in(survey, key, 2, 3)
    with django_assert_num_queries(7 + 2 + 2):  # of these two savepoints, as without
        asked = survey_for(survey.key)
        last = asked.questions[-1]
        answer_question(asked, key, last, {str(last.pk): "Good"}, language="en")


def test_a_case_is_told_when_it_is_opened_and_once_when_it_is_overdue(workspace, at, delays, receiver, webhook, tess):
    webhook(receiver, "case.opened", "case.overdue")
    record_responses(workspace, [complaint(delays, 3), an_answer(delays, 4)])
    case = Case.objects.get()
    expected = {
        "id": case.pk,
        "cause": "complaint",
        "severity": 3,
        "opened_at": case.opened_at.isoformat(),
        "due_at": case.due_at.isoformat(),
        "touchpoint": delays.pk,
        "api": f"http://127.0.0.1:8000/api/v1/cases/{case.pk}/",
        "page": f"http://127.0.0.1:8000/w/lindbahn/cases/{case.pk}/",
    }
    assert told_of("case.opened") == [{"workspace": "lindbahn", "case": expected}]
    tell_cases()
    assert told_of("case.overdue") == []
    at.pass_days(1)
    for _ in range(2):
        tell_cases()
        at.pass_days(1)
    assert told_of("case.overdue") == [{"workspace": "lindbahn", "case": expected}]
    assert Rest(tess).get(f"cases/{case.pk}/").status_code == 200


def test_a_case_that_is_opened_by_hand_is_told_once(workspace, at, delays, edda, receiver, webhook):
    webhook(receiver, "case.opened")
    record_responses(workspace, [an_answer(delays, 4)])
    for _ in range(2):
        mark_complaint(Response.objects.get(), severity=1, by=edda)
    assert [data["case"]["cause"] for data in told_of("case.opened")] == ["mark"]


def test_every_webhook_of_the_workspace_is_told_and_no_other(
    workspace, at, delays, elsewhere, otto, receiver, another, webhook
):
    here = [webhook(receiver), webhook(another, "submission.created")]
    webhook(receiver, of=elsewhere, by=otto)
    record_responses(workspace, [an_answer(delays, 4)])
    told = WebhookDelivery.objects.order_by("pk")
    assert [one.endpoint for one in told] == here
    assert {one.workspace for one in told} == {workspace}
    assert len({one.message for one in told}) == 2
    moment = datetime.datetime.fromisoformat(told[0].created_at.isoformat())
    assert moment == at.now
