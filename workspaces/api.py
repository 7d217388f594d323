"""REST: the token's workspace, and problems as application/problem+json."""

from typing import Any, cast

from django.http import HttpResponse
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

from workspaces.models import ApiToken, Workspace
from workspaces.problems import problem


def as_problem(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """An error as application/problem+json, with the headers that go with it; None for what is our own fault."""
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        answer = problem(response.status_code, errors=response.data)
    else:
        answer = problem(response.status_code, str(response.data.get("detail", "")))
    for name in {"WWW-Authenticate", "Retry-After", "Allow"} & set(response.headers):
        answer.headers[name] = response.headers[name]
    return answer


class WorkspaceSerializer(serializers.ModelSerializer):  # type: ignore[type-arg]
    """What a program needs to know of the workspace it works in."""

    class Meta:
        model = Workspace
        fields = ("name", "language", "time_zone", "currency", "weak_from", "good_from", "strong_from")


class WorkspaceView(APIView):
    """GET /api/v1/: the token's workspace, and what the token may."""

    def get(self, request: Request) -> Response:
        """The workspace's settings and the token's scopes."""
        token = cast("ApiToken", request.auth)
        return Response({**WorkspaceSerializer(token.workspace).data, "scopes": token.scopes})
