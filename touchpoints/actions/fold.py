"""Folding: what was observed becomes daily cells, sums and scores."""

import datetime
import json
import time
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from math import inf

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from touchpoints.actions import keeping, statements
from touchpoints.actions.apart import try_again, work_off, work_once
from touchpoints.actions.days import turn
from touchpoints.actions.ledger import Ledger, Series
from touchpoints.health.metrics import scale_of
from touchpoints.models import Observation, Subject
from workspaces.transactions import retried

SUBJECTS_AT_ONCE = 64
OBSERVATIONS_AT_ONCE = 20_000

Changes = dict[int, dict[tuple[Series, datetime.date], list[int]]]  # by subject: whole numbers per value of the scale


def fold_all(subjects: Collection[int] | None = None, *, within: float = inf) -> None:
    """Fold until nothing is pending about these subjects (or any), but begin nothing more after `within` seconds.

    One that cannot be folded is set aside and holds up no other. Asked about any, it also tries those again.
    """
    until = time.monotonic() + within
    work_off(_fold, _pending(subjects), until=until)
    if subjects is None:
        try_again(_fold, until=until)


def fold_rung(subjects: Collection[int], *, within: float) -> None:
    """Fold what is pending about the subjects that a ring names, and then a batch of whatever else is pending.

    So no answer waits for the place of its own ring in a long queue, and the rings behind find nothing left to do.
    """
    until = time.monotonic() + within
    work_off(_fold, _pending(subjects), until=until)
    work_once(_fold, _pending(None), until=until)


def fold(subjects: Collection[int] | None = None, *, at_most: int = OBSERVATIONS_AT_ONCE) -> int:
    """Fold pending observations about these subjects (or any), and return of how many subjects: 0 if none is left.

    One transaction that holds the subjects: another worker passes over them, and whatever ends it midway leaves all
    as it was. Its cost does not depend on how many answers came before. After commit, what changed is announced.
    """
    return _fold(_pending(subjects), at_most)


@retried
def _fold(subjects: QuerySet[Subject], at_most: int = OBSERVATIONS_AT_ONCE) -> int:
    ledgers = keeping.claim(subjects, SUBJECTS_AT_ONCE)
    if ledgers:
        turn(ledgers.values())
        changes = _take(list(ledgers), at_most)
        _add_to_cells(ledgers, changes)
        for subject, of_subject in changes.items():
            _add_to_ledger(ledgers[subject], of_subject)
        keeping.write(ledgers.values())
    return len(ledgers)


def _pending(subjects: Collection[int] | None) -> QuerySet[Subject]:
    pending = Subject.objects.filter(Exists(Observation.objects.filter(subject=OuterRef("pk"))))
    return pending if subjects is None else pending.filter(id__in=subjects)


def _take(subjects: list[int], at_most: int) -> Changes:
    """Take the oldest pending observations about the subjects, and say what they change."""
    changes: Changes = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(statements.TAKE_OBSERVATIONS, {"subjects": subjects, "at_most": at_most})
        for subject, metric, code, persona, day, value, change in cursor.fetchall():
            scale = scale_of(metric, code)
            counts = changes[subject].setdefault((Series(metric, code, persona), day), [0] * len(scale.values))
            counts[scale.index(value)] += change
    return changes


def _add_to_cells(ledgers: Mapping[int, Ledger], changes: Changes) -> None:
    cells = [
        {
            "workspace_id": ledgers[subject].workspace,
            "subject_id": subject,
            "metric": series.metric,
            "scale": series.scale,
            "persona_id": series.persona,
            "day": day.isoformat(),
            "counts": counts,
        }
        for subject, of_subject in changes.items()
        for (series, day), counts in of_subject.items()
    ]
    with connection.cursor() as cursor:
        if cells:
            cursor.execute(statements.ADD_TO_CELLS, {"cells": json.dumps(cells)})
        for subject, of_subject in changes.items():
            if _went(of_subject):
                days = [day for _, day in of_subject]
                cursor.execute(statements.DROP_EMPTY_CELLS, {"subject": subject, "days": days})


def _add_to_ledger(ledger: Ledger, changes: Mapping[tuple[Series, datetime.date], Sequence[int]]) -> None:
    for (series, day), change in changes.items():
        ledger.add(series, day, change)
    if _went(changes):
        keeping.hear_again(ledger)
    ledger.rescore()


def _went(changes: Mapping[tuple[Series, datetime.date], Sequence[int]]) -> bool:
    """Whether some answers went without as many coming on the same day and scale with the same value."""
    return any(min(change) < 0 for change in changes.values())
