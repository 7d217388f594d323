"""The interface tried by its own description: what it says can be sent is sent, and much that cannot."""

import contextlib
import datetime
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.conf import LazySettings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck
from hypothesis import settings as tried
from pytest_django import DjangoDbBlocker
from schemathesis.config import SchemathesisConfig

from tests.cast import person, token_client
from tests.rows import ROWS, fill
from tests.staging import taken_back
from tests.test_doors_rest import SCHEMA, row_named
from workspaces import tokens
from workspaces.actions import create_workspace
from workspaces.models import Scope, Workspace

# Beside what any service may refuse: a version or rule that no description can tell.
REFUSED = ["412", "422", "428"]
# That have been, in their order
DAYS = {"as_of": "2026-02-01", "since": "2026-01-01", "from": "2026-01-01", "to": "2026-02-01"}
# How many a column holds
DECIMALS = {
    "expectation": 1,
    "assumed_emotion": 1,
    "points": 1,
    "base": 4,
    "low": 4,
    "likely": 4,
    "high": 4,
    "retention": 1,
    "discount": 1,
}
CONFIG = SchemathesisConfig.from_dict(
    {
        "generation": {"allow-x00": False, "with-security-parameters": False, "deterministic": True},
        "checks": {
            "positive_data_acceptance": {
                "expected-statuses": ["2xx", "304", "401", "403", "404", "409", "429", *REFUSED]
            },
            "negative_data_rejection": {"expected-statuses": ["4xx"]},
        },
    }
)
schema = schemathesis.openapi.from_dict(SCHEMA, config=CONFIG)
schema.app = WSGIHandler()


@pytest.fixture(scope="module")
def scenery(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Workspace]:
    """A workspace with one of everything, which stands until all acts are over."""
    with django_db_blocker.unblock(), taken_back():
        olga = person("Olga")
        workspace = create_workspace(name="Lindbahn", by=olga)
        fill(workspace, by=olga)
        yield workspace


@pytest.fixture
def here(scenery: Workspace, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A workspace with one of everything."""
    settings.API_REQUESTS_PER_MINUTE = 100_000
    monkeypatch.setattr(tokens, "WRONG_TOKENS", 100_000)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # as Django's own test client does: one transaction holds all of it
    with taken_back():
        yield scenery
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def secret(here: Workspace) -> str:
    """The token of a program that may do everything."""
    return str(token_client(here, *Scope.values).defaults["HTTP_AUTHORIZATION"])


def is_id(value: Any) -> bool:
    """Whether a row could have it. To JSON Schema 1.0 is a whole number, too."""
    return type(value) in {int, float} and value % 1 == 0 and 0 < value < 2**63


def meant(value: Any, here: Workspace) -> Any:
    """The same with ids of rows that there are, so that more than 404 is tried.

    And with no more decimals than there may be, which JSON Schema cannot ask of binary fractions.
    """
    if isinstance(value, dict):
        for name, inner in value.items():
            part = name if name in ROWS else row_named(name)
            if part and is_id(inner):
                value[name] = ROWS[part](here)
            elif part and isinstance(inner, list) and inner and all(map(is_id, inner)):
                value[name] = [ROWS[part](here)]
            elif name in DECIMALS and type(inner) is float:
                value[name] = round(inner, DECIMALS[name])
            else:
                meant(inner, here)
    elif isinstance(value, list):
        for inner in value:
            meant(inner, here)
    return value


def make_sense(query: Any) -> None:
    """Let an address ask what goes together, as the descriptions say and JSON Schema cannot."""
    query.pop("cursor", None)  # opaque: only `next` tells one
    if "updated_since" in query:
        query.pop("ordering", None)
    if "persona" in query:
        query.pop("totals", None)
    if not {"touchpoint", "persona"} <= query.keys():
        query.pop("restated", None)
    for name in DAYS.keys() & query.keys():
        with contextlib.suppress(TypeError, ValueError):
            datetime.date.fromisoformat(query[name])
            query[name] = DAYS[name]


@schema.parametrize()
@tried(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_answer_is_undocumented(case: Any, here: Workspace, secret: str) -> None:
    meant(case.path_parameters, here)
    meant(case.body, here)
    make_sense(case.query or {})
    case.call_and_validate(headers={"Authorization": secret})
