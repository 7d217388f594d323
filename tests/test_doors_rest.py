"""Every REST address with another workspace's ids in its address, its body and its filters, named by its own schema."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.cast import person, token_client
from tests.dumps import dump
from tests.rows import FIELDS, ROWS, fill
from tests.staging import taken_back
from workspaces.actions import create_workspace
from workspaces.interface import description
from workspaces.models import Scope, Workspace

SCHEMA = description()
OPERATIONS = [
    (method, address, operation)
    for address, operations in SCHEMA["paths"].items()
    for method, operation in operations.items()
]
Stage = tuple[Workspace, Workspace, Client]


@pytest.fixture(scope="module")
def scenery(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Workspace, Workspace]]:
    """Two workspaces with similar rows, which stand until all acts are over."""
    with django_db_blocker.unblock(), taken_back():
        workspaces = []
        for name, owner in (("Here", person("Olga")), ("Elsewhere", person("Otto"))):
            workspaces.append(create_workspace(name=name, by=owner))
            fill(workspaces[-1], by=owner)
        here, elsewhere = workspaces
        yield here, elsewhere


@pytest.fixture
def stage(scenery: tuple[Workspace, Workspace]) -> Iterator[Stage]:
    """Two workspaces with similar rows, and a program of the first that may do everything."""
    here, elsewhere = scenery
    with taken_back():
        program = token_client(here, *Scope.values)
        program.get("/api/v1/")  # its use is written down now, and not again in this minute
        yield here, elsewhere, program


def row_named(name: str) -> str | None:
    """Which row a field or parameter names."""
    return f"{name}_id" if f"{name}_id" in ROWS else FIELDS.get(name)


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema behind a reference."""
    for part in (schema, *schema.get("allOf", ()), *schema.get("oneOf", ())):
        if "$ref" in part:
            found: dict[str, Any] = SCHEMA["components"]["schemas"][part["$ref"].rpartition("/")[2]]
            return found
    return schema


def holds_ids(field: dict[str, Any]) -> bool:
    """Whether a field names rows by their ids: a document calls them by their names."""
    field = resolved(field)
    return "integer" in str(field.get("items", field).get("type"))


def bodies(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """For each field that names a row: which, and a body of that field alone, with the id to be filled in."""
    schema = resolved(schema)
    if schema.get("type") == "array":
        for part, body in bodies(schema["items"]):
            yield part, [body]
    for name, field in schema.get("properties", {}).items():
        if (known := row_named(name)) and holds_ids(field):
            yield known, {name: [ID] if resolved(field).get("type") == "array" else ID}
        elif "$ref" in str(field):
            for inner, body in bodies(field):
                yield inner, {name: body}


ID = "the id"
IN_BODY = [
    pytest.param(method, address, part, body, id=f"{operation['operationId']} {json.dumps(body)}")
    for method, address, operation in OPERATIONS
    if "requestBody" in operation
    for part, body in bodies(operation["requestBody"]["content"]["application/json"]["schema"])
]
IN_QUERY = [
    pytest.param(address, parameter["name"], id=f"{operation['operationId']} {parameter['name']}")
    for method, address, operation in OPERATIONS
    for parameter in operation.get("parameters", [])
    if parameter["in"] == "query" and row_named(parameter["name"]) and holds_ids(parameter["schema"])
]


def filled(address: str, workspace: Workspace) -> str:
    """The address, naming rows of that workspace."""
    for part, row_of in ROWS.items():
        if f"{{{part}}}" in address:
            address = address.replace(f"{{{part}}}", str(row_of(workspace)))
    return address


def ask(client: Client, method: str, url: str, body: Any = None) -> Any:
    return client.generic(method.upper(), url, json.dumps(body), content_type="application/json")


@pytest.mark.parametrize(("method", "address", "part", "body"), IN_BODY)
def test_another_workspace_s_id_in_a_body_is_404(method: str, address: str, part: str, body: Any, stage: Stage) -> None:
    here, elsewhere, program = stage
    before = dump(here), dump(elsewhere)
    text = json.dumps(body).replace(json.dumps(ID), str(ROWS[part](elsewhere)))
    answer = ask(program, method, filled(address, here), json.loads(text))
    assert answer.status_code == 404, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (dump(here), dump(elsewhere)) == before


@pytest.mark.parametrize(("address", "name"), IN_QUERY)
def test_another_workspace_s_id_in_a_filter_is_404(address: str, name: str, stage: Stage) -> None:
    here, elsewhere, program = stage
    row_of = ROWS[str(row_named(name))]
    assert program.get(filled(address, here), {name: row_of(here)}).status_code == 200
    answer = program.get(filled(address, here), {name: row_of(elsewhere)})
    assert answer.status_code == 404
    assert list(answer.json()["errors"]) == [name]


@pytest.mark.parametrize(("method", "address", "operation"), OPERATIONS)
def test_what_may_not_be_asked_is_refused_by_name(
    method: str, address: str, operation: dict[str, Any], stage: Stage
) -> None:
    here, _elsewhere, program = stage
    answer = ask(program, method, f"{filled(address, here)}?nonsense=1", {})
    assert answer.status_code == 400
    assert answer.json()["errors"] == {"nonsense": ["There is no such field."]}


@pytest.mark.parametrize(
    ("method", "address", "operation"), [operation for operation in OPERATIONS if "requestBody" in operation[2]]
)
def test_unknown_fields_are_refused_by_name(method: str, address: str, operation: dict[str, Any], stage: Stage) -> None:
    here, _elsewhere, program = stage
    many = operation["requestBody"]["content"]["application/json"]["schema"].get("type") == "array"
    body = {"nonsense": 1, "workspace": 1}
    answer = ask(program, method, filled(address, here), [body] if many else body)
    assert answer.status_code == (422 if many else 400)
    errors = answer.json()["results"][0]["errors"] if many else answer.json()["errors"]
    assert errors["nonsense"] == errors["workspace"] == ["There is no such field."]


# It stores nothing, so again is harmless; and what is answered under a key is kept for a day, here customers' numbers.
STORES_NOTHING = "/api/v1/surveys/{survey_id}/links/"
POSTS = [address for method, address, _operation in OPERATIONS if method == "post" and address != STORES_NOTHING]


@pytest.mark.parametrize("address", POSTS)
def test_each_post_takes_a_key(address: str, stage: Stage) -> None:
    here, _elsewhere, program = stage
    url = filled(address, here)
    answer = program.post(url, {}, content_type="application/json", headers={"Idempotency-Key": "k" * 256})
    assert answer.status_code == 400
    assert "Idempotency-Key" in answer.json()["errors"]
