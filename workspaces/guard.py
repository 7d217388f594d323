"""Refuses, before any view sees it, what cannot be stored or was made to hurt."""

import json
import math
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _

from workspaces.problems import refused

JSON_LIMIT = 64 * 1024  # bytes; a view that takes more says so with `@takes(bytes)`
JSON_DEPTH = 20
UPLOAD_LIMIT = (10 * 1024 + 64) * 1024  # bytes; a file of 10 MB with the form around it
FORM_LIMIT = 1024 * 1024  # bytes; four texts of 10,000 signs, each of which may take twelve bytes
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)


def is_storable(text: str) -> bool:
    """Whether PostgreSQL can store this text: no NUL, no lone surrogate."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def is_storable_json(value: Any) -> bool:
    """Whether PostgreSQL can store all of a JSON value: its texts, and its numbers within 64 bits and finite."""
    if isinstance(value, str):
        return is_storable(value)
    if isinstance(value, list):
        return all(map(is_storable_json, value))
    if isinstance(value, dict):
        return all(map(is_storable, value)) and all(map(is_storable_json, value.values()))
    return not isinstance(value, int | float) or (math.isfinite(value) and abs(value) < 2**63)


def depth(body: bytes) -> int:
    """How deep lists and objects are nested in a JSON text. Reads it flat, so that depth itself can do no harm."""
    deepest = now = 0
    for character in STRING.sub(b"", body):
        if character in b"[{":
            now += 1
            deepest = max(deepest, now)
        elif character in b"]}":
            now -= 1
    return deepest


def takes(limit: int) -> Callable[[Any], Any]:
    """Let a view take JSON of up to that many bytes."""

    def decorate(view: Any) -> Any:
        view.json_limit = limit
        return view

    return decorate


class InputGuard:
    """Answers 400 to NUL and lone surrogates in path, query, headers, form or JSON, and 413 to what is too long.

    JSON that is none, is nested too deeply or holds numbers that no column takes gets 400, too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let through what can be stored. It stands before all others, so it finds the reader's language by itself."""
        with translation.override(translation.get_language_from_request(request)):
            refusal = self._refusal(request)
        return refusal or self.get_response(request)

    @staticmethod
    def _refusal(request: HttpRequest) -> HttpResponseBase | None:
        if request.content_type == "application/x-www-form-urlencoded" and length(request) > FORM_LIMIT:
            return refused(request, 413, too_large(FORM_LIMIT))
        if request.content_type == "multipart/form-data" and length(request) > UPLOAD_LIMIT:
            return refused(request, 413, too_large(UPLOAD_LIMIT))  # before a byte of it is read
        if not all(map(is_storable, texts(request))):
            return refused(request, 400, _("The request holds a character that cannot be stored."))
        return None

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Look into JSON, now that it is known how much the view takes."""
        if not (request.content_type or "").endswith(("/json", "+json")):
            return None
        limit = getattr(view, "json_limit", JSON_LIMIT)
        if length(request) > limit:
            return refused(request, 413, too_large(limit))
        fault = fault_in_json(request.body)
        return refused(request, 400, fault) if fault else None


def length(request: HttpRequest) -> int:
    """The bytes that the request says it holds; the server reads no more than that."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() else 0


def too_large(limit: int) -> str:
    """The sentence for 413."""
    return _("The request is too large: at most %(kb)s kB.") % {"kb": limit // 1024}


def fault_in_json(body: bytes) -> str:
    """What is wrong with a JSON text, or nothing."""
    if depth(body) > JSON_DEPTH:
        return _("The JSON is nested too deeply: at most %(depth)s levels.") % {"depth": JSON_DEPTH}
    try:
        value = json.loads(body) if body else None
    except ValueError:
        return _("This is not JSON.")
    return "" if is_storable_json(value) else _("The request holds a character or a number that cannot be stored.")


def texts(request: HttpRequest) -> Iterable[str]:
    """Path, headers, query and form, names included."""
    yield request.path
    yield from request.headers.values()
    for form in (request.GET, request.POST) if request.content_type in FORMS else (request.GET,):
        for name, values in form.lists():
            yield name
            yield from map(str, values)
