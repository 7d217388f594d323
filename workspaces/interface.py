"""The REST interface as it describes itself: in OpenAPI, and the same in the order in which people read."""

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from drf_spectacular.generators import SchemaGenerator

BASE = "/api/v1/"
BOUNDLESS = 2**31 - 1  # a number this high is what a column holds, and says nothing to people


@functools.cache
def description() -> dict[str, Any]:
    """The OpenAPI description, in English. It depends on the code alone, so it is made once a process."""
    with translation.override("en"):
        made: dict[str, Any] = SchemaGenerator().get_schema(public=True)  # type: ignore[no-untyped-call]
        return made


@dataclass(frozen=True)
class Field:
    """A parameter or a field of a body. `kind`: what it may hold, in words of JSON Schema."""

    name: str
    kind: str
    needed: bool
    says: str


@dataclass(frozen=True)
class Operation:
    """One method of one address. `example`: a body that works, as JSON."""

    name: str
    method: str
    address: str
    scope: str
    summary: str
    says: str
    parameters: list[Field]
    fields: list[Field]
    example: str
    answers: list[tuple[str, str]]


@functools.cache
def chapters() -> dict[str, list[Operation]]:
    """All operations by the resource that they belong to."""
    found: dict[str, list[Operation]] = {}
    for address, operations in description()["paths"].items():
        resource = address.removeprefix(BASE).partition("/")[0] or "workspace"
        for method, told in operations.items():
            found.setdefault(resource, []).append(_operation(address, method, told))
    return found


def _operation(address: str, method: str, told: dict[str, Any]) -> Operation:
    says = told.get("description", "").strip()
    title, _, more = says.partition("\n")
    parameters = [_parameter(one) for one in told.get("parameters", ()) if one["in"] != "path"]
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {})
    examples = [example["value"] for example in body.get("examples", {}).values()]
    return Operation(
        name=told["operationId"],
        method=method.upper(),
        address=address,
        scope=next(iter(told["security"][0]["token"]), ""),
        summary=told.get("summary", title),
        says=says if "summary" in told else more.strip(),
        parameters=parameters,
        fields=list(_fields(body.get("schema", {}))),
        example=json.dumps(examples[0], ensure_ascii=False) if examples else "",
        answers=[(code, answer.get("description", "")) for code, answer in sorted(told["responses"].items())],
    )


def _parameter(told: dict[str, Any]) -> Field:
    where = " (header)" if told["in"] == "header" else ""
    return Field(told["name"] + where, _kind(told["schema"]), told.get("required", False), told.get("description", ""))


def _fields(schema: dict[str, Any]) -> Iterator[Field]:
    schema = _resolved(schema)
    if schema.get("type") == "array":
        yield from _fields(schema["items"])
    needed = schema.get("required", ())
    for name, told in schema.get("properties", {}).items():
        yield Field(name, _kind(told), name in needed, told.get("description", "") or told.get("title", ""))


def _kind(schema: dict[str, Any]) -> str:
    """What it may hold: its type, or its words, and its limits."""
    schema = {**_resolved(schema), **{name: value for name, value in schema.items() if name != "description"}}
    if several := schema.get("oneOf") or schema.get("anyOf"):
        return " | ".join(dict.fromkeys(_kind(one) for one in several))
    if words := schema.get("enum"):
        return " | ".join("null" if word is None else json.dumps(word) for word in words)
    kinds = schema.get("type", "object")
    kind = " | ".join(kinds) if isinstance(kinds, list) else str(kinds)
    if "items" in schema:
        return f"{kind} of {_kind(schema['items'])}"
    low, high = schema.get("minimum"), schema.get("maximum", schema.get("maxLength"))
    high = None if high is not None and high >= BOUNDLESS else high
    limits = f", {'' if low is None else low}…{'' if high is None else high}" if (low, high) != (None, None) else ""
    return f"{schema.get('format', kind)}{limits}"


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema behind a reference, that of a single `allOf` included."""
    for part in (schema, *schema.get("allOf", ())):
        if "$ref" in part:
            found: dict[str, Any] = description()["components"]["schemas"][part["$ref"].rpartition("/")[2]]
            return found
    return schema
