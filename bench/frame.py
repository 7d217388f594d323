"""What every benchmark needs: arguments, interleaved rounds, medians, a floor without framework, one line a figure.

A benchmark is a file bench/NAME.py with `main(words)`. It never asserts, and it prints by `figure` only.
"""

import argparse
import io
import os
import statistics
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext

APPLICATION = WSGIHandler()
Job = Callable[[], object]
BOOKKEEPING = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE SAVEPOINT")


@dataclass
class Answer:
    """What the application answered."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(method: str, url: str, sent: bytes, content_type: str, **headers: str) -> Answer:
    """A request as a server makes it: through every middleware, but no socket. Headers: `If_None_Match="…"`."""
    path, _, query = url.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1",
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(sent)),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(sent),
        "wsgi.errors": io.StringIO(),
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }
    head: list[Any] = []
    response = APPLICATION(environ, lambda *line: head.extend(line))
    body = b"".join(response)
    response.close()
    return Answer(int(head[0].split()[0]), dict(head[1]), body)


def arguments(words: list[str], **defaults: int) -> argparse.Namespace:
    """Sizes as options: `arguments(words, touchpoints=500)` understands `--touchpoints 60`."""
    parser = argparse.ArgumentParser(prog="manage.py bench", argument_default=argparse.SUPPRESS)
    for name, value in defaults.items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=int, default=value, help=f"default {value}")
    return parser.parse_args(words)


def figure(name: str, value: float, unit: str, *, decimals: int | None = None) -> None:
    """Print one figure: `move.statements.500 = 7 statements`. Three significant digits, integers as they are.

    `decimals`: so many places, where a figure is to be compared with a published one.
    """
    if decimals is not None:
        shown = f"{value:.{decimals}f}"
    else:
        shown = str(value) if isinstance(value, int) else f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
    print(f"{name} = {shown} {unit}", flush=True)


def interleaved(jobs: dict[str, Job], *, rounds: int = 30, warm: int = 3) -> dict[str, float]:
    """Median seconds of each job. In every round each runs once, so a busy moment of the machine hits all alike."""
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    for number in range(warm + rounds):
        for name, job in jobs.items():
            began = time.perf_counter()
            job()
            if number >= warm:
                seconds[name].append(time.perf_counter() - began)
    return {name: statistics.median(taken) for name, taken in seconds.items()}


def statements(job: Job, *ignored: str) -> list[str]:
    """The SQL that a job sends, without BEGIN and the like, and without statements that name an ignored table."""
    with CaptureQueriesContext(connection) as seen:
        job()
    sent = [query["sql"] for query in seen.captured_queries if not query["sql"].startswith(BOOKKEEPING)]
    return [sql for sql in sent if not any(f'"{table}"' in sql for table in ignored)]


def floor() -> psycopg.Connection:
    """A raw connection to the same database: what the same work costs without any framework."""
    return psycopg.connect(os.environ["DATABASE_URL"])


def rate(job: Callable[[int], object], *, connections: int, each: int) -> float:
    """Jobs a second when so many connections do `each` of them at once, every one in a process of its own.

    `job` gets the number of its process. Sessions are closed before forking: no two processes may share one.
    """
    connection.close()
    began = time.perf_counter()
    children = [_fork(job, number, each) for number in range(connections)]
    failed = sum(os.waitpid(child, 0)[1] != 0 for child in children)
    taken = time.perf_counter() - began
    if failed:
        raise SystemExit(f"{failed} of {connections} processes failed")
    return connections * each / taken


def _fork(job: Callable[[int], object], number: int, each: int) -> int:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            for _ in range(each):
                job(number)
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    return child
