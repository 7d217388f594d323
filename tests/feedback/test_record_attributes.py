"""What questionnaires say of attributes: stored as it was said, refused with a reason, never clamped."""

import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from feedback.actions import Reason, Status, record_responses
from feedback.models import Submission
from tests.answering import an_answer
from tests.rest import Rest
from workspaces.actions import archive_attribute, create_attribute, edit_attribute, restore_attribute


@pytest.fixture
def line(workspace, edda):
    return create_attribute(workspace, name="Line", by=edda)


@pytest.fixture
def reason(workspace, edda):
    return create_attribute(workspace, name="Reason of travel", by=edda)


def said():
    """What the questionnaires say, in the order in which they came."""
    return list(Submission.objects.order_by("pk").values_list("attributes", flat=True))


def test_what_is_said_of_attributes_belongs_to_the_questionnaire(workspace, at, delays, counter, line, reason):
    attributes = {"line": "ICE 1703", "reason-of-travel": "„Arbeit“ & 🚆"}
    rows = [an_answer(about, 4, external_id="one", attributes=attributes) for about in (delays, counter)]
    outcome = record_responses(workspace, [*rows, an_answer(delays, 4), an_answer(delays, 4, attributes={"line": ""})])
    assert {result.status for result in outcome.results} == {Status.STORED}
    assert said() == [attributes, {}, {}], "an empty text says nothing"


def test_a_renamed_attribute_keeps_what_was_said(workspace, at, delays, line, edda):
    record_responses(workspace, [an_answer(delays, 4, attributes={"line": "ICE 1703"})])
    edit_attribute(line, version=1, name="Route", by=edda)
    record_responses(workspace, [an_answer(delays, 4, attributes={"line": "RE 5"})])
    assert said() == [{"line": "ICE 1703"}, {"line": "RE 5"}]


@pytest.mark.parametrize(
    ("attributes", "reason"),
    [
        ({"driver": "M. Meier"}, Reason.ATTRIBUTE),
        ({"Line": "ICE 1703"}, Reason.ATTRIBUTE),
        ({"line": 1703}, Reason.ATTRIBUTE_TEXT),
        ({"line": None}, Reason.ATTRIBUTE_TEXT),
        ({"line": ["ICE"]}, Reason.ATTRIBUTE_TEXT),
        ({"line": "a\0b"}, Reason.ATTRIBUTE_TEXT),
        ({"line": "\ud800"}, Reason.ATTRIBUTE_TEXT),
        ({"line": "x" * 201}, Reason.ATTRIBUTE_LONG),
    ],
    ids=ascii,
)
def test_what_does_not_fit_is_refused_and_the_others_are_stored(workspace, at, delays, line, attributes, reason):
    rows = [an_answer(delays, 4), an_answer(delays, 4, attributes=attributes), an_answer(delays, 4)]
    outcome = record_responses(workspace, rows)
    assert [result.status for result in outcome.results] == [Status.STORED, Status.REFUSED, Status.STORED]
    assert outcome.results[1].refusal.reason is reason
    assert "%(" not in outcome.results[1].refusal.message
    assert said() == [{}, {}]


def test_another_workspaces_attribute_is_unknown_here(workspace, elsewhere, at, delays, otto):
    create_attribute(elsewhere, name="Line", by=otto)
    outcome = record_responses(workspace, [an_answer(delays, 4, attributes={"line": "ICE 1703"})])
    assert outcome.results[0].refusal.reason is Reason.ATTRIBUTE


def test_an_archived_attribute_takes_nothing_in_and_loses_nothing(workspace, at, delays, line, edda):
    record_responses(workspace, [an_answer(delays, 4, attributes={"line": "ICE 1703"})])
    archive_attribute(line, by=edda)
    outcome = record_responses(workspace, [an_answer(delays, 4, attributes={"line": "RE 5"})])
    assert outcome.results[0].refusal.reason is Reason.ATTRIBUTE
    restore_attribute(line, by=edda)
    assert said() == [{"line": "ICE 1703"}]


def test_a_higher_version_changes_what_is_said(workspace, at, delays, counter, line):
    first = {"external_id": "one", "attributes": {"line": "ICE 1703"}}
    record_responses(workspace, [an_answer(delays, 4, **first), an_answer(counter, 4, **first)])
    again = record_responses(workspace, [an_answer(delays, 4, external_id="one", attributes={"line": "RE 5"})])
    assert (again.results[0].status, said()) == (Status.UNCHANGED, [{"line": "ICE 1703"}])
    record_responses(workspace, [an_answer(delays, 4, external_id="one", version=2, attributes={"line": "RE 5"})])
    assert said() == [{"line": "RE 5"}]
    record_responses(workspace, [an_answer(delays, 4, external_id="one", version=3)])
    assert said() == [{}]


def test_ten_of_the_longest_texts_fit_and_cost_no_statement(workspace, at, delays, edda):
    full = {create_attribute(workspace, name=f"Attribute {n}", by=edda).key: "\x01" * 200 for n in range(10)}
    with CaptureQueriesContext(connection) as telling:
        record_responses(workspace, [an_answer(delays, 4, attributes=full)])
    assert said() == [full]
    with CaptureQueriesContext(connection) as plain:
        record_responses(workspace, [an_answer(delays, 4)])
    assert len(telling) == len(plain)


@pytest.mark.parametrize("stored", ["[]", "null", '"line"', json.dumps({"line": "x" * 20_000})], ids=lambda it: it[:9])
def test_the_database_keeps_a_small_object(workspace, at, delays, stored):
    record_responses(workspace, [an_answer(delays, 4)])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE feedback_submission SET attributes = %s::jsonb", [stored])


def test_programs_push_and_read_what_is_said(workspace, at, delays, line, tess):
    rest = Rest(tess)
    row = {"source": "crm", "touchpoint": delays.pk, "metric": "nps", "value": 9, "occurred_at": "2026-03-15"}
    wrong = [{"line": 5}, {"line": "x" * 201}]
    rows = [row | {"external_id": str(n), "attributes": one} for n, one in enumerate([{"line": "ICE 1703"}, *wrong])]
    answer = rest.post("responses/", rows).json()
    assert [result["outcome"] for result in answer["results"]] == ["stored", "refused", "refused"]
    assert ["attributes" in result["errors"] for result in answer["results"][1:]] == [True, True]
    for path in ("responses/", "submissions/"):
        assert [one["attributes"] for one in rest.get(path).json()["results"]] == [{"line": "ICE 1703"}]
