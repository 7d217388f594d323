"""One change of a map at a time."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import OperationalError
from django.utils.translation import gettext as _
from psycopg.errors import LockNotAvailable

from journeys.actions.refusals import MovedOn
from journeys.models import Journey
from workspaces.errors import Refused
from workspaces.transactions import retried

P = ParamSpec("P")
R = TypeVar("R")


def changes_map(verb: Callable[P, R]) -> Callable[P, R]:
    """Run a verb in one transaction, and again when the database ends it for another's sake (see `retried`).

    Raises `MovedOn` when others hold the map for longer than `lock_timeout`.
    """
    attempt = retried(verb)

    @functools.wraps(verb)
    def changing(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return attempt(*args, **kwargs)
        except OperationalError as error:
            if isinstance(error.__cause__, LockNotAvailable):
                raise MovedOn(_("Others are changing this map right now. Nothing was saved; try again.")) from error
            raise

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
