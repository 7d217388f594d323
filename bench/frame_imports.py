"""A large file of answers, as people import it, and what is stored of it."""

import random
import secrets
from pathlib import Path

from celery import current_app
from django.db import connection

from bench.frame_faults import Fragile
from config.processes import wait_until
from feedback.actions import imports
from feedback.actions.imports import IMPORT, Upload
from feedback.columns import Column, Part
from feedback.models import Response, Submission
from workspaces.models import Job, User, Workspace

QUESTIONS = ("nps", "csat")
LONGEST = 900.0  # seconds that an import may take


def content(rows: int) -> bytes:
    """A file with so many questionnaires: an id, a day, two questions and, in every third, a comment."""
    lines = [
        f"{number},2026-{1 + number % 9:02}-{1 + number % 28:02},{number % 11},{1 + number % 5},"
        + ("Nobody told us that the train would be late" if number % 3 == 0 else "")
        for number in range(rows)
    ]
    return "\n".join(["id,date,nps,csat,comment", *lines, ""]).encode()


def drafted(workspace: Workspace, file: bytes, source: str, *, by: User) -> Job:
    """An import of that file, mapped, to be checked."""
    job = imports.begin_import(workspace, Upload("large.csv", file), key=secrets.token_hex(8), by=by)
    scales = {"nps": "nps:0-10", "csat": "csat:1-5"}
    for name in QUESTIONS:
        job = imports.map_columns(job, [name], Column(part=Part.QUESTION, scale=scales[name], about="workspace"))
    return imports.settle(job, facts={"source": source}, touchpoints={}, values={}, create=())


def passed(job: Job, rows: int) -> Job:
    """The same as if it had been checked, for what is measured is how it is stored."""
    job.payload["checked"] = {"rows": rows, "answers": len(QUESTIONS) * rows, "refused": 0}
    job.save()
    return job


def stored(workspace: Workspace, source: str) -> tuple[int, int]:
    """How many questionnaires and answers of that source there are.

    The tables have just been filled: without statistics PostgreSQL would look for each answer's questionnaire in turn.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE feedback_submission, feedback_response")
    sheets = Submission.objects.of(workspace).filter(source=source)
    return sheets.count(), Response.objects.of(workspace).filter(submission__in=sheets).count()


def ring(house: Fragile, job: Job) -> None:
    """Wake the worker of that house, which has a broker of its own."""
    with current_app.connection_for_write(house.env["REDIS_URL"]) as broker:
        current_app.send_task(IMPORT, args=[job.pk], connection=broker)


def peaks(house: Fragile) -> list[int]:
    """The most memory that each process of its worker has held so far, in kB."""
    child = house.children["worker"]
    (entry,) = [entry for entry in house.supervisor.running if entry.child is child]
    return [_peak(process) for process in Path("/proc").glob("[0-9]*") if _leader(process) == entry.process.pid]


def _leader(process: Path) -> int:
    """Whose group a process belongs to; 0 where it is gone."""
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[2])
    except OSError:
        return 0


def _peak(process: Path) -> int:
    lines = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
    return int(lines.get("VmHWM", "0 kB").split()[0])


def kill_midway(house: Fragile, workspace: Workspace, file: bytes, *, seed: int, by: User) -> tuple[int, int]:
    """Kill the worker at a random moment of an import, and let another end it.

    Return how many questionnaires there were after the kill, and how many are there at the end.
    """
    source, chance, rows = f"kill {seed}", random.Random(seed), file.count(b"\n") - 1
    job = passed(drafted(workspace, file, source, by=by), rows)
    imports.store_import(job, by=by)
    ring(house, job)
    until = chance.uniform(0.05, 0.95) * rows
    wait_until(lambda: _now(job).done >= until or _now(job).state == "done", LONGEST)
    house.kill("worker")
    left, _answers = stored(workspace, source)
    house.start("worker")
    while not wait_until(lambda: _now(job).state not in {"waiting", "running"}, 5):
        ring(house, job)
    ended, answers = stored(workspace, source)
    return left, ended if answers == len(QUESTIONS) * ended else -answers


def _now(job: Job) -> Job:
    now: Job = Job.objects.defer("upload").get(pk=job.pk)
    return now
