"""What programs say and are told of journeys below journeys."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from journeys.models import Journey
from tests.journeys.below import chain, put
from tests.journeys.scene import drawn, phase, placed
from tests.journeys.told import DAY, as_of, scored, stations, url
from workspaces import clock
from workspaces.models import User, Workspace


@pytest.fixture
def refund(workspace: Workspace, commute: Journey, edda: User) -> Journey:
    refund = drawn(workspace, edda, "Refund", purchase="Claim")
    scored(placed(refund, "Claim").touchpoint, 44.4)
    return refund


def page(journey: Journey) -> str:
    return f"/api/v1/journeys/{journey.pk}/"


def test_a_program_makes_a_sub_journey_and_lets_it_go(tess: Client, commute: Journey, refund: Journey) -> None:
    wait, version = placed(commute, "Wait").pk, refund.edition
    body = {"parent_placement": wait, "version": version}
    for _ in range(2):
        told = tess.patch(page(refund), body, content_type="application/json")
        assert told.status_code == 200
    assert (told.json()["parent_placement"], told.json()["parent_phase"]) == (wait, None)
    assert tess.get(page(commute)).json()["sub_journeys"] == [refund.pk]
    alone = {"parent_placement": None, "version": told.json()["version"]}
    assert tess.patch(page(refund), alone, content_type="application/json").json()["parent_placement"] is None
    assert tess.get(page(commute)).json()["sub_journeys"] == []


def test_a_program_begins_one_at_a_phase(tess: Client, commute: Journey) -> None:
    body = {"name": "Booking", "parent_phase": phase(commute, "purchase").pk}
    made = tess.post("/api/v1/journeys/", body, content_type="application/json")
    assert made.status_code == 201
    assert tess.get(page(commute)).json()["sub_journeys"] == [made.json()["id"]]


def test_a_circle_is_refused_with_a_reason(tess: Client, workspace: Workspace, edda: User) -> None:
    top, low = chain(workspace, edda, 2)
    body = {"parent_placement": placed(low, "T2").pk, "version": top.edition}
    refused = tess.patch(page(top), body, content_type="application/json")
    assert refused.status_code == 422
    assert "lead back to itself" in refused.json()["detail"]


def test_both_at_once_are_refused(tess: Client, commute: Journey, refund: Journey) -> None:
    both = {"parent_placement": placed(commute, "Wait").pk, "parent_phase": phase(commute, "purchase").pk}
    refused = tess.patch(page(refund), {**both, "version": refund.edition}, content_type="application/json")
    assert refused.status_code == 422
    assert "not by both" in refused.json()["detail"]


def test_the_map_tells_what_is_opened_and_what_lies_above(
    tess: Client, commute: Journey, refund: Journey, edda: User
) -> None:
    put(refund, commute, "Wait", edda)
    told = tess.get(url(commute)).json()
    opens = {
        "journey": refund.pk,
        "name": "Refund",
        "score": 44,
        "band": "weak",
        "state": "measured",
        "partial": False,
        "stands_for": {"score": 44, "exact": 44.4, "band": "weak", "state": "measured", "without": 0},
    }
    wait = stations(told)["Wait"]
    assert wait["opens"] == opens
    assert wait["touchpoint"]["health"]["score"] is None, "it has none of its own"
    assert told["health"]["score"] == 44
    assert stations(told)["Ride"]["opens"] is None
    assert tess.get(url(refund)).json()["above"] == [
        {"journey": commute.pk, "name": "Commute", "placement": wait["id"], "phase": None, "via": "Wait"}
    ]


def test_the_past_tells_of_none(tess: Client, commute: Journey, refund: Journey, edda: User) -> None:
    put(refund, commute, "Wait", edda)
    yesterday = clock.today(commute.workspace.zone) - DAY
    told = tess.get(url(commute), as_of(yesterday)).json()
    assert all(one["opens"] is None for one in stations(told).values())


def test_a_list_costs_as_many_statements_with_sub_journeys(tess: Client, workspace: Workspace, edda: User) -> None:
    journeys = chain(workspace, edda, 2)

    def statements() -> int:
        with CaptureQueriesContext(connection) as counted:
            tess.get("/api/v1/journeys/")
        return len(counted)

    statements()
    before = statements()
    for name in ("A", "B"):
        put(drawn(workspace, edda, name), journeys[1], {"A": "purchase", "B": "retention"}[name], edda)
    assert statements() == before
