"""What becomes slower the longer a workspace is used, and what must not: maps, trends, and the work of the night.

Beside a database of ten million answers stands one of a million; both are made once (bench/seed.py).
"""

import datetime
import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import psycopg
from django.db import connection, transaction

from bench.frame import arguments, figure, interleaved
from bench.frame_map import Editor, address
from bench.seed import seeded, use
from journeys.models import Journey
from touchpoints.actions import close_days, keeping
from touchpoints.models import HealthScore, Touchpoint
from workspaces import clock
from workspaces.models import Workspace

YEAR = datetime.timedelta(days=365)
READ = """
SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::bigint
FROM pg_stat_user_tables WHERE relname IN ('feedback_response', 'feedback_submission')
"""
# One touchpoint, day by day, straight from its answers.
NAIVE = """
SELECT metric, scale, persona_id, day, value, count(*)
FROM feedback_response AS response
JOIN feedback_submission AS submission ON submission.id = response.submission_id
WHERE subject_id = %(subject)s AND day > %(after)s AND value IS NOT NULL
GROUP BY metric, scale, persona_id, day, value
"""


def main(words: list[str]) -> None:
    """Figures of `history`."""
    sizes = arguments(words, answers=10_000_000, fewer=1_000_000, rounds=15)
    urls = {answers: seeded(answers) for answers in (sizes.fewer, sizes.answers)}
    few, many = (Past(url) for url in urls.values())
    read = rows_read(urls[sizes.answers], lambda: many.do("open_map"))
    figure("history.map_rows_read_from_answers", read, "rows")
    control = rows_read(urls[sizes.answers], lambda: many.do("trend_from_answers"))
    figure("history.naive_trend_rows_read_from_answers", control, "rows")  # or nothing would be counted at all
    maps = interleaved({"few": lambda: few.do("open_map"), "many": lambda: many.do("open_map")}, rounds=sizes.rounds)
    figure("history.map_p50_ms.10m", maps["many"] * 1000, "ms")
    figure("history.map_10m_vs_1m", maps["many"] / maps["few"], "times")
    trends = interleaved(
        {"naive": lambda: many.do("trend_from_answers"), "ours": lambda: many.do("trend")}, rounds=sizes.rounds
    )
    figure("history.trend_year_ms.10m", trends["ours"] * 1000, "ms")
    figure("history.trend_year_naive_vs_ours.10m", trends["naive"] / trends["ours"], "times")
    for name in ("day_close",):
        began = time.perf_counter()
        done = many.do(name)
        figure(f"history.{name}_s", time.perf_counter() - began, f"s for {done} subjects")
    for past in (few, many):
        past.end()


def rows_read(url: str, job: Callable[[], object]) -> int:
    """How many rows of answers and questionnaires the database read for a job of its only other user."""
    job()  # once uncounted: what is read to plan its statements
    with psycopg.connect(url, autocommit=True) as raw:
        (before,) = raw.execute(READ).fetchone()
        job()
        (after,) = raw.execute(READ).fetchone()
    return int(after - before)


class Past:
    """A process of its own that works on one of the databases, on the day on which it was made."""

    def __init__(self, url: str) -> None:
        self.line, theirs = multiprocessing.Pipe()
        connection.close()  # no two processes may share one
        self.process = multiprocessing.get_context("fork").Process(target=work, args=(theirs, url), daemon=True)
        self.process.start()

    def do(self, name: str) -> Any:
        """Let it do one of `Jobs`; what came of it."""
        self.line.send(name)
        result = self.line.recv()
        if isinstance(result, Exception):
            raise result
        return result

    def end(self) -> None:
        """End the process."""
        self.line.send("")
        self.process.join()


def work(line: Connection, url: str) -> None:
    """Do what is asked for until nothing is."""
    use(url)
    jobs = Jobs()
    while name := line.recv():
        try:
            result = getattr(jobs, name)()
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_stat_force_next_flush()")
        except Exception as error:
            result = error
        line.send(result)


class Jobs:
    """What is measured. Nothing of it stays."""

    def __init__(self) -> None:
        day = HealthScore.objects.latest("day").day
        self.at(day)
        self.workspace = Workspace.objects.get(pk=Touchpoint.objects.all()[0].workspace_id)
        self.touchpoint = Touchpoint.objects.of(self.workspace).order_by("pk")[500]
        self.after = day - YEAR
        self.tomorrow = day + datetime.timedelta(days=1)
        self.editor = Editor.again(self.workspace)
        self.map = address("journey", Journey.objects.of(self.workspace).order_by("pk")[0])

    def at(self, day: datetime.date) -> None:
        """Let it be noon of that day."""
        noon = datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
        clock.now = lambda: noon

    def open_map(self) -> int:
        """The map as an editor opens it; how long its HTML is."""
        answer = self.editor.ask(self.map)
        if answer.status != 200:
            raise SystemExit(f"the map answered {answer.status}")
        return len(answer.body)

    def trend(self) -> int:
        """A year of one touchpoint, day by day, as the product reads it; of how many days."""
        cells = keeping.read_cells([self.touchpoint.subject_id], after=self.after)
        return len({day for by_day in cells[self.touchpoint.subject_id].values() for day in by_day})

    def trend_from_answers(self) -> int:
        """The same from the answers themselves."""
        with connection.cursor() as cursor:
            cursor.execute(NAIVE, {"subject": self.touchpoint.subject_id, "after": self.after})
            return len({day for _, _, _, day, _, _ in cursor.fetchall()})

    def day_close(self) -> int:
        """The close of the day, at noon of the next, undone at the end; of how many subjects."""
        self.at(self.tomorrow)
        with transaction.atomic():
            closed = close_days()
            transaction.set_rollback(True)
        return closed
