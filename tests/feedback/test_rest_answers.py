"""Programs read answers and questionnaires, hear what changed, and remove answers."""

import datetime

import pytest

from feedback.actions import record_responses, remove_responses
from feedback.models import Response, Submission
from journeys.models import Journey
from tests.answering import TODAY, an_answer, health, new_touchpoint
from tests.cast import token_client
from touchpoints.models import Channel, Subject, SubjectKind
from workspaces.actions import create_attribute
from workspaces.models import AuditEntry, Scope

RESPONSES, SUBMISSIONS = "/api/v1/responses/", "/api/v1/submissions/"
YESTERDAY = TODAY - datetime.timedelta(days=1)


@pytest.fixture
def app(workspace):
    return Channel.objects.create(workspace=workspace, name="App")


@pytest.fixture
def trip(workspace):
    subject = Subject.objects.create(workspace=workspace, kind=SubjectKind.JOURNEY)
    return Journey.objects.create(workspace=workspace, name="Trip", subject=subject)


def values(client, **asked):
    """The values of the answers that a list shows."""
    answer = client.get(RESPONSES, {name.rstrip("_"): value for name, value in asked.items()})
    assert answer.status_code == 200, answer.content
    return [row["value"] for row in answer.json()["results"]]


def test_an_answer_tells_all_of_itself(workspace, olga, at, delays, commuter, app, tess):
    moment = datetime.datetime(2026, 3, 14, 23, 30, tzinfo=datetime.UTC)
    more = {"persona": commuter, "channel": app.pk, "device": "phone", "segment": "season ticket", "text": "Zu spät"}
    create_attribute(workspace, name="Line", by=olga)
    more |= {"attributes": {"line": "RE 5"}}
    record_responses(workspace, [an_answer(delays, 4, external_id="a 1", occurred_at=moment, **more)])
    stored = Response.objects.get()
    answer = tess.get(f"{RESPONSES}{stored.pk}/")
    assert answer.headers["ETag"] == '"1"'
    told = answer.json()
    assert told.pop("updated_at").endswith("Z")
    assert told == {
        "id": stored.pk,
        "version": 1,
        "submission": stored.submission_id,
        "source": "survey",
        "external_id": "a 1",
        "question": f"csat:{delays.subject_id}",
        "touchpoint": delays.pk,
        "journey": None,
        "metric": "csat",
        "scale": "1-5",
        "value": 4,
        "text": "Zu spät",
        "occurred_at": "2026-03-14T23:30:00Z",
        "day": "2026-03-15",
        "persona": commuter.pk,
        "channel": app.pk,
        "device": "phone",
        "segment": "season ticket",
        "attributes": {"line": "RE 5"},
        "removed_at": None,
    }
    sheet = tess.get(f"{SUBMISSIONS}{stored.submission_id}/").json()
    shared = ("source", "external_id", "occurred_at", "day", "persona", "channel", "device", "segment", "attributes")
    assert [sheet[name] for name in shared] == [told[name] for name in shared]


def test_lists_are_filtered(workspace, at, delays, counter, commuter, app, trip, tess):
    record_responses(
        workspace,
        [
            an_answer(delays, 1, external_id="one", persona=commuter),
            an_answer(counter, 2, external_id="one"),
            an_answer(delays, 3, source="paper", channel=app.pk, occurred_at=YESTERDAY),
            an_answer(trip, 9, metric="nps"),
        ],
    )
    sheet = Submission.objects.get(external_id="one").pk
    assert values(tess) == [1, 2, 3, 9]
    assert values(tess, ordering="-id") == [9, 3, 2, 1]
    assert values(tess, touchpoint=delays.pk) == [1, 3]
    assert values(tess, journey=trip.pk) == [9]
    assert values(tess, source="paper") == [3]
    assert values(tess, source="survey", external_id="one") == [1, 2]
    assert values(tess, submission=sheet) == [1, 2]
    assert values(tess, persona=commuter.pk) == [1, 2]
    assert values(tess, channel=app.pk) == [3]
    assert values(tess, metric="nps") == [9]
    assert values(tess, from_=TODAY) == [1, 2, 9]
    assert values(tess, from_=YESTERDAY, to=YESTERDAY) == [3]
    assert values(tess, touchpoint=delays.pk, from_=TODAY) == [1]
    sheets = tess.get(SUBMISSIONS, {"channel": app.pk, "to": YESTERDAY}).json()["results"]
    assert [sheet["source"] for sheet in sheets] == ["paper"]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"value": 9}, "value"),
        ({"metric": "joy"}, "metric"),
        ({"from": "9999-99-99"}, "from"),
        ({"to": "yesterday"}, "to"),
        ({"touchpoint": "delays"}, "touchpoint"),
        ({"submission": "1.5"}, "submission"),
        ({"ordering": "value"}, "ordering"),
        ({"updated_since": "2026"}, "updated_since"),
        ({"limit": 501}, "limit"),
        ({"limit": [1, 2]}, "limit"),
        ({"cursor": "x"}, "cursor"),
        ({"atomic": "true"}, "atomic"),
    ],
)
def test_what_may_not_be_asked_is_refused_by_name(at, tess, asked, name):
    answer = tess.get(RESPONSES, asked)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [name]


def test_answers_are_about_one_thing(delays, trip, tess):
    answer = tess.get(RESPONSES, {"touchpoint": delays.pk, "journey": trip.pk})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["journey"]


def test_another_workspace_s_answers_are_as_if_they_never_were(workspace, elsewhere, at, delays, tess):
    theirs = new_touchpoint(elsewhere, "Tram stop")
    record_responses(elsewhere, [an_answer(theirs, 4)])
    response = Response.objects.get()
    assert values(tess) == []
    for method, address in (
        (tess.get, f"{RESPONSES}{response.pk}/"),
        (tess.delete, f"{RESPONSES}{response.pk}/"),
        (tess.get, f"{SUBMISSIONS}{response.submission_id}/"),
        (tess.get, f"{RESPONSES}?touchpoint={theirs.pk}"),
        (tess.get, f"{RESPONSES}?submission={response.submission_id}"),
        (tess.get, f"{RESPONSES}{2**63}/"),
    ):
        assert method(address).status_code == 404, address
    response.refresh_from_db()
    assert response.value == 4


def test_pages_are_exact_where_thousands_of_answers_came_at_one_moment(workspace, at, delays, tess):
    record_responses(workspace, [an_answer(delays, 1 + number % 5) for number in range(1200)])
    since = (Response.objects.earliest("updated_at").updated_at - datetime.timedelta(seconds=1)).isoformat()
    for asked in ({"limit": 500}, {"limit": 500, "updated_since": since}):
        found, following = [], f"{RESPONSES}?" + "&".join(f"{name}={value}" for name, value in asked.items())
        while following:
            page = tess.get(following.replace("+", "%2B")).json()
            found += [row["id"] for row in page["results"]]
            following = page["next"]
        assert found == sorted(Response.objects.values_list("pk", flat=True))


def test_what_changed_since_is_told_and_what_was_removed_by_its_id(workspace, at, delays, tess):
    record_responses(workspace, [an_answer(delays, value, external_id=str(value)) for value in (1, 2, 3)])
    since = Response.objects.latest("updated_at").updated_at + datetime.timedelta(microseconds=1)
    record_responses(workspace, [an_answer(delays, 5, external_id="2", version=2)])
    removed = Response.objects.get(value=3)
    remove_responses(workspace, [removed.pk], by=None)
    page = tess.get(RESPONSES, {"updated_since": since.isoformat()}).json()
    assert [(row["external_id"], row["value"]) for row in page["results"]] == [("2", 5)]
    assert page["archived"] == [removed.pk]
    assert page["next"] is None
    told = tess.get(f"{RESPONSES}{removed.pk}/").json()
    assert (told["value"], told["text"]) == (None, "")
    assert told["removed_at"] is not None


def test_removing_an_answer_takes_it_out_of_the_score(workspace, at, delays, given, tess):
    given(delays, 1, 5)
    assert health(delays).answers == 2
    address = f"{RESPONSES}{Response.objects.get(value=1).pk}/"
    for _ in range(2):  # twice is harmless
        assert tess.delete(address).status_code == 204
    assert health(delays).answers == 1
    assert values(tess) == [5]
    entry = AuditEntry.objects.of(workspace).get(verb="response.remove")
    assert entry.by.name == "Tess"


def test_removing_what_changed_meanwhile_is_412(workspace, at, delays, tess):
    record_responses(workspace, [an_answer(delays, 1, external_id="e")])
    record_responses(workspace, [an_answer(delays, 2, external_id="e", version=2)])
    address = f"{RESPONSES}{Response.objects.get().pk}/"
    stale = tess.delete(address, headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    assert (stale.json()["current"]["value"], stale.json()["current"]["touchpoint"]) == (2, delays.pk)
    assert tess.delete(address, headers={"If-Match": '"2"'}).status_code == 204


def test_answers_are_not_edited_in_place(workspace, at, delays, given, tess):
    given(delays, 1)
    address = f"{RESPONSES}{Response.objects.get().pk}/"
    assert tess.patch(address, {"value": 5}, content_type="application/json").status_code == 405
    assert tess.post(SUBMISSIONS, {}, content_type="application/json").status_code == 405


@pytest.mark.parametrize(
    ("scope", "reading", "removing"), [("read", 200, 403), ("write", 403, 204), ("ingest", 403, 403)]
)
def test_each_scope_allows_its_own(workspace, at, delays, given, scope, reading, removing):
    given(delays, 1)
    program = token_client(workspace, Scope(scope))
    address = f"{RESPONSES}{Response.objects.get().pk}/"
    assert program.get(RESPONSES).status_code == reading
    assert program.get(address).status_code == reading
    assert program.delete(address).status_code == removing


@pytest.mark.parametrize("address", [RESPONSES, SUBMISSIONS])
def test_rows_cost_no_statements(workspace, at, delays, given, tess, address, django_assert_max_num_queries):
    given(delays, 1)
    tess.get(address)
    for _ in range(2):
        with django_assert_max_num_queries(3):  # the token, its count, the rows
            tess.get(address)
        given(delays, *[1 + number % 5 for number in range(150)])
