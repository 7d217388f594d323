"""One change of a map at a time."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected, LockNotAvailable, SerializationFailure

from journeys.actions.refusals import MovedOn
from journeys.models import Journey
from workspaces.errors import Refused

P = ParamSpec("P")
R = TypeVar("R")

RETRIES = 3


def changes_map(verb: Callable[P, R]) -> Callable[P, R]:
    """Run a verb in one transaction, and again, up to three times, when the database ends it for another's sake.

    Inside a transaction of the caller it runs once: only the whole could be repeated.
    Raises `MovedOn` when others hold the map for longer than `lock_timeout`.
    """

    @functools.wraps(verb)
    def changing(*args: P.args, **kwargs: P.kwargs) -> R:
        retries = 0 if connection.in_atomic_block else RETRIES
        while True:
            try:
                with transaction.atomic():
                    return verb(*args, **kwargs)
            except OperationalError as error:
                if isinstance(error.__cause__, LockNotAvailable):
                    raise MovedOn(_("Others are changing this map right now. Nothing was saved; try again.")) from error
                if not retries or not isinstance(error.__cause__, DeadlockDetected | SerializationFailure):
                    raise
                retries -= 1

    return changing


def lock(journey: Journey) -> Journey:
    """Hold the journey's row until commit, so that its map stands still. Read placements after this, never before.

    Reading them in the same statement would show them as they were before the wait: PostgreSQL reads again only
    the row that it locks. Raises `Refused` when the journey is archived.
    """
    now: Journey = Journey.objects.of(journey.workspace).select_for_update().get(pk=journey.pk)
    now.workspace = journey.workspace
    if now.archived_at is not None:
        raise Refused(_("This journey is archived. Restore it to change its map."))
    return now
