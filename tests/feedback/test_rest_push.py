"""Programs push answers: read strictly, told of each what became of it, stored once."""

import itertools
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation

from feedback.actions import Reason, remove_responses
from feedback.api.ingest import FIELDS as FIELD_OF
from feedback.api.rows import FIELDS, MOST_ROWS
from feedback.models import Response, Submission
from journeys.models import Journey
from tests.answering import TODAY, health, new_touchpoint
from tests.cast import token_client
from touchpoints.models import Channel, Observation, Subject, SubjectKind
from workspaces.models import Scope

ADDRESS = "/api/v1/responses/"
NUMBERS = itertools.count(1)


def a_row(about=None, **more):
    """A row as a CRM sends it. A field that is given as `...` is left out."""
    usual = {
        "source": "crm",
        "external_id": f"case {next(NUMBERS)}",
        "touchpoint": about.pk if about else None,
        "metric": "nps",
        "value": 9,
        "occurred_at": "2026-03-15",
    }
    return {name: value for name, value in (usual | more).items() if value is not ...}


def push(client, *rows, query="", **headers):
    return client.post(ADDRESS + query, json.dumps(rows), content_type="application/json", headers=headers)


def outcomes(answer):
    return [result["outcome"] for result in answer.json()["results"]]


def test_an_answer_is_stored_with_all_that_it_says(workspace, at, delays, commuter, tess):
    app = Channel.objects.create(workspace=workspace, name="App")
    row = a_row(
        delays,
        external_id="case 7",
        metric="ces",
        scale="1-5r",
        value=2,
        occurred_at="2026-03-14T23:30:00Z",
        question="q1",
        version=3,
        text="Wo ist mein Zug? 🚆",
        persona=commuter.pk,
        channel=app.pk,
        device="phone",
        segment="season ticket",
    )
    answer = push(tess, row)
    assert answer.status_code == 200
    assert answer.json() == {
        "counts": {"stored": 1, "unchanged": 0, "edited": 0, "refused": 0},
        "results": [{"outcome": "stored", "status": 201}],
    }
    response = Response.objects.get()
    assert (response.question, response.version, response.metric, response.scale) == ("q1", 3, "ces", "1-5r")
    assert (response.subject_id, response.value, response.text) == (delays.subject_id, 2, "Wo ist mein Zug? 🚆")
    sheet = response.submission
    assert (sheet.source, sheet.external_id, sheet.day) == ("crm", "case 7", TODAY)  # past midnight in Berlin
    assert (sheet.persona, sheet.channel, sheet.device, sheet.segment) == (commuter, app, "phone", "season ticket")


def test_answers_are_about_touchpoints_journeys_and_the_relationship(workspace, at, delays, tess):
    subject = Subject.objects.create(workspace=workspace, kind=SubjectKind.JOURNEY)
    trip = Journey.objects.create(workspace=workspace, name="Trip", subject=subject)
    answer = push(tess, a_row(delays), a_row(journey=trip.pk), a_row(), a_row(touchpoint=None, journey=None))
    assert answer.json()["counts"]["stored"] == 4
    kinds = Response.objects.order_by("pk").values_list("subject__kind", flat=True)
    assert list(kinds) == ["touchpoint", "journey", "workspace", "workspace"]


def test_pushed_answers_count(workspace, at, delays, tess):
    push(tess, a_row(delays, value=10), a_row(delays, value=0))
    assert (health(delays).answers, health(delays).last_heard) == (2, TODAY)


def test_versions_are_followed(workspace, at, delays, tess):
    row = a_row(delays, value=3)
    assert outcomes(push(tess, row, row)) == ["stored", "unchanged"]
    answer = push(tess, row, row | {"version": 2, "value": 8}, row | {"version": 1, "value": 1})
    assert outcomes(answer) == ["unchanged", "edited", "unchanged"]
    assert [result["status"] for result in answer.json()["results"]] == [200, 200, 200]
    assert Response.objects.get().value == 8
    remove_responses(workspace, [Response.objects.get().pk], by=None)
    assert outcomes(push(tess, row | {"version": 2})) == ["unchanged"]
    assert outcomes(push(tess, row | {"version": 3})) == ["edited"]


FAULTS = {
    "no list, but a number": (7, {"": "object"}, 400),
    "a list in the list": ([[]], {"": "object"}, 400),
    "nothing at all": ({}, dict.fromkeys(["source", "external_id", "metric", "value", "occurred_at"], "required"), 400),
    "a field that is not there": ({"values": 9, "id": 1}, {"values": "no such field", "id": "no such field"}, 400),
    "its workspace": ({"workspace": 1, "score": 99}, {"workspace": "no such field", "score": "no such field"}, 400),
    "a number for text": ({"source": 5}, {"source": "not a text"}, 400),
    "null for text": ({"segment": None, "source": None}, {"segment": "not a text", "source": "not a text"}, 400),
    "blank names": ({"source": " ", "external_id": ""}, {"source": "blank", "external_id": "blank"}, 400),
    "long names": ({"source": "x" * 81}, {"source": "80"}, 400),
    "a long id": ({"external_id": "x" * 121}, {"external_id": "120"}, 400),
    "a long comment": ({"text": "x" * 10_001}, {"text": "10000"}, 400),
    "a number as text": ({"value": "9"}, {"value": "“9” is not a number"}, 400),
    "no value": ({"value": None}, {"value": "missing"}, 400),
    "true": ({"value": True}, {"value": "“True”, not a number"}, 400),
    "a list for a value": ({"value": [9]}, {"value": "not a number"}, 400),
    "a half": ({"value": 7.5}, {"value": "7.5 is not a whole number"}, 400),
    "eleven of ten": ({"value": 11}, {"value": "from 0 to 10"}, 400),
    "the largest number": ({"value": 2**63 - 1}, {"value": "from 0 to 10"}, 400),
    "no metric of ours": ({"metric": "joy"}, {"metric": "“joy” is not a metric"}, 400),
    "another metric's scale": ({"scale": "1-5"}, {"scale": "“1-5” is not a scale"}, 400),
    "no device of ours": ({"device": "watch"}, {"device": "“watch” is not a device"}, 400),
    "attributes in a list": ({"attributes": ["line"]}, {"attributes": "not an object"}, 400),
    "null for attributes": ({"attributes": None}, {"attributes": "not an object"}, 400),
    "an attribute of nobody": ({"attributes": {"driver": "M."}}, {"attributes": "“driver” is not an attribute"}, 400),
    "version zero": ({"version": 0}, {"version": "from 1"}, 400),
    "version true": ({"version": True}, {"version": "not a whole number"}, 400),
    "version null": ({"version": None}, {"version": "not a whole number"}, 400),
    "a version too far": ({"version": 2**31}, {"version": "from 1"}, 400),
    "no date": ({"occurred_at": "yesterday"}, {"occurred_at": "neither a date nor a moment"}, 400),
    "a number for a date": ({"occurred_at": 20260315}, {"occurred_at": "neither a date"}, 400),
    "null for a date": ({"occurred_at": None}, {"occurred_at": "neither a date"}, 400),
    "February 30": ({"occurred_at": "2026-02-30"}, {"occurred_at": "neither a date"}, 400),
    "no offset": ({"occurred_at": "2026-03-15T12:00:00"}, {"occurred_at": "time zone"}, 400),
    "year 9999": ({"occurred_at": "9999-12-31T23:59:59-23:59"}, {"occurred_at": "between 1970 and 2200"}, 400),
    "year 1": ({"occurred_at": "0001-01-01T00:00:00+23:59"}, {"occurred_at": "between 1970 and 2200"}, 400),
    "next year": ({"occurred_at": "2027-03-15"}, {"occurred_at": "ahead"}, 400),
    "an id as text": ({"touchpoint": "1"}, {"touchpoint": "not a whole number"}, 400),
    "an id and a half": ({"persona": 1.5}, {"persona": "not a whole number"}, 400),
    "no touchpoint": ({"touchpoint": 2**62}, {"touchpoint": "not in this workspace"}, 404),
    "a negative touchpoint": ({"touchpoint": -1}, {"touchpoint": "not in this workspace"}, 404),
    "no journey": ({"touchpoint": ..., "journey": 2**62}, {"journey": "not in this workspace"}, 404),
    "no persona": ({"persona": 2**62}, {"persona": "not in this workspace"}, 404),
    "no channel": ({"channel": 2**62}, {"channel": "not in this workspace"}, 404),
    "several faults at once": (
        {"persona": 2**62, "touchpoint": 2**62, "value": "9", "vaule": 9, "occurred_at": ...},
        {
            "persona": "not in this workspace",
            "touchpoint": "not in this workspace",
            "value": "not a number",
            "vaule": "no such field",
            "occurred_at": "required",
        },
        404,
    ),
}


@pytest.mark.parametrize(("wrong", "errors", "status"), FAULTS.values(), ids=FAULTS)
def test_a_faulty_row_is_refused_by_field_and_the_others_are_stored(workspace, at, delays, tess, wrong, errors, status):
    faulty = a_row(delays, **wrong) if isinstance(wrong, dict) and wrong else wrong
    answer = push(tess, a_row(delays), faulty, a_row(delays))
    assert answer.status_code == 200
    assert outcomes(answer) == ["stored", "refused", "stored"]
    refused = answer.json()["results"][1]
    assert refused["status"] == status
    assert refused["errors"].keys() == errors.keys()
    for name, part in errors.items():
        assert part in refused["errors"][name][0]
    assert Observation.objects.count() == 2
    alone = push(tess, faulty)
    assert alone.status_code == (404 if status == 404 else 422)
    assert alone.headers["Content-Type"] == "application/problem+json"
    assert alone.json()["results"] == [refused]


def test_two_things_at_once_are_refused(workspace, at, delays, tess):
    subject = Subject.objects.create(workspace=workspace, kind=SubjectKind.JOURNEY)
    trip = Journey.objects.create(workspace=workspace, name="Trip", subject=subject)
    refused = push(tess, a_row(delays, journey=trip.pk)).json()["results"][0]
    assert refused["errors"]["journey"] == ["An answer is about one thing: leave the others out."]


def test_whole_numbers_may_be_written_with_a_point(workspace, at, delays, commuter, tess):
    row = a_row(delays, value=9.0, version=2.0, persona=float(commuter.pk), touchpoint=float(delays.pk))
    assert outcomes(push(tess, row)) == ["stored"]


def test_another_workspace_s_rows_are_unknown(workspace, elsewhere, at, delays, tess):
    theirs = new_touchpoint(elsewhere, "Tram stop")
    channel = Channel.objects.create(workspace=elsewhere, name="App")
    answer = push(tess, a_row(theirs), a_row(delays, channel=channel.pk), a_row(theirs, value=77))
    assert answer.status_code == 404
    assert [result["status"] for result in answer.json()["results"]] == [404, 404, 404]
    assert not Response.objects.exists()


def test_all_or_nothing(workspace, at, delays, tess):
    good, faulty, foreign = a_row(delays), a_row(delays, value=11), a_row(delays, persona=2**62)
    answer = push(tess, good, faulty, foreign, "no row", query="?atomic=true")
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["detail"] == "Nothing was stored: 3 of 4 answers are refused."
    assert problem["counts"] == {"stored": 0, "edited": 0, "unchanged": 0, "refused": 4}
    assert [result["status"] for result in problem["results"]] == [424, 400, 404, 400]
    assert problem["results"][0]["errors"] == {"": ["Not stored, because other answers were refused."]}
    assert not Submission.objects.exists()
    assert push(tess, good, query="?atomic=true").json()["counts"]["stored"] == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{}", 400),
        ("[]", 400),
        ('"text"', 400),
        ("null", 400),
        ("", 400),
        (json.dumps([1] * (MOST_ROWS + 1)), 400),
        (json.dumps([1] * MOST_ROWS), 422),
        ("[NaN]", 400),
        ('[{"value": 1, "value": 2}]', 400),
        ('[{"value": 9223372036854775808}]', 400),
        ('[{"text": "\\u0000"}]', 400),
        (f'["{"x" * 10 * 1024 * 1024}"]', 413),
        (f'["{"x" * 10_000_000}"]', 422),
    ],
    ids=str.split("object empty text null nothing 5001 5000 NaN twice 2^63 NUL 10MB+ 10MB"),
)
def test_bodies_that_are_no_list_of_answers(workspace, at, tess, body, status):
    answer = tess.post(ADDRESS, body, content_type="application/json")
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_large_body_is_read_only_once_it_is_known_who_sends_it(workspace, at, tess):
    nonsense = "[" + " " * 100_000
    answers = [client.post(ADDRESS, nonsense, content_type="application/json") for client in (Client(), tess)]
    assert [answer.status_code for answer in answers] == [401, 400]
    assert answers[1].json()["detail"] == "This is not JSON."


def test_refusals_speak_german(workspace, at, delays, tess):
    faulty = dict.fromkeys(FIELDS, "x") | {"nonsense": 1}
    with translation.override("de"):
        expected = str(Reason.NOT_A_NUMBER.label) % {"value": "x"}
    answer = push(tess, faulty, **{"Accept-Language": "de"})
    errors = answer.json()["results"][0]["errors"]
    assert errors["value"] == [expected]
    assert errors["nonsense"] == ["Dieses Feld gibt es nicht."]
    assert "gespeichert" in answer.json()["detail"]


def test_every_reason_names_a_field():
    assert set(FIELD_OF.values()) - {""} <= set(FIELDS)


def test_pushing_needs_the_scope_ingest(workspace, at, delays):
    assert push(token_client(workspace, Scope.READ, Scope.WRITE), a_row(delays)).status_code == 403
    assert push(token_client(workspace, Scope.INGEST), a_row(delays)).status_code == 200


def test_sent_again_under_its_key_it_is_answered_alike(workspace, at, delays, tess):
    rows = [a_row(delays), a_row(delays, value=11)]
    first = push(tess, *rows, **{"Idempotency-Key": "nightly-1"})
    again = push(tess, *rows, **{"Idempotency-Key": "nightly-1"})
    assert (again.status_code, again.json()) == (200, first.json())
    assert again.headers["Idempotency-Replayed"] == "true"
    assert push(tess, rows[0], **{"Idempotency-Key": "nightly-1"}).status_code == 422
    assert Response.objects.count() == 1


def test_rows_cost_no_statements(workspace, at, delays, commuter, tess, django_assert_max_num_queries):
    push(tess, *(a_row(delays, persona=commuter.pk) for _ in range(5)))  # enough for figures of the persona's own
    with django_assert_max_num_queries(11):
        push(tess, a_row(delays, persona=commuter.pk))
    with django_assert_max_num_queries(11):
        push(tess, *(a_row(delays, persona=commuter.pk) for _ in range(300)))


@pytest.mark.django_db(transaction=True)
def test_twenty_equal_pushes_at_once_store_one_row(workspace, delays):
    tess = token_client(workspace, Scope.INGEST)
    row = a_row(delays, occurred_at="2026-03-15T12:00:00Z")

    def once(_):
        try:
            return push(Client(HTTP_AUTHORIZATION=tess.defaults["HTTP_AUTHORIZATION"]), row)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(once, range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert sorted(outcome for answer in answers for outcome in outcomes(answer)) == ["stored"] + ["unchanged"] * 19
    assert Response.objects.count() == Observation.objects.count() == 1
