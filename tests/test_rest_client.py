"""A client that another program wrote from the description works against the real server."""

import importlib
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from journeys.models import Journey
from tests.journeys.scene import drawn, placed
from workspaces.actions import make_token
from workspaces.models import Scope, User, Workspace


@pytest.fixture
def written(web: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The client's package, written from what the server says of itself."""
    tools, to = Path(sys.executable).parent, str(tmp_path / "etappe_client")
    words = ["generate", "--url", f"{web}/api/v1/schema/", "--meta", "none", "--output-path", to, "--fail-on-warning"]
    env = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"}
    subprocess.run([tools / "openapi-python-client", *words], check=True, cwd=tmp_path, env=env)
    monkeypatch.syspath_prepend(tmp_path)
    return importlib.import_module("etappe_client")


@pytest.fixture
def journey(workspace: Workspace, edda: User) -> Journey:
    return drawn(workspace, edda, purchase="Shop Pay", retention="Ride")


def call(name: str, **given: Any) -> Any:
    """What an operation answers, such as `call("journeys.journeys_map", …)`."""
    return importlib.import_module(f"etappe_client.api.{name}").sync(**given)


@pytest.mark.django_db(transaction=True)
def test_a_generated_client_reads_moves_and_pushes(
    workspace: Workspace, ada: User, journey: Journey, web: str, written: ModuleType
) -> None:
    _token, secret = make_token(workspace, name="Generated", scopes=Scope.values, by=ada)
    client = written.AuthenticatedClient(base_url=web, token=secret)
    models = importlib.import_module("etappe_client.models")
    shop, ride = placed(journey, "Shop"), placed(journey, "Ride")

    listed = call("journeys.journeys_list", client=client, limit=1)
    assert [(one.id, one.name) for one in listed.results] == [(journey.pk, "Commute")]
    body = models.MoveRequest(phase=ride.phase_id, after=ride.pk, version=shop.version)
    moved = call("placements.placements_move_create", placement_id=shop.pk, client=client, body=body)
    assert (moved.phase, moved.position) == (ride.phase_id, 1)
    seen = call("journeys.journeys_map", journey_id=journey.pk, client=client)
    assert [one.touchpoint.name for one in seen.phases[3].placements] == ["Ride", "Shop"]
    row = {"source": "crm", "external_id": "1", "touchpoint": ride.touchpoint_id, "metric": "csat", "value": 2}
    rows = [models.AnswerRowRequest.from_dict({**row, "occurred_at": "2026-11-20"})]
    outcome = call("responses.responses_create", client=client, body=rows)
    assert outcome.counts.stored == 1
    problem = call("personas.personas_retrieve", persona_id=2**40, client=client)
    assert (type(problem).__name__, problem.status) == ("Problem", 404)
