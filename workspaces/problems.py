"""What went wrong, told in the asker's own form: a page to people, application/problem+json (RFC 9457) to programs."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import defaults


def is_program(request: HttpRequest) -> bool:
    """Whether the address is one of the REST interface, or one to which programs elsewhere post."""
    return request.path.startswith(("/api/", "/in/"))


def problem(status: int, detail: str = "", **more: Any) -> JsonResponse:
    """A problem for programs: its status, the status' usual title, a sentence, and members of our own."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if detail:
        body["detail"] = detail
    return JsonResponse(body | more, status=status, content_type="application/problem+json")


def refused(request: HttpRequest, status: int, detail: str) -> HttpResponse:
    """400 or 413, before any view has seen the request: it holds something that cannot be read or stored."""
    if is_program(request):
        return problem(status, detail)
    return render(request, "400.html", {"detail": detail}, status=status)


def too_many(request: HttpRequest, retry_after: int) -> HttpResponse:
    """429: wait that many seconds."""
    if is_program(request):
        response: HttpResponse = problem(429, _("Too many requests. Wait, then try again."))
    else:
        response = render(request, "429.html", {"minutes": -(-retry_after // 60)}, status=429)
    response.headers["Retry-After"] = str(retry_after)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 where Django itself refuses."""
    return problem(400) if is_program(request) else render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return problem(403) if is_program(request) else defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return problem(404) if is_program(request) else defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: ours. Nothing of it is told."""
    return problem(500) if is_program(request) else defaults.server_error(request)
