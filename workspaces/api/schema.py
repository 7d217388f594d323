"""How the interface describes itself in OpenAPI: what is true of all its addresses is said here once."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework.pagination import BasePagination

from workspaces.api import once
from workspaces.tokens import scope_of

PROBLEM = {
    "type": "object",
    "description": "What went wrong (RFC 9457). Decide by `status`; `detail` and `errors` are sentences for people.",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "object",
            "description": "what is wrong with each field or parameter",
            "additionalProperties": True,
        },
        "current": {"type": "object", "description": "the resource as it stands now", "additionalProperties": True},
    },
}
SUMMARIES = {
    "list": "{all}",
    "retrieve": "One {one}",
    "create": "New {one}",
    "partial_update": "Edit {one}",
    "destroy": "Archive {one}",
    "restore": "Restore {one}",
}
SUCCESS = {"200": "As it stands now.", "201": "Made.", "204": "Done. There is nothing to tell."}
ALWAYS = {
    400: "The request cannot be read, or names a field or parameter that does not exist.",
    401: "No token, or one that is unknown, expired or ended.",
    403: "The token lacks the scope.",
    404: "There is no such row in this workspace.",
    429: "Too many requests; `Retry-After` says how many seconds to wait.",
}
WITH_BODY = {413: "The body is too large.", 415: "The body is not JSON."}
ON_POST = {
    409: "It does not go together with what is there, or a request with this key is under way.",
    412: "It has been changed since that version; `current` says how it stands now.",
    422: "It can be read but not done, or the key was used for another request.",
}
ON_PATCH = {
    409: "It does not go together with what is there.",
    412: "It has been changed since that version; `current` says how it stands now.",
    422: "It can be read but not done.",
    428: "Neither `version` nor `If-Match` says from which version it was edited.",
}
ON_DELETE = {409: ON_PATCH[409], 412: ON_PATCH[412], 422: ON_PATCH[422]}
BY_METHOD = {"post": {**WITH_BODY, **ON_POST}, "patch": {**WITH_BODY, **ON_PATCH}, "delete": ON_DELETE}


class Schema(AutoSchema):
    """Parameters come from the view's queries; headers from the method."""

    def get_override_parameters(self) -> list[Any]:
        """What the address and the headers may say."""
        query = self.view.query_of_action()() if hasattr(self.view, "query_of_action") else None
        found: list[Any] = [query] if query is not None and query.fields else []
        if self.method == "POST":
            text = "A name of your own for this request: sent again under it, it is done once and answered alike."
            key = {"type": "string", "pattern": once.KEY.pattern}
            found.append(OpenApiParameter(once.HEADER, key, OpenApiParameter.HEADER, description=text))
        if self.method in {"PATCH", "DELETE"}:
            text = 'The version that you saw, as the ETag that you got: `"7"`.'
            found.append(OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, description=text))
        return found

    def _unwrap_list_serializer(self, serializer: Any, direction: Any) -> Any:
        """With the length that a list in a body may have, which the library leaves out."""
        schema = super()._unwrap_list_serializer(serializer, direction)
        if schema and getattr(serializer, "max_length", None):
            schema |= {"minItems": 0 if serializer.allow_empty else 1, "maxItems": serializer.max_length}
        return schema

    def get_operation(self, *given: Any) -> Any:
        """With a body that works, where the view has one."""
        operation = super().get_operation(*given)
        for body in (operation or {}).get("requestBody", {}).get("content", {}).values():
            action = getattr(self.view, "action", None) or str(self.method).lower()
            if example := self.view.examples.get(action):  # type: ignore[attr-defined]
                body["examples"] = {"Example": {"value": example}}
        return operation

    def get_summary(self) -> str | None:
        """What the view says, or what its action does to what kind of row."""
        told = super().get_summary()
        words = SUMMARIES.get(getattr(self.view, "action", ""))
        if told or not words:
            return told
        kind = self.view.model._meta  # type: ignore[attr-defined]
        return words.format(one=kind.verbose_name, all=str(kind.verbose_name_plural).capitalize())

    def get_auth(self) -> list[dict[str, list[str]]]:
        """A token with the scope that the method needs."""
        return [{"token": [scope_of(self.view, self.method)]}]


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The token in the header."""

    target_class = "workspaces.tokens.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """As OpenAPI names it."""
        return {"type": "http", "scheme": "bearer", "description": "A token of the workspace: Settings → Tokens."}


class Page(BasePagination):
    """How a page of a list looks; `Resource.list` makes it."""

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The rows, and where the list goes on."""
        archived = "only with `updated_since`: the ids of what was archived (of answers: removed) on this page"
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {
                "next": {"type": ["string", "null"], "format": "uri", "description": "the next page; null on the last"},
                "results": schema,
                "archived": {"type": "array", "items": {"type": "integer"}, "description": archived},
            },
        }


def tell_problems(result: dict[str, Any], **generated: Any) -> dict[str, Any]:
    """Say of each operation which problems it may answer, and of each body that unknown fields are refused."""
    schemas = result["components"]["schemas"]
    for name, schema in schemas.items():
        if name.endswith("Request"):
            schema["additionalProperties"] = False
    schemas["OwnerRequest"] |= {"minProperties": 1, "maxProperties": 1}
    schemas["Problem"] = PROBLEM
    for operations in result["paths"].values():
        for method, operation in operations.items():
            _complete(operation["responses"], {**ALWAYS, **BY_METHOD.get(method, {})})
    return result


def _complete(responses: dict[str, Any], problems: dict[int, str]) -> None:
    for code, response in responses.items():
        response["description"] = response["description"] or SUCCESS.get(code, "")
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, text in problems.items():
        responses.setdefault(str(status), {"description": text, "content": content})
