"""Each body that the description shows is one that works."""

import copy
from typing import Any

import pytest

from feedback.models import Theme
from tests.cast import person, token_client
from tests.rest import BASE, Rest
from tests.rows import fill
from tests.test_doors_rest import OPERATIONS, filled, resolved
from tests.test_rest_schema import meant
from workspaces.actions import create_workspace
from workspaces.models import ApiToken, Comment, Scope, Workspace

NONSENSE = 987654321
WITH_BODY = [
    pytest.param(method, address, operation, id=operation["operationId"])
    for method, address, operation in OPERATIONS
    if "requestBody" in operation
]
OF_ROWS = [
    one
    for one in WITH_BODY
    if one.id
    not in {
        "alarms_acknowledge_create",
        "cases_create",
        "cases_close_create",
        "cases_dismiss_create",
        "causes_edit",
        "measures_controls_create",
        "measures_cost_create",
        "measures_move_create",
        "personas_merge",
        "personas_duplicate_create",
        "personas_import",
        "placements_move_create",
        "journeys_duplicate_create",
        "journeys_bulk_create",
        "journeys_import",
        "questions_move_create",
        "responses_create",
        "surveys_links_create",
        "themes_merge_create",
        "usage_create",
    }
]


@pytest.fixture
def here(db: None) -> Workspace:
    olga = person("Olga")
    workspace = create_workspace(name="Lindbahn", by=olga)
    fill(workspace, by=olga)
    return workspace


def example_of(operation: dict[str, Any], rest: Rest, path: str, here: Workspace) -> Any:
    """The body that the description shows, with ids and the version of rows that there are."""
    if operation["operationId"] == "placements_create":  # the one that is there stands on the journey already
        rest.post("touchpoints/", {"name": "Help desk"})
    if operation["operationId"] == "comments_partial_update":  # only who wrote a comment may change it
        Comment.objects.of(here).update(by=None, token=ApiToken.objects.of(here).latest("pk"))
    told = operation["requestBody"]["content"]["application/json"]["examples"]["Example"]["value"]
    body = meant(copy.deepcopy(told), here)
    if "version" in body and "format" not in body:  # a document's version is that of its format
        row = path
        for verb in ("move/", "close/", "dismiss/", "cost/"):
            row = row.removesuffix(verb)
        body["version"] = rest.get(row).json()["version"]
    if operation["operationId"] == "measures_controls_create":  # with none of its own
        body["touchpoints"] = [rest.post("touchpoints/", {"name": "Help desk"}).json()["id"]]
    if operation["operationId"] == "personas_merge":  # nobody becomes part of themselves
        body["persona"] = rest.post("personas/", {"name": "Tourist"}).json()["id"]
    if "after" in body:
        body["after"] = None  # nothing follows itself
    if "into" in body:
        body["into"] = Theme.objects.of(here).filter(state="suggested").earliest("pk").pk  # nothing is part of itself
    return body


@pytest.mark.parametrize(("method", "address", "operation"), WITH_BODY)
def test_the_example_works(method: str, address: str, operation: dict[str, Any], here: Workspace) -> None:
    rest = Rest(token_client(here, *Scope.values))
    path = filled(address, here).removeprefix(BASE)
    answer = rest.ask(method.upper(), path, example_of(operation, rest, path, here))
    assert answer.status_code in {200, 201}, answer.content


@pytest.mark.parametrize(("method", "address", "operation"), OF_ROWS)
def test_what_is_not_to_be_set_is_not_set(
    method: str, address: str, operation: dict[str, Any], here: Workspace
) -> None:
    rest = Rest(token_client(here, *Scope.values))
    path = filled(address, here).removeprefix(BASE)
    answered = operation["responses"]["201" if method == "post" else "200"]["content"]["application/json"]
    fields = resolved(answered["schema"])["properties"]
    sent = {name: NONSENSE for name, field in fields.items() if field.get("readOnly")}
    assert "id" in sent
    told = rest.ask(method.upper(), path, example_of(operation, rest, path, here) | sent)
    assert told.status_code in {200, 201}, told.content
    assert [name for name in sent if told.json()[name] == NONSENSE] == []
