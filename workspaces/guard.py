"""Refuses text that PostgreSQL cannot store, before any view sees it."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render


def is_storable(text: str) -> bool:
    """Whether PostgreSQL can store this text: no NUL, no lone surrogate."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


class InputGuard:
    """Answers 400 to NUL and lone surrogates in path, query, headers or form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let through what can be stored."""
        if not all(map(is_storable, self._texts(request))):
            return self._refuse(request)
        return self.get_response(request)

    @staticmethod
    def _refuse(request: HttpRequest) -> HttpResponse:
        return render(request, "400.html", status=400)

    @staticmethod
    def _texts(request: HttpRequest) -> Iterable[str]:
        yield request.path
        yield from request.headers.values()
        forms = [request.GET]
        if request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
            forms.append(request.POST)
        for form in forms:
            for name, values in form.lists():
                yield name
                yield from map(str, values)
