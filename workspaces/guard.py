"""Refuses, before any view sees it, what cannot be stored or was made to hurt."""

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _

from workspaces.problems import is_program, refused

JSON_LIMIT = 64 * 1024  # bytes; a view that takes more says so with `@takes(bytes)`
JSON_DEPTH = 20
UPLOAD_LIMIT = (10 * 1024 + 64) * 1024  # bytes; a file of 10 MB with the form around it
FORM_LIMIT = 1024 * 1024  # bytes; four texts of 10,000 signs, each of which may take twelve bytes
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
SURROGATE = re.compile("[\ud800-\udfff]")
# How JSON spells what may not be storable (an emoji is spelt as two surrogates): bodies without need no second look.
ESCAPED = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
LONGEST_INTEGER = 20  # signs of a number within 64 bits
LONGEST_QUOTE = 40


class Unreadable(Exception):
    """A body is no JSON that can be worked with; the argument is the sentence that says why."""


def is_storable(text: str) -> bool:
    """Whether PostgreSQL can store this text: no NUL, no lone surrogate."""
    return "\0" not in text and (text.isascii() or SURROGATE.search(text) is None)


def takes(limit: int) -> Callable[[Any], Any]:
    """Let a view, or all of a class, take JSON of up to that many bytes."""

    def decorate(view: Any) -> Any:
        view.json_limit = limit
        return view

    return decorate


class InputGuard:
    """Answers 400 to NUL and lone surrogates in path, query, headers, form or JSON, and 413 to what is too long.

    JSON that is none, is nested too deeply, says a name twice or holds numbers that no column takes gets 400, too.
    What it says is read once: by `json_of`.
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
        limit = getattr(getattr(view, "cls", view), "json_limit", JSON_LIMIT)  # DRF's views name their class
        if length(request) > limit:
            return refused(request, 413, too_large(limit))
        if length(request) > JSON_LIMIT:
            return None  # a view that takes so much asks who sends it, before `json_of` reads it
        try:
            json_of(request)
        except Unreadable as unreadable:
            return refused(request, 400, str(unreadable))
        return None


def length(request: HttpRequest) -> int:
    """The bytes that the request says it holds; the server reads no more than that."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() else 0


def too_large(limit: int) -> str:
    """The sentence for 413."""
    return _("The request is too large: at most %(kb)s kB.") % {"kb": limit // 1024}


def json_of(request: HttpRequest) -> Any:
    """What the request's JSON says, read once. Raises Unreadable for what the guard refuses."""
    if not hasattr(request, "json"):
        request.json = read_json(request.body)  # type: ignore[attr-defined]
    return request.json  # type: ignore[attr-defined]


def read_json(body: bytes) -> Any:
    """What a JSON text says; None for an empty one. Raises Unreadable for what the guard refuses.

    One pass over the text and one over its lists and objects, for a body may hold thousands of rows.
    """
    if not body:
        return None
    try:
        text = body.decode("utf-8-sig")  # spreadsheets and PowerShell begin a text with a mark
        value = json.loads(
            text, object_pairs_hook=_object, parse_int=_integer, parse_float=_decimal, parse_constant=_no_number
        )
    except RecursionError:
        raise _too_deep() from None
    except ValueError:
        raise Unreadable(_("This is not JSON.")) from None
    if is_too_deep(value):
        raise _too_deep()
    if ESCAPED.search(text) and not _can_be_stored(text, value):
        raise _not_storable()
    return value


def is_too_deep(value: object) -> bool:
    """Whether lists and objects are nested in more than JSON_DEPTH levels. Goes level by level, never deeper."""
    level = [value] if type(value) in {dict, list} else []
    for _level in range(JSON_DEPTH):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if type(outer) is dict else outer)  # type: ignore[attr-defined]
            if type(inner) is dict or type(inner) is list
        ]
        if not level:
            return False
    return True


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of which each name is said once: of two, a reader would take one and lose the other."""
    found = dict(pairs)
    if len(found) < len(pairs):
        (twice, _times), *_rest = Counter(name for name, _value in pairs).most_common(1)
        if not is_storable(twice):
            raise _not_storable()  # nor could it be quoted
        raise Unreadable(_("“%(name)s” is given twice in one object.") % {"name": twice[:LONGEST_QUOTE]})
    return found


def _integer(digits: str) -> int:
    number = int(digits) if len(digits) <= LONGEST_INTEGER else 2**63
    if abs(number) >= 2**63:
        raise _not_storable()
    return number


def _decimal(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _not_storable()
    return number


def _no_number(word: str) -> None:
    """NaN and Infinity, which Python reads and JSON does not know."""
    raise Unreadable(_("This is not JSON."))


def _can_be_stored(text: str, value: object) -> bool:
    """Whether all texts in this JSON are storable. An even number of signs before `u0000` is a backslash itself."""
    if "\\u0000" in text and NUL.search(text):
        return False
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _too_deep() -> Unreadable:
    return Unreadable(_("The JSON is nested too deeply: at most %(depth)s levels.") % {"depth": JSON_DEPTH})


def _not_storable() -> Unreadable:
    return Unreadable(_("The request holds a character or a number that cannot be stored."))


def texts(request: HttpRequest) -> Iterable[str]:
    """Path, headers, query and form, names included."""
    yield request.path
    yield from request.headers.values()
    filled = request.content_type in FORMS and not is_program(request)  # which sends JSON, or is told to
    for form in (request.GET, request.POST) if filled else (request.GET,):
        for name, values in form.lists():
            yield name
            yield from map(str, values)
