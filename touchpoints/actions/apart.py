"""Work on many subjects, of which one that fails is set aside and holds up no other."""

import datetime
import time
from collections.abc import Callable
from typing import Any

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection
from django.db.models import QuerySet

from touchpoints.actions import statements
from touchpoints.models import StuckSubject, Subject
from workspaces import clock
from workspaces.jobs import Later

log = structlog.get_logger(__name__)

FIRST_PAUSE = datetime.timedelta(seconds=5)  # before one that was set aside is tried again: doubled each time
LONGEST_PAUSE = datetime.timedelta(minutes=5)


class Busy(Later):
    """Another worker is at what this work needs; the next ring finds it done."""


# Takes some of the subjects, in one transaction of its own, and returns how many: 0 when there is none left to take.
Work = Callable[[QuerySet[Subject]], int]


def work_off(work: Work, subjects: QuerySet[Subject], *, until: float) -> int:
    """Do the work on these subjects until none is left, and return on how many it was done.

    Once `until` (of the monotonic clock) is over it begins nothing more: what is left is for the next call. A batch
    that fails is tried subject by subject, and one that fails alone is set aside: `try_again` takes it up later.
    """
    done = 0
    while some := work_once(work, subjects, until=until):
        done += some
    return done


def work_once(work: Work, subjects: QuerySet[Subject], *, until: float) -> int:
    """Do the work on one batch of these subjects, as `work_off` does on all of them."""
    free = subjects.exclude(id__in=StuckSubject.objects.values("subject"))
    if time.monotonic() >= until:
        return 0
    try:
        return work(free)
    except SoftTimeLimitExceeded:
        raise
    except Busy:
        return 0
    except Exception:
        log.exception("batch_failed")
        return _one_by_one(work, free, until)


def try_again(work: Work, *, until: float) -> None:
    """Do the work on those set aside whose pause is over, each alone. One that succeeds is like any other again."""
    due = StuckSubject.objects.filter(again_at__lte=clock.now()).order_by("again_at")
    for subject in due.values_list("subject", flat=True):
        if time.monotonic() < until and _alone(work, subject):
            StuckSubject.objects.filter(subject=subject).delete()
            log.info("subject_free_again", subject=subject)


def _one_by_one(work: Work, subjects: QuerySet[Subject], until: float) -> int:
    """Do the work on one after the other until it fails at one, which is set aside; on how many it was done."""
    done = 0
    for subject in subjects.order_by("id").values_list("id", flat=True):
        if time.monotonic() >= until:
            break
        done += 1
        if _alone(work, subject) is None:
            break
    return done


def _alone(work: Work, subject: int) -> int | None:
    """Do the work on one subject: 1 if it was done, 0 if another is at it, None if it failed and was set aside."""
    try:
        return work(Subject.objects.filter(id=subject))
    except SoftTimeLimitExceeded:
        raise
    except Busy:
        return 0
    except Exception as error:
        log.exception("subject_stuck", subject=subject)
        _set_aside(subject, type(error).__name__)
        return None


def _set_aside(subject: int, error: str) -> None:
    facts: dict[str, Any] = {"subject": subject, "error": error, "now": clock.now()}
    with connection.cursor() as cursor:
        cursor.execute(statements.SET_ASIDE, facts | {"first": FIRST_PAUSE, "longest": LONGEST_PAUSE})
