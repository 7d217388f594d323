"""Work on the databases of very many answers, and what it reads of them."""

import datetime
import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import psycopg
from django.db import connection

from bench.seed import use
from workspaces import clock

READ = """
SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::bigint
FROM pg_stat_user_tables WHERE relname IN ('feedback_response', 'feedback_submission')
"""


def rows_read(url: str, job: Callable[[], object]) -> int:
    """How many rows of answers and questionnaires the database read for a job of its only other user."""
    job()  # once uncounted: what is read to plan its statements
    with psycopg.connect(url, autocommit=True) as raw:
        (before,) = raw.execute(READ).fetchone()
        job()
        (after,) = raw.execute(READ).fetchone()
    return int(after - before)


def at_noon(day: datetime.date) -> None:
    """Let it be noon of that day."""
    noon = datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
    clock.now = lambda: noon


class Past:
    """A process of its own that does `jobs` on one of the databases."""

    def __init__(self, url: str, jobs: type) -> None:
        self.line, theirs = multiprocessing.Pipe()
        connection.close()  # no two processes may share one
        self.process = multiprocessing.get_context("fork").Process(target=work, args=(theirs, url, jobs), daemon=True)
        self.process.start()

    def do(self, name: str) -> Any:
        """Let it do one of its jobs; what came of it."""
        self.line.send(name)
        result = self.line.recv()
        if isinstance(result, Exception):
            raise result
        return result

    def end(self) -> None:
        """End the process."""
        self.line.send("")
        self.process.join()


def work(line: Connection, url: str, jobs: type) -> None:
    """Do what is asked for until nothing is."""
    use(url)
    made = jobs()
    while name := line.recv():
        try:
            result = getattr(made, name)()
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_stat_force_next_flush()")
        except Exception as error:
            result = error
        line.send(result)
