"""docker-compose.yml, against the Compose Specification's own schema.

compose-spec.json is Copyright 2020 The Compose Specification Authors, licensed under Apache-2.0, unchanged.
"""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text()


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The file with its anchors resolved."""
    loaded: dict[str, Any] = yaml.safe_load(TEXT)
    return loaded


def test_it_is_valid(compose: dict[str, Any]) -> None:
    schema = json.loads(Path(__file__).with_name("compose-spec.json").read_text())
    jsonschema.Draft7Validator(schema).validate(compose)


def test_the_schema_would_notice_a_mistake(compose: dict[str, Any]) -> None:
    schema = json.loads(Path(__file__).with_name("compose-spec.json").read_text())
    broken = {**compose, "services": {**compose["services"], "web": {"comand": ["serve"]}}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(schema).validate(broken)


def test_it_has_every_part_and_each_says_how_it_feels(compose: dict[str, Any]) -> None:
    lasting = set(compose["services"]) - {"migrate"}
    assert lasting == {"proxy", "web", "live", "worker", "beat", "postgres", "valkey"}
    assert all("healthcheck" in compose["services"][name] for name in lasting)


def test_only_the_proxy_is_open_to_the_network(compose: dict[str, Any]) -> None:
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["proxy"]


def test_what_must_last_is_on_a_volume(compose: dict[str, Any]) -> None:
    used = {mount.split(":")[0] for service in compose["services"].values() for mount in service.get("volumes", [])}
    assert set(compose["volumes"]) <= used


@pytest.mark.parametrize("secret", ["SECRET_KEY", "POSTGRES_PASSWORD", "VALKEY_PASSWORD"])
def test_no_secret_has_a_default(secret: str) -> None:
    assert f"${{{secret}:?" in TEXT
    assert not re.search(rf"\$\{{{secret}:?[-+]", TEXT)
