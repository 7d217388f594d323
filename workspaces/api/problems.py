"""What goes wrong, as application/problem+json (RFC 9457), the same for every resource."""

from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.views import exception_handler

from workspaces.editing import refusal
from workspaces.errors import Refused, Stale
from workspaces.problems import problem

PASSED_ON = {"WWW-Authenticate", "Retry-After", "Allow"}


class VersionMissing(exceptions.APIException):
    """An edit that does not say which version it was made from."""

    status_code = 428


class Conflict(exceptions.APIException):
    """What is asked does not go together with what is there or under way."""

    status_code = 409


class Unprocessable(exceptions.APIException):
    """It can be read, but not done."""

    status_code = 422


def as_problem(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """An error as a problem, with the headers that go with it; None for what is our own fault."""
    if isinstance(error, Stale):
        current = context["view"].get_serializer(error.current).data
        return problem(412, _("It has been changed since. This is how it stands now."), current=current)
    if isinstance(error, Refused):
        return problem(error.status, str(error), **context["view"].state_now())
    if isinstance(error, IntegrityError):
        return problem(409, refusal(context["view"].model, error))
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        return _invalid(error)
    answer = problem(response.status_code, str(response.data.get("detail", "")))
    for name in PASSED_ON & set(response.headers):
        answer.headers[name] = response.headers[name]
    return answer


def _invalid(error: exceptions.ValidationError) -> HttpResponse:
    """400 with a sentence for each field; 404 where a row is named that is not in the workspace."""
    unknown_row = "does_not_exist" in _codes(error.get_codes())
    detail = error.detail
    errors = detail if isinstance(detail, dict) else {"": detail}
    return problem(404 if unknown_row else 400, errors=errors)


def _codes(codes: Any) -> Iterator[str]:
    if isinstance(codes, dict):
        codes = list(codes.values())
    if isinstance(codes, list):
        for code in codes:
            yield from _codes(code)
    else:
        yield codes
