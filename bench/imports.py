"""Importing a file of 100,000 rows, beside reading it and copying its rows as they are."""

import argparse
import csv
import datetime
import io
import itertools
import time
from pathlib import Path
from statistics import median

import psycopg
from django.conf import settings

from bench.frame import arguments, figure, floor
from bench.frame_faults import Fragile, fragile
from bench.frame_imports import content, drafted, passed, peaks, ring, stored
from config.processes import wait_until
from feedback.actions import imports
from feedback.tasks import import_answers
from touchpoints.actions import subject_of
from workspaces.actions import create_workspace
from workspaces.models import Job, User, Workspace

TABLES = ("feedback_submission", "feedback_response", "touchpoints_observation")
LONGEST = 900.0  # seconds that an import may take


def main(words: list[str]) -> None:
    """Figures of `imports`."""
    sizes = arguments(words, rows=100_000, rounds=3)
    by = User.objects.create_user(email="bench@example.org")
    workspace = create_workspace(name="Bench", by=by)
    file = content(sizes.rows)
    job = drafted(workspace, file, "checked", by=by)
    began = time.perf_counter()
    imports.check_import(job, by=by)
    import_answers(job.pk)
    figure("imports.check_s", time.perf_counter() - began, "s")
    compare(workspace, file, sizes, by=by)
    with fragile(Path(settings.VAR) / "imports") as house:
        figure("imports.worker_peak_mb", peak_of(house, workspace, file, sizes.rows, by=by), "MB")


def compare(workspace: Workspace, file: bytes, sizes: argparse.Namespace, *, by: User) -> None:
    """Storing the file, and reading it and copying the same rows: into the same tables, as everywhere, and into such
    without an index or a constraint, of which nothing could be looked up and nothing be trusted.
    """
    taken: dict[str, list[float]] = {"import": [], "bare": [], "copy": []}
    with floor() as raw:
        for number in range(sizes.rounds):
            source = f"round {number}"
            job = passed(drafted(workspace, file, source, by=by), sizes.rows)
            imports.store_import(job, by=by)
            began = time.perf_counter()
            import_answers(job.pk)
            taken["import"].append(time.perf_counter() - began)
            if stored(workspace, source) != (sizes.rows, 2 * sizes.rows):
                raise SystemExit(f"stored: {stored(workspace, source)}, {Job.objects.get(pk=job.pk).error}")
            for name, tables in (("bare", bare(raw)), ("copy", TABLES)):
                began = time.perf_counter()
                copy(raw, workspace, file, f"{name} {number}", tables)
                taken[name].append(time.perf_counter() - began)
    seconds = {name: median(times) for name, times in taken.items()}
    figure("imports.store_s", seconds["import"], "s")
    figure("imports.reading_alone_s", seconds["copy"], "s")
    figure("imports.vs_reading_alone", seconds["import"] / seconds["copy"], "times")
    figure("imports.vs_tables_without_indexes", seconds["import"] / seconds["bare"], "times")


def bare(raw: psycopg.Connection) -> tuple[str, ...]:
    """Empty tables with the same columns, without an index or a constraint."""
    names = tuple(f"bare_{number}" for number, _name in enumerate(TABLES))
    with raw.transaction():
        for bare_name, name in zip(names, TABLES, strict=True):
            raw.execute(f"DROP TABLE IF EXISTS {bare_name}")
            raw.execute(f"CREATE TABLE {bare_name} (LIKE {name} INCLUDING DEFAULTS INCLUDING IDENTITY)")
    return names


IDS = itertools.count(10**12)


def copy(raw: psycopg.Connection, workspace: Workspace, file: bytes, source: str, tables: tuple[str, ...]) -> None:
    """The floor: read the file and copy its rows as they are, in one transaction."""
    rows = list(csv.DictReader(io.StringIO(file.decode())))
    subject, now = subject_of(workspace).pk, datetime.datetime.now(datetime.UTC)
    numbered = [(next(IDS), row) for row in rows]
    asked = (("nps", "0-10"), ("csat", "1-5"))
    sheets, answers, observed = tables
    with raw.transaction(), raw.cursor() as cursor:
        with cursor.copy(
            f"COPY {sheets} (id, workspace_id, source, external_id, occurred_at, day, device, segment, created_at)"
            " FROM STDIN"
        ) as rows_in:
            for pk, row in numbered:
                rows_in.write_row((pk, workspace.pk, source, row["id"], row["date"], row["date"], "", "", now))
        with cursor.copy(
            f"COPY {answers} (workspace_id, submission_id, question, version, subject_id, metric, scale, value, text)"
            " FROM STDIN"
        ) as rows_in:
            for pk, row in numbered:
                for metric, scale in asked:
                    said = row["comment"] if metric == "csat" else ""
                    rows_in.write_row((workspace.pk, pk, metric, 1, subject, metric, scale, row[metric], said))
        with cursor.copy(
            f"COPY {observed} (workspace_id, subject_id, metric, scale, day, value, times, created_at) FROM STDIN"
        ) as rows_in:
            for _pk, row in numbered:
                for metric, scale in asked:
                    rows_in.write_row((workspace.pk, subject, metric, scale, row["date"], row[metric], 1, now))


def peak_of(house: Fragile, workspace: Workspace, file: bytes, rows: int, *, by: User) -> float:
    """The most memory that a process of a real worker held while it stored the file, in MB."""
    house.start("broker", "worker")
    job = passed(drafted(workspace, file, "worker", by=by), rows)
    imports.store_import(job, by=by)
    ring(house, job)
    wait_until(lambda: Job.objects.get(pk=job.pk).state not in {"waiting", "running"}, LONGEST)
    return max(peaks(house)) / 1024
