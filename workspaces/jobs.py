"""Waking workers, and long work with progress."""

import datetime
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from celery import current_app
from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError as DatabaseGone
from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from workspaces import clock
from workspaces.models import AT_WORK, Job, JobState

log = structlog.get_logger(__name__)


def ring(task: str, *args: Any) -> None:
    """After commit, wake a worker for a task by its name. A dead broker is logged, and the sweep finds the work."""

    def send() -> None:
        try:
            current_app.send_task(task, args=args)
        except (OperationalError, OSError) as error:
            log.warning("doorbell_unheard", task=task, error=type(error).__name__)

    transaction.on_commit(send, robust=True)


INTERVAL = 0.5  # seconds between two words about progress
MOST_ATTEMPTS = 5  # a job that takes its worker down with it shall not do so for ever
QUIET = datetime.timedelta(seconds=15)  # after so long without a word a job is rung for again
_LOCKS = 0x4A6F62 << 40  # begins every advisory lock of a job


class Cancelled(Exception):
    """Somebody asked to stop the job."""


class Later(Exception):
    """The job cannot be done yet."""


class Progress:
    """How far a job is, told on a connection of its own: the job's transaction is not over yet."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._connection = connection.copy()
        self._told = 0.0

    def tell(self, done: int, total: int) -> None:
        """So many of so many are done. Raises Cancelled when somebody asked to stop."""
        now = time.monotonic()
        if now < self._told + INTERVAL:
            return
        self._told = now
        with self._connection.cursor() as cursor:
            cursor.execute(
                "UPDATE workspaces_job SET done = %s, total = %s, beat_at = now() WHERE id = %s RETURNING cancel_asked",
                [done, total, self.job.pk],
            )
            if (row := cursor.fetchone()) and row[0]:
                raise Cancelled

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()


def start(job: Job) -> None:
    """Let a worker do the job, in the caller's transaction. Its kind names the task, which is given the job's id."""
    job.state, job.cancel_asked, job.done, job.total, job.attempts = JobState.WAITING, False, 0, 0, 0
    job.error, job.beat_at = "", clock.now()
    job.save()
    ring(job.kind, job.pk)


@contextmanager
def working(job_id: int) -> Iterator[Job | None]:
    """The job, for this worker alone, marked as running. None when there is nothing to do or another is at it.

    That a job is marked as running does not keep it from being done: the worker that began it may be dead. A living
    one holds a lock that dies with its connection.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCKS + job_id])
        if not cursor.fetchone()[0]:
            yield None
            return
    try:
        open_jobs = Job.objects.filter(pk=job_id, state__in=AT_WORK)
        begun = open_jobs.update(state=JobState.RUNNING, beat_at=clock.now(), attempts=F("attempts") + 1)
        yield Job.objects.select_related("workspace").get(pk=job_id) if begun else None
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCKS + job_id])


def attempt(job_id: int, work: Callable[[Job, Progress], None]) -> None:
    """Do the job by `work`, if it is this worker's to do, and say how it ended.

    Whatever goes wrong fails it, but for a database that went away: then whoever takes it up goes on. So it does after
    a worker that died, a few times. `work` may end it by itself, leave it to be rung for again (`Later`), or notice
    that somebody asked to stop (`Cancelled`).
    """
    with working(job_id) as job:
        if job is None:
            return
        progress = Progress(job)
        try:
            if job.attempts > MOST_ATTEMPTS:
                end(job, JobState.FAILED)
                return
            if job.cancel_asked:
                raise Cancelled
            work(job, progress)
            end(job, JobState.DONE)
        except Cancelled:
            end(job, JobState.CANCELLED)
        except Later:
            Job.objects.filter(pk=job.pk).update(state=JobState.WAITING, beat_at=clock.now(), attempts=0)
        except SoftTimeLimitExceeded:
            end(job, JobState.FAILED, error=_("It took too long and was stopped."))
        except Exception as error:
            if isinstance(error, DatabaseGone) and not connection.is_usable():
                raise
            log.exception("job_failed", kind=job.kind, job=job.pk)
            end(job, JobState.FAILED)
        finally:
            progress.close()


def end(job: Job, state: JobState, *, error: str = "", **changes: Any) -> None:
    """Say how a running job ended. `changes`: more fields of its row. A job that has ended already stays as it is."""
    changes = {"state": state, "error": error, "cancel_asked": False, "ended_at": clock.now(), **changes}
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(**changes)


def sweep() -> int:
    """Ring again for jobs that wait or run without a sign of life, and return how many there were."""
    quiet = Job.objects.filter(state__in=AT_WORK, beat_at__lt=clock.now() - QUIET)
    rung = quiet.values_list("kind", "pk")
    for kind, pk in rung:
        ring(kind, pk)
    return len(rung)
