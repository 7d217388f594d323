"""Complaints of the last hours: whoever is to know of a burst shall know while it happens."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable

import structlog
from django.db.models import Sum

from feedback.actions.questionnaire import Questionnaire
from feedback.models import Response, UsageDay
from touchpoints.actions import watch_complaints
from touchpoints.actions.bursts import USUAL_DAYS
from touchpoints.health.bursts import DAY, WINDOW, Complaint
from touchpoints.health.metrics import Metric
from workspaces import clock
from workspaces.jobs import ring

log = structlog.get_logger(__name__)

WATCH = "feedback.watch_complaints"
AHEAD = DAY  # by how much an answer may be dated ahead of the moment at which it comes


def ring_for_complaints(changed: Iterable[Questionnaire]) -> None:
    """After commit, let a worker look at the subjects of these questionnaires that were complained of just now.

    What is told late, or was imported, is of another day: it stands in the cells, and nobody is roused.
    """
    since = clock.now() - WINDOW
    subjects = {
        said.subject
        for questionnaire in changed
        if questionnaire.facts.occurred_at > since
        for said in questionnaire.changed.values()
        if said.metric == Metric.COMPLAINT and said.value is not None
    }
    if subjects:
        ring(WATCH, sorted(subjects))


def watch_lately(subjects: Collection[int] | None = None) -> int:
    """Look at the complaints of the last 24 hours about these subjects (or any), and return how many bursts were told.

    One subject that cannot be looked at holds up no other.
    """
    now, bursts = clock.now(), 0
    lately = Response.objects.filter(
        metric=Metric.COMPLAINT,
        value__isnull=False,
        updated_at__gt=now - WINDOW - AHEAD,
        submission__occurred_at__gt=now - WINDOW,
        submission__occurred_at__lte=now,
    )
    if subjects is not None:
        lately = lately.filter(subject__in=subjects)
    found: dict[int, list[Complaint]] = defaultdict(list)
    for subject, *complaint in lately.values_list("subject_id", "id", "submission__occurred_at", "value"):
        found[subject].append(Complaint(*complaint))
    counted = _counted(found)
    for subject, complaints in found.items():
        try:
            bursts += watch_complaints(subject, complaints, apart=counted[subject])
        except Exception:
            log.exception("burst_not_watched", subject=subject)
    return bursts


def _counted(subjects: Collection[int]) -> dict[int, dict[datetime.date, int]]:
    """The complaints about these subjects that sources only count: how many of each day that is looked at."""
    found: dict[int, dict[datetime.date, int]] = {subject: {} for subject in subjects}
    first = (clock.now() - (USUAL_DAYS + 2) * DAY).date()  # local days begin earlier or later
    rows = UsageDay.objects.filter(subject__in=found, complaints__gt=0, day__gte=first)
    for subject, day, times in rows.values_list("subject", "day").annotate(times=Sum("complaints")).order_by():
        found[subject][day] = times
    return found
