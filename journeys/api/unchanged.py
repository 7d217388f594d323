"""Answers that cost little while nothing has changed: 304 to whoever has what there is to tell."""

import json
from typing import Any

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.request import Request

from journeys.full import plain
from journeys.naming import named
from workspaces.tokens import underlying

IF_NONE_MATCH = OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER, description="the ETag that you have")
NOT_CHANGED = OpenApiResponse(description="Nothing of it has changed.")


def as_stands(request: Request, told: Any) -> HttpResponse:
    """What is told as JSON, under a name of its own; 304 if the asker has just that."""
    body = as_json(told)
    return unchanged(request, named(body)) or in_full(body, named(body))


def unchanged(request: Request, name: str) -> HttpResponse | None:
    """304, if what goes by this name is what the asker has."""
    answer = get_conditional_response(underlying(request), etag=quote_etag(name))
    return answer and private(answer)


def in_full(body: str, name: str) -> HttpResponse:
    """A JSON text under the name by which it is asked for again."""
    return private(HttpResponse(body, content_type="application/json", headers={"ETag": quote_etag(name)}))


def private(response: Any) -> HttpResponse:
    """For this token's program only, and never without asking."""
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Authorization"])
    answer: HttpResponse = response
    return answer


def as_json(told: Any) -> str:
    """Plain values as JSON text."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), default=plain)
