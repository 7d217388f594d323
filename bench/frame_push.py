"""A program that pushes answers through the whole application, beside a bare DRF view of the same application."""

import itertools
import json
from collections.abc import Sequence
from typing import Any

from django.urls import path
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bench.frame import ask
from config import urls
from feedback.actions import Answer
from feedback.models import Submission
from workspaces.limits import allow
from workspaces.models import ApiToken, Scope, Workspace
from workspaces.secrets import digest

NUMBER = itertools.count(1)
PLAIN, STILL, PUSH = "/api/v1/plain/", "/api/v1/still/", "/api/v1/responses/"
SETTINGS = {"ROOT_URLCONF": "bench.frame_push", "API_REQUESTS_PER_MINUTE": 10**9}


class PlainSerializer(serializers.ModelSerializer):
    """The facts of a questionnaire, without anything it points at."""

    class Meta:
        model = Submission
        fields = ["source", "external_id", "occurred_at", "day", "device", "segment"]


class PlainView(generics.CreateAPIView):
    """One row by DRF's own means, for everybody."""

    authentication_classes = permission_classes = []
    queryset = Submission.objects.all()
    serializer_class = PlainSerializer
    workspace: Workspace

    def perform_create(self, serializer: Any) -> None:
        """Into the one workspace that there is for this."""
        serializer.save(workspace=self.workspace)


class StillView(APIView):
    """One row that is always there is counted up: what a request with a commit costs now, whatever is stored."""

    authentication_classes = permission_classes = []

    def post(self, request: Request) -> Response:
        """Count."""
        return Response({"left": allow("bench:still", limit=10**9, seconds=24 * 3600).remaining})


urlpatterns = [
    *urls.urlpatterns,
    path(PLAIN.lstrip("/"), PlainView.as_view()),
    path(STILL.lstrip("/"), StillView.as_view()),
]


class Program:
    """A service with a token that may push answers."""

    def __init__(self, workspace: Workspace, touchpoints: dict[int, int]) -> None:
        secret = f"bench {next(NUMBER)}"
        ApiToken.objects.create(
            workspace=workspace, name="CRM", prefix="bench", token_hash=digest(secret), scopes=[Scope.INGEST]
        )
        self.header = f"Bearer {secret}"
        self.touchpoints = touchpoints  # by their subjects

    def push(self, answers: Sequence[Answer]) -> None:
        """Send them as JSON, and see that all were stored."""
        rows = [
            {
                "source": answer.source,
                "external_id": answer.external_id,
                "touchpoint": self.touchpoints[answer.subject],
                "metric": answer.metric,
                "value": answer.value,
                "occurred_at": answer.occurred_at.isoformat(),
                "text": answer.text,
                "persona": answer.persona,
            }
            for answer in answers
        ]
        told = post(PUSH, rows, authorization=self.header)
        assert told["counts"]["stored"] == len(rows), told["counts"]


def create_plainly(answer: Answer) -> None:
    """The same questionnaire to the bare view."""
    row = {"source": "plain", "external_id": answer.external_id, "device": "", "segment": ""}
    post(PLAIN, row | {"occurred_at": answer.occurred_at.isoformat(), "day": answer.occurred_at.date().isoformat()})


def post(url: str, body: Any, **headers: str) -> Any:
    """What the application answers to that JSON; no socket, but every middleware."""
    answer = ask("POST", url, json.dumps(body).encode(), "application/json", **headers)
    if answer.status >= 300:
        raise SystemExit(f"{url} answered {answer.status}: {answer.body[:500]!r}")
    return json.loads(answer.body)
