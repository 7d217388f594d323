"""Pulling scores as a BI tool does: the rows of all pages, as JSON and as a table."""

import csv
import datetime
import io
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.rest import Rest
from touchpoints.models import HealthDay, Subject

Rows = list[dict[str, Any]]


def close(subject: Subject, day: datetime.date, score: float | None = 70.0, **more: Any) -> HealthDay:
    """A score as it was known when a day ended."""
    facts = {"sd": 3.0, "answers": 40, "known": score is not None, "model_version": "1", "prior_version": "1"}
    observed = {"observations": more.get("answers", 40), **facts, **more}
    made: HealthDay = HealthDay.objects.create(
        workspace=subject.workspace, subject=subject, day=day, score=score, **observed
    )
    return made


def scores(client: Client, path: str = "") -> Rows:
    """All rows of all pages."""
    return [row for page in Rest(client).pages(f"scores/{path}") for row in page["results"]]


def told(rows: Rows, *names: str) -> list[Any]:
    return [row[names[0]] if len(names) == 1 else tuple(row[name] for name in names) for row in rows]


def table(client: Client, path: str = "", **headers: str) -> list[dict[str, str]]:
    answer = Rest(client).get(f"scores/{path}", **headers)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def sent(client: Client, path: str) -> int:
    """How many statements it costs."""
    with CaptureQueriesContext(connection) as seen:
        assert Rest(client).get(path).status_code == 200
    return len(seen)
