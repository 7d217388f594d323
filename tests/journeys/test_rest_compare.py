"""GET journeys/<id>/compare/: what programs are told of two sides of a journey."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journeys.actions.placements import archive_placement, move_placement
from journeys.models import Change, Journey
from personas.models import Persona
from tests.answering import Clock, Given
from tests.cast import token_client
from tests.journeys.scene import drawn, phase, placed
from tests.journeys.told import DAY, closed, scored
from touchpoints.actions import fold_all
from workspaces import clock
from workspaces.models import User, Workspace


def url(journey: Journey) -> str:
    return reverse("api_journey_compare", kwargs={"journey_id": journey.pk})


def ask(client: Client, at: Journey, /, **asked: object) -> Any:
    answer = client.get(url(at), {name: str(value) for name, value in asked.items()})
    assert answer.status_code == 200, answer.content
    return answer.json()


def pairs(told: Any) -> dict[str, Any]:
    return {pair["name"]: pair for part in told["phases"] for pair in part["touchpoints"]}


@pytest.fixture
def tourist(workspace: Workspace) -> Persona:
    found: Persona = Persona.objects.create(workspace=workspace, name="Tourist")
    return found


def test_two_personas_beyond_chance(
    at: Clock, given: Given, tess: Client, dressed: Journey, tourist: Persona, workspace: Workspace
) -> None:
    commuter = dressed.personas.get()
    dressed_ride = placed(dressed, "Ride").touchpoint
    dressed_ride.subject.scores.all().delete()
    given(dressed_ride, *[5] * 40, persona=commuter)
    given(dressed_ride, *[2] * 40, persona=tourist)
    fold_all()
    told = ask(tess, dressed, kind="persona", persona=commuter.pk, against=tourist.pk)
    ride = pairs(told)["Ride"]
    assert (ride["real"], ride["change"]["verdict"], ride["change"]["delta"]) == (True, "down", pytest.approx(-75))
    assert ride["points"] == ride["b"]["score"] - ride["a"]["score"] < -40
    assert told["largest"] == [dressed_ride.pk]
    assert (told["a"]["name"], told["b"]["name"]) == ("Commuter", "Tourist")
    assert "Tourist is served worse at Ride" in told["sentence"]
    assert told["change"]["verdict"] == "too few answers", "one of five touchpoints speaks for a part only"


def test_two_days(tess: Client, dressed: Journey, edda: User) -> None:
    today = clock.today(dressed.workspace.zone)
    Change.objects.filter(journey=dressed).update(at=clock.now() - 50 * DAY)
    closed(placed(dressed, "Ride").touchpoint, today - 30 * DAY, 51.4)
    wait, arrive = placed(dressed, "Wait"), placed(dressed, "Arrive")
    move_placement(wait, to_phase=phase(dressed, "advocacy"), after=None, version=1, by=edda)
    archive_placement(arrive, by=edda)
    told = ask(tess, dressed, kind="days", since=today - 20 * DAY)
    assert told["moved"] == [wait.touchpoint_id]
    assert told["went"] == [arrive.touchpoint_id]
    assert told["changed_band"] == [placed(dressed, "Ride").touchpoint_id]
    assert pairs(told)["Arrive"]["b"] is None
    assert (pairs(told)["Wait"]["a"]["phase"], pairs(told)["Wait"]["b"]["phase"]) == ("retention", "advocacy")
    assert pairs(told)["Ride"]["change"]["verdict"] == "too few answers"
    assert ask(tess, dressed, kind="days", since=today, as_of=today - 20 * DAY) == told, "the earlier day is a"


def test_plan_and_present(tess: Client, dressed: Journey, workspace: Workspace, edda: User) -> None:
    plan = drawn(workspace, edda, "Better", purchase="App")
    Journey.objects.filter(pk=plan.pk).update(standing="to_be")
    told = ask(tess, plan, kind="plan", journey=dressed.pk)
    assert (told["a"]["name"], told["b"]["name"]) == ("Commute", "Better")
    assert told["came"] == [placed(plan, "App").touchpoint_id]
    assert pairs(told)["App"]["change"] is None


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ("since=2026-02-30", "since"),
        ("as_of=2199-01-01", "as_of"),
        ("kind=persona&against=x", "against"),
        ("kind=other", "kind"),
        ("view=table", "view"),
    ],
)
def test_what_is_asked_wrongly_is_refused_by_name(tess: Client, dressed: Journey, asked: str, wrong: str) -> None:
    answer = tess.get(f"{url(dressed)}?{asked}")
    assert answer.status_code in {400, 404}
    assert wrong in answer.content.decode()


def test_without_a_second_side_it_is_not_there(tess: Client, commute: Journey) -> None:
    for kind in ("persona", "plan"):
        answer = tess.get(url(commute), {"kind": kind})
        assert answer.status_code == 404
        assert "There is no" in answer.json()["detail"] or "There are no" in answer.json()["detail"]


def test_rows_of_another_workspace_are_not_there(
    tess: Client, dressed: Journey, tourist: Persona, elsewhere: Workspace, otto: User
) -> None:
    spy, theirs = Persona.objects.create(workspace=elsewhere, name="Spy"), drawn(elsewhere, otto, "Theirs")
    for asked in (f"kind=persona&against={spy.pk}", f"kind=plan&journey={theirs.pk}", f"persona={spy.pk}"):
        assert tess.get(f"{url(dressed)}?{asked}").status_code == 404
    assert tess.get(url(theirs)).status_code == 404
    assert token_client(elsewhere, "read").get(url(dressed)).status_code == 404


def test_an_unchanged_comparison_costs_a_304(tess: Client, dressed: Journey, tourist: Persona) -> None:
    asked = {"kind": "persona", "persona": str(dressed.personas.get().pk), "against": str(tourist.pk)}
    etag = tess.get(url(dressed), asked).headers["ETag"]
    assert tess.get(url(dressed), asked, headers={"If-None-Match": etag}).status_code == 304
    scored(placed(dressed, "Ride").touchpoint, 88.0, persona=tourist)
    assert tess.get(url(dressed), asked, headers={"If-None-Match": etag}).status_code == 200


def test_statements_do_not_grow_with_the_journey(
    workspace: Workspace, edda: User, tess: Client, tourist: Persona
) -> None:
    commuter = Persona.objects.create(workspace=workspace, name="Commuter")
    sent = []
    for name, many in (("Few", 2), ("Many", 25)):
        journey = drawn(workspace, edda, name, purchase=" ".join(f"{name}{number}" for number in range(many)))
        ask(tess, journey, kind="persona", persona=commuter.pk, against=tourist.pk)
        with CaptureQueriesContext(connection) as seen:
            ask(tess, journey, kind="persona", persona=commuter.pk, against=tourist.pk)
        sent.append(len(seen))
    assert sent[0] == sent[1]
