"""Programs take a whole journey out as a document, and draw it elsewhere."""

import json
from typing import Any

import pytest
from django.test import Client

from journeys.exchange.whole import document_of
from journeys.models import Journey
from tests.cast import token_client
from tests.rest import Rest
from touchpoints.models import Touchpoint
from workspaces.models import Team, Workspace

IMPORT = "journeys/import/"
TRIP = {"format": "etappe.journey", "version": 1, "journey": {"name": "Trip"}}


def test_out_there_and_out_again_it_is_the_same(tess: Client, full: Journey, elsewhere: Workspace) -> None:
    out = Rest(tess).get(f"journeys/{full.pk}/export/")
    assert out.json() == document_of(full)
    Team.objects.create(workspace=elsewhere, name="Fleet")
    there = Rest(token_client(elsewhere, "read", "write"))
    sent = json.loads(out.content.decode().replace('{"member":"Edda"}', "null"))
    taken = there.post(IMPORT, sent)
    assert taken.status_code == 201, taken.content
    assert taken.json()["unknown_owners"] == []
    assert there.get(f"journeys/{taken.json()['id']}/export/").json() == sent
    assert there.get(f"journeys/{full.pk}/export/").status_code == 404


def test_who_is_not_known_is_named_and_a_key_draws_one(tess: Client, workspace: Workspace) -> None:
    body = {**TRIP, "journey": {"name": "Trip", "owner": {"team": "Fleet of old"}}}
    answers = [Rest(tess).post(IMPORT, body, Idempotency_Key="trip") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["unknown_owners"] == ["Fleet of old"]
    assert Journey.objects.of(workspace).count() == 1


@pytest.mark.parametrize(
    ("wrong", "status", "path"),
    [
        ({"version": 2}, 422, "version"),
        ({"touchpoints": [{"phase": "later", "name": "A"}]}, 422, "touchpoints[0].phase"),
        ({"touchpoints": [{"phase": "purchase", "name": "A", "channel": False}]}, 422, "touchpoints[0].channel"),
        ({"touchpoints": [{"phase": "purchase", "name": "\x1d"}]}, 422, "touchpoints[0].name"),
        ({"touchpoints": [{"phase": "purchase", "name": "A", "mood": 1}]}, 400, "touchpoints[0].mood"),
    ],
)
def test_what_is_wrong_is_told_by_its_path(
    tess: Client, workspace: Workspace, wrong: dict[str, Any], status: int, path: str
) -> None:
    answer = Rest(tess).post(IMPORT, TRIP | wrong, Idempotency_Key="trip")
    assert answer.status_code == status
    assert list(answer.json()["errors"]) == [path]
    assert not Journey.objects.of(workspace).exists()
    assert not Touchpoint.objects.of(workspace).exists()
    assert Rest(tess).post(IMPORT, TRIP, Idempotency_Key="trip").status_code == 201, "its key is free"


def test_a_large_document_is_taken_and_reading_is_not_enough(tess: Client, workspace: Workspace) -> None:
    body = TRIP | {
        "touchpoints": [{"phase": "purchase", "name": f"Stop {place}", "note": "x" * 900} for place in range(200)]
    }
    assert len(json.dumps(body)) > 128 * 1024
    assert Rest(tess).post(IMPORT, body).status_code == 201
    assert Rest(token_client(workspace, "read")).post(IMPORT, TRIP).status_code == 403
