"""Pages that say what went wrong and what still works."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request holds something that cannot be read or stored."""
    return render(request, "400.html", status=400)
