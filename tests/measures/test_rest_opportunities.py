"""Programs keep opportunities as people do: what they gather, by whom they are owned, at which touchpoints."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from feedback.actions import create_insight
from feedback.models import Insight
from measures.actions import create_opportunity
from measures.models import Opportunity
from tests.answering import new_touchpoint
from tests.cast import member_of, token_client
from tests.rest import Rest
from touchpoints.models import Touchpoint
from workspaces.models import AuditEntry, User, Workspace


@pytest.fixture
def rest(tess: Client) -> Rest:
    return Rest(tess)


def test_a_program_gathers_what_customers_said(
    rest: Rest, workspace: Workspace, pain: Insight, delays: Touchpoint, counter: Touchpoint, edda: User
) -> None:
    wish = create_insight(counter, kind="wish", text="Somebody to ask", by=edda)
    owner = {"member": member_of(workspace, edda).pk}
    made = rest.post("opportunities/", {"title": "Tell in time", "insights": [wish.pk, pain.pk], "owner": owner})
    assert made.status_code == 201
    told = made.json()
    assert (told["version"], told["insights"]) == (1, [pain.pk, wish.pk])
    assert told["touchpoints"] == [delays.pk, counter.pk]
    assert told["owner"] == owner | {"name": "Edda"}
    assert rest.get(f"opportunities/{told['id']}/").json() == told
    assert str(AuditEntry.objects.of(workspace).get(verb="opportunity.create").by) == "Tess"


def test_an_edit_names_the_version_it_was_made_from(rest: Rest, opportunity: Opportunity, pain: Insight) -> None:
    url = f"opportunities/{opportunity.pk}/"
    for _time in range(2):  # sent twice
        edited = rest.patch(url, {"note": "With the reason", "insights": [pain.pk], "version": 1})
        assert (edited.status_code, edited.json()["version"]) == (200, 2)
    stale = rest.patch(url, {"note": "Or without", "version": 1})
    assert (stale.status_code, stale.json()["current"]) == (412, rest.get(url).json())
    assert rest.patch(url, {"note": "Or without"}).status_code == 428


def test_what_was_read_can_be_sent_back_whole(rest: Rest, opportunity: Opportunity) -> None:
    url = f"opportunities/{opportunity.pk}/"
    told = rest.get(url).json()
    assert rest.patch(url, told).json() == told


def test_it_gathers_something_and_no_praise(rest: Rest, opportunity: Opportunity, pain: Insight, edda: User) -> None:
    praise = create_insight(pain.touchpoint, kind="praise", text="So friendly", by=edda)
    refused = rest.post("opportunities/", {"title": "Smile", "insights": [pain.pk, praise.pk]})
    assert (refused.status_code, "is praise" in refused.json()["detail"]) == (422, True)
    assert rest.patch(f"opportunities/{opportunity.pk}/", {"insights": [praise.pk], "version": 1}).status_code == 422
    nothing = rest.post("opportunities/", {"title": "Nothing", "insights": []})
    assert (nothing.status_code, list(nothing.json()["errors"])) == (400, ["insights"])
    assert list(Opportunity.objects.all()) == [opportunity]


def test_archived_is_gone_from_lists_and_comes_back(rest: Rest, opportunity: Opportunity) -> None:
    url = f"opportunities/{opportunity.pk}/"
    assert [rest.delete(url).status_code for _ in range(2)] == [204, 204]
    assert rest.get("opportunities/").json()["results"] == []
    assert rest.patch(url, {"note": "Late", "version": 2}).status_code == 404
    assert [rest.post(f"{url}restore/").json()["archived_at"] for _ in range(2)] == [None, None]


def test_they_are_found_by_touchpoint_insight_and_owner_each_once(
    rest: Rest, workspace: Workspace, pain: Insight, opportunity: Opportunity, counter: Touchpoint, edda: User
) -> None:
    more = create_insight(pain.touchpoint, kind="wish", text="Earlier", by=edda)
    wish = create_insight(counter, kind="wish", text="Somebody to ask", by=edda)
    member = member_of(workspace, edda)
    both = create_opportunity(workspace, title="Ask", insights=[pain, more, wish], owner=member, by=edda)

    def found(query: str) -> list[int]:
        return [one["id"] for one in rest.get(f"opportunities/?{query}").json()["results"]]

    assert found(f"touchpoint={pain.touchpoint_id}") == [opportunity.pk, both.pk]
    assert found(f"touchpoint={counter.pk}") == [both.pk]
    assert found(f"insight={more.pk}") == [both.pk]
    assert found(f"owner_member={member.pk}&q=ASK") == [both.pk]
    assert found("ordering=title") == [both.pk, opportunity.pk]
    assert found("updated_since=2026-01-01T00:00:00Z") == [opportunity.pk, both.pk]


def test_reading_alone_changes_nothing(workspace: Workspace, opportunity: Opportunity, pain: Insight) -> None:
    reader = Rest(token_client(workspace, "read"))
    assert reader.get("opportunities/").status_code == 200
    assert reader.post("opportunities/", {"title": "Tell", "insights": [pain.pk]}).status_code == 403
    assert reader.patch(f"opportunities/{opportunity.pk}/", {"title": "Tell", "version": 1}).status_code == 403
    assert reader.delete(f"opportunities/{opportunity.pk}/").status_code == 403


def test_ottos_are_unknown(
    rest: Rest, opportunity: Opportunity, pain: Insight, elsewhere: Workspace, otto: User
) -> None:
    stop = new_touchpoint(elsewhere, "Tram stop")
    theirs = create_insight(stop, kind="pain", text="No shelter", by=otto)
    shelter = create_opportunity(elsewhere, title="Shelter", insights=[theirs], by=otto)
    for method in ("GET", "PATCH", "DELETE"):
        assert rest.ask(method, f"opportunities/{shelter.pk}/", {"version": 1}).status_code == 404
    smuggled = rest.post("opportunities/", {"title": "Ours", "insights": [pain.pk, theirs.pk]})
    assert (smuggled.status_code, list(smuggled.json()["errors"])) == (404, ["insights"])
    assert rest.patch(f"opportunities/{opportunity.pk}/", {"insights": [theirs.pk], "version": 1}).status_code == 404
    assert rest.get(f"opportunities/?touchpoint={stop.pk}").status_code == 404


def test_twenty_cost_as_many_statements_as_two(
    rest: Rest, workspace: Workspace, pain: Insight, opportunity: Opportunity, edda: User
) -> None:
    def statements() -> int:
        rest.get("opportunities/")  # last use is written once a minute
        with CaptureQueriesContext(connection) as sent:
            told = rest.get("opportunities/").json()["results"]
        assert len(told) == Opportunity.objects.count()
        return len(sent)

    owner = member_of(workspace, edda)
    create_opportunity(workspace, title="Tell 1", insights=[pain], owner=owner, by=edda)
    two = statements()
    for number in range(18):
        create_opportunity(workspace, title=f"Tell {number}", insights=[pain], owner=owner, by=edda)
    assert (Opportunity.objects.count(), statements()) == (20, two)
