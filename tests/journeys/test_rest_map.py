"""GET journeys/<id>/map/: what programs are told of a map."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from journeys.actions.placements import edit_placement
from journeys.models import Change, Journey
from personas.models import Persona
from tests.cast import member_of, token_client
from tests.journeys.scene import drawn, placed
from tests.journeys.told import DAY, as_of, order, stations, url
from touchpoints.models import Touchpoint
from workspaces import clock
from workspaces.models import User, Workspace

NOT_COMPARED = {
    "delta": None,
    "low": None,
    "high": None,
    "p": None,
    "n_before": 0,
    "n": 0,
    "verdict": "too few answers",
}


def test_a_program_is_told_the_whole_map(tess: Client, dressed: Journey, workspace: Workspace) -> None:
    answer = tess.get(url(dressed))
    told = answer.json()
    assert answer.status_code == 200
    assert {name: told[name] for name in ("id", "name", "category", "standing", "owner", "persona", "revision")} == {
        "id": dressed.pk,
        "name": "Commute",
        "category": "use",
        "standing": "as_is",
        "owner": None,
        "persona": None,
        "revision": 5,
    }
    assert told["as_of"] == clock.today(workspace.zone).isoformat()
    assert order(told) == {"purchase": "Shop Pay", "retention": "Wait Ride Arrive"}
    assert [(one["kind"], one["name"], one["position"]) for one in told["phases"]][3] == ("retention", "Retention", 3)
    assert told["version"] == tess.get(f"/api/v1/journeys/{told['id']}/").json()["version"]
    assert [one["station"] for one in stations(told).values()] == [1, 2, 3, 4, 5]
    assert [one["position"] for one in stations(told).values()] == [0, 1, 0, 1, 2]
    assert (told["personas"][0]["name"], told["personas"][0]["share"]) == ("Commuter", 40)
    at = stations(told)["Ride"]
    ride = {"placement": at["id"], "touchpoint": at["touchpoint"]["id"], "score": 72}
    assert told["health"] == {
        "score": 72,
        "state": "known",
        "band": "good",
        "coverage": pytest.approx(0.2),
        "partial": True,
        "bands": {"critical": 0, "weak": 0, "good": 1, "strong": 0, "unknown": 4},
        "memory": {"score": 72, "band": "good", "peak": ride, "end": ride},
        "weakest": ride,
        "completion": {"value": None, "known_steps": 0, "steps": 5, "weakest_step": None},
        "change": NOT_COMPARED,
    }
    assert told["nps"] == {"journey": None, "workspace": None}
    assert (told["phases"][0]["health"]["state"], told["phases"][0]["health"]["coverage"]) == ("unknown", 0)


def test_and_of_each_placement_all_that_is_said_of_it(
    tess: Client, dressed: Journey, workspace: Workspace, edda: User
) -> None:
    edit_placement(
        placed(dressed, "Ride"), version=1, by=edda, moment_of_truth=True, share=80, expectation=Decimal("1.5")
    )
    told = tess.get(url(dressed)).json()
    ride, channel = placed(dressed, "Ride"), Touchpoint.objects.get(name="Ride").channel

    seen = stations(told)["Ride"]
    assert (seen["id"], seen["version"], seen["moment_of_truth"], seen["share"]) == (ride.pk, 2, True, 80)
    assert (seen["expectation"], seen["assumed_emotion"]) == (1.5, None)
    assert seen["touchpoint"]["channel"] == {"id": channel.pk, "name": "App", "icon": "smartphone"}
    assert seen["touchpoint"]["owner"] == {"team": ride.touchpoint.owner_team_id, "name": "Fleet"}
    assert stations(told)["Wait"]["touchpoint"]["owner"] == {"member": member_of(workspace, edda).pk, "name": "Edda"}
    assert [(one["kind"], one["text"], one["mentions"]) for one in seen["touchpoint"]["insights"]] == [
        ("pain", "Too full", 7)
    ]


def test_and_of_each_touchpoint_its_health(tess: Client, dressed: Journey) -> None:
    seen = stations(tess.get(url(dressed)).json())["Ride"]
    health = seen["touchpoint"]["health"]
    assert health.pop("low") == pytest.approx(72.4 - 1.959964 * 3)
    assert health.pop("high") == pytest.approx(72.4 + 1.959964 * 3)
    assert health == {
        "score": 72,
        "exact": 72.4,
        "sd": 3.0,
        "answers": 40,
        "state": "measured",
        "band": "good",
        "change": NOT_COMPARED,
        "last_heard": "2026-02-28",
        "version": 1,
    }


def test_below_five_answers_nothing_is_told_as_a_number(tess: Client, dressed: Journey) -> None:
    health = stations(tess.get(url(dressed)).json())["Wait"]["touchpoint"]["health"]
    assert {name: health[name] for name in ("score", "exact", "sd", "low", "high", "band")} == dict.fromkeys(
        ("score", "exact", "sd", "low", "high", "band")
    )
    assert (health["state"], health["answers"]) == ("unknown", 4)


def test_labels_come_in_the_language_that_is_asked_for(tess: Client, commute: Journey) -> None:
    german = tess.get(url(commute), headers={"Accept-Language": "de"})
    assert german.json()["phases"][2]["name"] == "Kauf"
    assert german.headers["ETag"] != tess.get(url(commute)).headers["ETag"]
    assert "Accept-Language" in german.headers["Vary"]


def test_statements_do_not_grow_with_the_journey(workspace: Workspace, edda: User, tess: Client) -> None:
    few = drawn(workspace, edda, "Few", purchase="A1 A2")
    many = drawn(workspace, edda, "Many", purchase=" ".join(f"B{i}" for i in range(20)), advocacy="C1 C2 C3")
    persona = Persona.objects.create(workspace=workspace, name="Commuter")
    Change.objects.update(at=clock.now() - 9 * DAY)
    past = as_of(clock.today(workspace.zone) - 3 * DAY)
    tess.get(url(few))  # notes once a minute that the token is in use
    sent = []
    for journey in (few, many):
        etag = tess.get(url(journey)).headers["ETag"]
        asks: list[dict[str, Any]] = [{}, {"persona": persona.pk}, past]
        for ask, headers in ((asks[0], {}), (asks[1], {}), (asks[2], {}), (asks[0], {"If-None-Match": etag})):
            with CaptureQueriesContext(connection) as seen:
                assert tess.get(url(journey), ask, headers=headers).status_code in {200, 304}
            sent.append(len(seen))
    # Token, rate, journey and glance; three for the map, and one more for the persona's name; five for a past one whose
    # feelings no close tells. Of a persona and of a past day changes are asked for once.
    assert sent == [7, 9, 10, 4, 7, 8, 9, 4]


# --- whose, and of when ----------------------------------------------------------------------------------------------


def test_the_health_of_one_persona(tess: Client, dressed: Journey) -> None:
    commuter = Persona.objects.get(name="Commuter")
    told = tess.get(url(dressed), {"persona": commuter.pk}).json()
    health = stations(told)["Ride"]["touchpoint"]["health"]
    assert (health["score"], health["band"], health["state"], health["answers"]) == (35, "critical", "indicative", 9)
    assert told["persona"] == {"id": commuter.pk, "name": "Commuter"}
    assert told["health"]["score"] == 35


def test_ids_of_others_are_not_found(tess: Client, commute: Journey, elsewhere: Workspace, otto: User) -> None:
    theirs = drawn(elsewhere, otto, "Theirs")
    persona = Persona.objects.create(workspace=elsewhere, name="Theirs")
    assert tess.get(url(theirs)).status_code == 404
    for pk in (persona.pk, 0, 2**70):
        assert tess.get(url(commute), {"persona": pk}).status_code == 404
    assert token_client(elsewhere, "read").get(url(commute)).status_code == 404


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("as_of=soon", "as_of"),
        ("as_of=9999-12-31", "as_of"),
        ("as_of=2026-02-30", "as_of"),
        ("persona=all", "persona"),
        ("depth=1", "depth"),
        ("as_of=2026-01-01&as_of=2026-01-02", "as_of"),
    ],
)
def test_what_cannot_be_asked_is_named(tess: Client, commute: Journey, asked: str, field: str) -> None:
    answer = tess.get(f"{url(commute)}?{asked}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]


def test_the_head_alone(tess: Client, commute: Journey) -> None:
    head = tess.head(url(commute), as_of(clock.today(commute.workspace.zone)))
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == tess.get(url(commute)).headers["ETag"]
