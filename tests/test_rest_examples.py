"""Each body that the description shows is one that works."""

import copy
from typing import Any

import pytest

from tests.cast import person, token_client
from tests.rest import BASE, Rest
from tests.rows import fill
from tests.test_doors_rest import OPERATIONS, filled
from tests.test_rest_schema import meant
from workspaces.actions import create_workspace
from workspaces.models import Scope, Workspace

WITH_BODY = [
    pytest.param(method, address, operation, id=operation["operationId"])
    for method, address, operation in OPERATIONS
    if "requestBody" in operation
]


@pytest.fixture
def here(db: None) -> Workspace:
    olga = person("Olga")
    workspace = create_workspace(name="Lindbahn", by=olga)
    fill(workspace, by=olga)
    return workspace


@pytest.mark.parametrize(("method", "address", "operation"), WITH_BODY)
def test_the_example_works(method: str, address: str, operation: dict[str, Any], here: Workspace) -> None:
    rest = Rest(token_client(here, *Scope.values))
    if operation["operationId"] == "placements_create":  # the one that is there stands on the journey already
        rest.post("touchpoints/", {"name": "Help desk"})
    told = operation["requestBody"]["content"]["application/json"]["examples"]["Example"]["value"]
    path = filled(address, here).removeprefix(BASE)
    body = meant(copy.deepcopy(told), here)
    if "version" in body:
        body["version"] = rest.get(path.removesuffix("move/")).json()["version"]
    if "after" in body:
        body["after"] = None  # nothing follows itself
    answer = rest.ask(method.upper(), path, body)
    assert answer.status_code in {200, 201}, answer.content
