"""Imports for tests: a file on its way, without a worker.

def test_…(brought): ...
    job = brought("nps\\n9\\n8\\n", day="2026-05-01")      # uploaded, guessed, settled, checked and stored
"""

import secrets
from collections.abc import Callable
from typing import Any

import pytest

from feedback.actions import imports
from feedback.actions.imports import Upload
from feedback.columns import Column
from feedback.models import Response
from feedback.tasks import import_answers
from workspaces.models import Job, User, Workspace

Drafted = Callable[..., Job]
DAY = "2026-03-01"


@pytest.fixture
def no_doorbell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is rung for: the test does the worker's part itself."""
    monkeypatch.setattr("workspaces.jobs.ring", lambda *_: None)


@pytest.fixture
def drafted(workspace: Workspace, edda: User, no_doorbell: None) -> Drafted:
    """`drafted("nps\\n9\\n")`: Edda has uploaded this."""

    def draft(content: str | bytes, name: str = "spring.csv", **more: Any) -> Job:
        content = content.encode() if isinstance(content, str) else content
        return imports.begin_import(
            workspace, Upload(name, content), key=secrets.token_hex(8), about=more.get("about"), by=edda
        )

    return draft


def settled(job: Job, *, create: Any = None, **facts: str) -> Job:
    """What holds for all rows; by default one date, and every touchpoint may be created."""
    plan = imports.plan_of(job)
    names = plan.touchpoints() if create is None else create
    return imports.settle(job, facts={"day": DAY} | facts, touchpoints={}, values={}, create=names)


def worked(job: Job) -> Job:
    """What a worker makes of it."""
    import_answers(job.pk)
    return Job.objects.get(pk=job.pk)


def checked(job: Job, by: User) -> Job:
    """Tried."""
    return worked(imports.check_import(job, by=by))


@pytest.fixture
def brought(drafted: Drafted, edda: User) -> Drafted:
    """`brought(content, columns={"nps": Column(…)}, day=…)`: stored, without what was refused."""

    def bring(content: str | bytes, columns: dict[str, Column] | None = None, **more: Any) -> Job:
        job = drafted(content, more.pop("name", "spring.csv"), about=more.pop("about", None))
        for name, column in (columns or {}).items():
            job = imports.map_columns(job, [name], column)
        job = checked(settled(job, **more), edda)
        assert job.state == "draft", job.error
        return worked(imports.store_import(job, leave_out=True, by=edda))

    return bring


def values(workspace: Workspace, metric: str | None = None) -> list[int]:
    """The values that are stored, in the order of the file."""
    stored = Response.objects.of(workspace).order_by("pk")
    return list((stored.filter(metric=metric) if metric else stored).values_list("value", flat=True))


def reasons(job: Job) -> list[tuple[int, str, str, str]]:
    """Row, column, value and code of each problem of the check or of the import."""
    report = job.result or job.payload["checked"]
    return [(row, column, value, code) for row, column, value, code, _ in report["problems"]]
