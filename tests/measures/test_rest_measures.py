"""Programs keep measures as people do: an idea, what it costs and brings, what was decided."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from feedback.models import Insight
from measures.actions import archive_measure, cost_measure, create_measure
from measures.models import Measure, Opportunity, Step
from personas.models import Persona
from tests.answering import Clock, new_touchpoint
from tests.cast import member_of, token_client
from tests.measures.conftest import COSTS, a_benefit
from tests.rest import Rest
from touchpoints.models import Touchpoint
from workspaces.models import AuditEntry, User, Workspace

OFFER = {"kind": "typed", "low": 30_000, "likely": 50_000, "high": 60_000, "reason": "The vendor's offer"}
# 500 a year for 1,000 once, in minor units: SCORING §8's own example
WORKED = {"once": 100_000, "yearly": 0, "years": 3, "points": 8, "benefits": [OFFER]}
UNKNOWN: dict[str, Any] = {
    "once": None,
    "yearly": None,
    "points": None,
    "benefits": [],
    "assessment": None,
    "live_on": None,
}
NONE = {"low": 0, "likely": 0, "high": 0}


@pytest.fixture
def rest(tess: Client) -> Rest:
    return Rest(tess)


@pytest.fixture
def url(measure: Measure) -> str:
    return f"measures/{measure.pk}/"


def test_a_program_makes_an_idea_of_which_unknown_stays_null(
    rest: Rest,
    workspace: Workspace,
    delays: Touchpoint,
    counter: Touchpoint,
    commuter: Persona,
    opportunity: Opportunity,
    edda: User,
) -> None:
    said = {
        "title": "Reason and forecast",
        "kind": "technical",
        "touchpoints": [counter.pk, delays.pk],
        "personas": [commuter.pk],
        "opportunity": opportunity.pk,
        "decider": member_of(workspace, edda).pk,
        "decide_on": "2026-04-01",
    }
    made = rest.post("measures/", said)
    assert made.status_code == 201
    told = made.json()
    assert (said | {"touchpoints": [delays.pk, counter.pk]} | UNKNOWN).items() <= told.items()
    assert (told["status"], told["owner"], told["starts_on"], told["years"]) == ("idea", None, None, 3)
    assert [(step["came_from"], step["went_to"], step["by"]) for step in told["steps"]] == [("", "idea", "Tess")]
    assert rest.get(f"measures/{told['id']}/").json() == told
    assert str(AuditEntry.objects.of(workspace).get(verb="measure.create").by) == "Tess"


def test_an_edit_names_the_version_it_was_made_from(rest: Rest, url: str, counter: Touchpoint) -> None:
    for _time in range(2):  # sent twice
        edited = rest.patch(url, {"touchpoints": [counter.pk], "starts_on": "2026-05-01", "version": 1})
        assert (edited.status_code, edited.json()["version"], edited.json()["touchpoints"]) == (200, 2, [counter.pk])
    stale = rest.patch(url, {"title": "Another", "version": 1})
    assert (stale.status_code, stale.json()["current"]) == (412, rest.get(url).json())
    assert rest.patch(url, {"title": "Another"}).status_code == 428


def test_what_was_read_can_be_sent_back_whole(rest: Rest, url: str) -> None:
    rest.post(f"{url}cost/", WORKED | {"version": 1})
    told = rest.get(url).json()
    assert rest.patch(url, told).json() == told


def test_cost_and_benefit_give_the_worked_example(rest: Rest, url: str) -> None:
    for _time in range(2):  # sent twice
        costed = rest.post(f"{url}cost/", WORKED | {"version": 1})
        assert (costed.status_code, costed.json()["version"], costed.headers["ETag"]) == (200, 2, '"2"')
    told = costed.json()
    assert (told["once"], told["yearly"], told["years"], told["points"]) == (100_000, 0, 3, 8.0)
    assert told["benefits"] == [OFFER | {"count": 0, "each": 0, "base": 0.0}]
    likely = told["assessment"]["likely"]
    assert (round(likely["npv"] / 100, 4), round(likely["roi"], 4)) == (243.4260, 0.2434)
    assert (likely["benefit_a_year"], likely["payback"]) == (50_000, 2)
    assert round(likely["discounted_payback"], 4) == 2.3520
    low = told["assessment"]["low"]
    assert (low["npv"] < 0, low["payback"], low["discounted_payback"]) == (True, None, None)
    assert round(told["assessment"]["break_even"], 4) == 0.8042
    assert rest.post(f"{url}cost/", WORKED | {"once": 7, "version": 1}).status_code == 412


def test_it_is_worth_less_at_a_higher_rate(rest: Rest, url: str, workspace: Workspace) -> None:
    rest.post(f"{url}cost/", WORKED | {"version": 1})
    assert rest.get("").json()["discount"] == 10
    type(workspace).objects.filter(pk=workspace.pk).update(discount=0)
    assert rest.get(url).json()["assessment"]["likely"]["npv"] == 50_000


@pytest.mark.parametrize("unknown", [{"yearly": None}, {"once": None}, {"benefits": []}])
def test_no_money_is_invented(rest: Rest, url: str, unknown: dict[str, Any]) -> None:
    told = rest.post(f"{url}cost/", WORKED | unknown | {"version": 1}).json()
    assert unknown.items() <= told.items()
    assert told["assessment"] is None


def test_costs_that_are_not_named_stay(rest: Rest, url: str) -> None:
    rest.post(f"{url}cost/", WORKED | {"version": 1})
    told = rest.post(f"{url}cost/", {"yearly": 500, "benefits": [OFFER], "version": 2}).json()
    assert (told["version"], told["once"], told["yearly"], told["points"]) == (3, 100_000, 500, 8)


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        ({"low": 70_000}, 422, "must ascend"),
        ({"reason": " "}, 422, "Say why"),
        ({"kind": "avoided", "count": 9, "each": 9}, 422, "share from -1 to 1"),
        ({"kind": "avoided", "count": 9}, 422, "Say “each”"),
        ({"kind": "retention", "count": 9, "each": 9}, 422, "Say “base”"),
        ({"kind": "retention", "count": 9, "each": 9, "base": 1} | NONE, 422, "no more can"),
        ({"kind": "luck"}, 400, "benefits"),
        ({"count": "9"}, 400, "benefits"),
        ({"each": 0.5}, 400, "benefits"),
        ({"base": 0.12345}, 400, "benefits"),
        ({"high": 10**13}, 400, "benefits"),
        ({"luck": 1}, 400, "There is no such field."),
    ],
)
def test_what_a_benefit_cannot_be_is_refused(rest: Rest, url: str, wrong: Any, status: int, said: str) -> None:
    answer = rest.post(f"{url}cost/", WORKED | {"benefits": [OFFER | wrong], "version": 1})
    assert (answer.status_code, said in str(answer.json())) == (status, True)
    assert UNKNOWN.items() <= rest.get(url).json().items()


def test_it_is_moved_once_costed_and_what_was_decided_is_told(rest: Rest, url: str, at: Clock) -> None:
    early = rest.post(f"{url}move/", {"to": "in_progress", "version": 1})
    assert (early.status_code, "costs and brings" in early.json()["detail"]) == (422, True)
    rest.post(f"{url}cost/", WORKED | {"version": 1})
    for _time in range(2):  # sent twice
        moved = rest.post(f"{url}move/", {"to": "assessed", "reason": "The board agreed", "version": 2})
        assert (moved.status_code, moved.json()["status"], moved.json()["version"]) == (200, "assessed", 3)
    assert Step.objects.count() == 2
    assert moved.json()["steps"][0] == {
        "came_from": "idea",
        "went_to": "assessed",
        "reason": "The board agreed",
        "at": "2026-03-15T11:00:00Z",
        "by": "Tess",
    }
    stale = rest.post(f"{url}move/", {"to": "live", "version": 2})
    assert (stale.status_code, stale.json()["current"]["status"]) == (412, "assessed")
    live = rest.post(f"{url}move/", {"to": "live", "live_on": "2026-03-01", "version": 3}).json()
    assert (live["status"], live["live_on"]) == ("live", "2026-03-01")
    assert rest.post(f"{url}move/", {"to": "reviewed", "version": 4}).status_code == 422, "no eight weeks yet"
    assert rest.post(f"{url}cost/", WORKED | {"benefits": [], "version": 4}).status_code == 422


def test_dropping_needs_a_reason(rest: Rest, url: str) -> None:
    assert rest.post(f"{url}move/", {"to": "dropped", "version": 1}).status_code == 422
    told = rest.post(f"{url}move/", {"to": "dropped", "reason": "Too dear", "version": 1}).json()
    assert (told["status"], told["reason"]) == ("dropped", "Too dear")


def test_archived_is_gone_from_lists_and_comes_back(rest: Rest, url: str) -> None:
    assert rest.delete(url, If_Match='"7"').status_code == 412
    assert [rest.delete(url).status_code for _ in range(2)] == [204, 204]
    assert rest.get("measures/").json()["results"] == []
    assert rest.get(url).json()["archived_at"]
    for path, body in (("cost/", WORKED), ("move/", {"to": "dropped", "reason": "Too dear"})):
        assert rest.post(url + path, body | {"version": 2}).status_code == 404
    assert [rest.post(f"{url}restore/").json()["archived_at"] for _ in range(2)] == [None, None]


def test_they_are_found_by_status_kind_and_whom_they_are_for(
    rest: Rest,
    workspace: Workspace,
    measure: Measure,
    delays: Touchpoint,
    counter: Touchpoint,
    commuter: Persona,
    edda: User,
) -> None:
    member = member_of(workspace, edda)
    more: dict[str, Any] = {"owner": member, "decider": member, "personas": [commuter], "by": edda}
    smile = create_measure(workspace, title="Smile", kind="training", touchpoints=[counter, delays], **more)
    archive_measure(create_measure(workspace, title="Frown", touchpoints=[counter], by=edda), by=edda)

    def found(query: str) -> list[int]:
        return [one["id"] for one in rest.get(f"measures/?{query}").json()["results"]]

    assert found("") == found(f"touchpoint={delays.pk}") == found("status=idea") == [measure.pk, smile.pk]
    assert found("kind=technical") == found(f"opportunity={measure.opportunity_id}") == [measure.pk]
    for query in (f"persona={commuter.pk}", f"owner_member={member.pk}", f"decider={member.pk}", "q=SMI"):
        assert found(query) == [smile.pk]
    assert (found("status=live"), found("ordering=-title")) == ([], [smile.pk, measure.pk])
    since = rest.get("measures/?updated_since=2026-01-01T00:00:00Z").json()
    assert ([one["id"] for one in since["results"]], len(since["archived"])) == ([measure.pk, smile.pk], 1)


def test_reading_alone_changes_nothing(workspace: Workspace, url: str, delays: Touchpoint) -> None:
    reader = Rest(token_client(workspace, "read"))
    assert reader.get(url).status_code == 200
    assert reader.post("measures/", {"title": "Smile", "touchpoints": [delays.pk]}).status_code == 403
    assert reader.patch(url, {"title": "Smile", "version": 1}).status_code == 403
    assert reader.post(f"{url}cost/", WORKED | {"version": 1}).status_code == 403
    assert reader.post(f"{url}move/", {"to": "dropped", "reason": "No", "version": 1}).status_code == 403
    assert reader.delete(url).status_code == 403


def test_ottos_are_unknown(
    rest: Rest, url: str, delays: Touchpoint, pain: Insight, elsewhere: Workspace, otto: User
) -> None:
    stop = new_touchpoint(elsewhere, "Tram stop")
    shelter = create_measure(elsewhere, title="Shelter", touchpoints=[stop], by=otto)
    theirs = f"measures/{shelter.pk}/"
    for method in ("GET", "PATCH", "DELETE"):
        assert rest.ask(method, theirs, {"version": 1}).status_code == 404
    assert rest.post(f"{theirs}cost/", WORKED | {"version": 1}).status_code == 404
    assert rest.post(f"{theirs}move/", {"to": "dropped", "reason": "No", "version": 1}).status_code == 404
    owner = member_of(elsewhere, otto).pk
    visitor: Persona = Persona.objects.create(workspace=elsewhere, name="Visitor")
    for field, value in (
        ("touchpoints", [delays.pk, stop.pk]),
        ("personas", [visitor.pk]),
        ("decider", owner),
        ("owner", {"member": owner}),
    ):
        smuggled = rest.post("measures/", {"title": "Ours", "touchpoints": [delays.pk], field: value})
        assert (smuggled.status_code, list(smuggled.json()["errors"])) == (404, [field])
        assert rest.patch(url, {field: value, "version": 1}).status_code == 404
    assert Measure.objects.of(delays.workspace).count() == 1


def test_twenty_cost_as_many_statements_as_two(
    rest: Rest, workspace: Workspace, measure: Measure, delays: Touchpoint, commuter: Persona, edda: User
) -> None:
    owner = member_of(workspace, edda)

    def another() -> None:
        more: dict[str, Any] = {"personas": [commuter], "owner": owner, "decider": owner}
        made = create_measure(workspace, title="Smile", touchpoints=[delays], by=edda, **more)
        cost_measure(made, version=1, benefits=[a_benefit(), a_benefit(likely=40_000)], **COSTS, by=edda)

    def statements() -> int:
        rest.get("measures/")  # last use is written once a minute
        with CaptureQueriesContext(connection) as sent:
            told = rest.get("measures/").json()["results"]
        assert len(told) == Measure.objects.count()
        return len(sent)

    another()
    two = statements()
    for _number in range(18):
        another()
    assert (Measure.objects.count(), statements()) == (20, two)
