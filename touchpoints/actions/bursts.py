"""Bursts of complaints, raised while they happen."""

import datetime
from collections.abc import Mapping, Sequence

from django.db.models import Min

from touchpoints.actions import keeping
from touchpoints.actions.alarms import raise_alarms
from touchpoints.health.bursts import COOL_DOWN, FEWEST, SEVEREST, WINDOW, Burst, Cause, Complaint, Told, burst_in
from touchpoints.health.metrics import Metric, scales_of
from touchpoints.models import Alarm, AlarmKind, DailyCell, Subject
from workspaces import clock
from workspaces.transactions import retried

USUAL_DAYS = 90  # of which it is known how many complaints are usual
DAY = datetime.timedelta(days=1)
SEVERITY = scales_of(Metric.COMPLAINT)[0]


@retried
def watch_complaints(number: int, complaints: Sequence[Complaint], *, apart: Mapping[datetime.date, int]) -> bool:
    """Raise a burst, if there is one among the complaints of the last 24 hours about a subject; whether there was.

    `apart`: how many of each day's complaints nobody tells while they happen. They are not among these, nor usual.
    """
    if len(complaints) < FEWEST and all(complaint.severity < SEVEREST for complaint in complaints):
        return False
    held = keeping.hold_subjects(Subject.objects.filter(id=number, touchpoint__archived_at=None))
    if not held:
        return False
    [subject] = held
    now = clock.now()
    usual, days = _usual(subject, (now - WINDOW).astimezone(subject.workspace.zone).date(), apart)
    burst = burst_in(complaints, now, usual=usual, days=days, told=_told(subject, now))
    return bool(burst and raise_alarms([_alarm(subject, burst, now, usual, days)]))


def _usual(subject: Subject, until: datetime.date, apart: Mapping[datetime.date, int]) -> tuple[int, int]:
    """How many complaints came in the 90 days before that day, or in as many as the subject has been heard of."""
    begin = until - USUAL_DAYS * DAY
    cells = DailyCell.objects.filter(subject=subject, day__range=(begin, until - DAY))
    first = cells.aggregate(first=Min("day"))["first"]
    counted = cells.filter(metric=SEVERITY.metric).values_list("counts", flat=True)
    besides = sum(times for day, times in apart.items() if begin <= day < until)
    # What was counted a moment ago is not in the cells yet
    return max(0, sum(map(sum, counted)) - besides), (until - first).days if first else 0


def _told(subject: Subject, now: datetime.datetime) -> dict[Cause, Told]:
    """When each cause was last told of, and of which complaints, as far as that still matters."""
    told: dict[Cause, Told] = {}
    lately = Alarm.objects.filter(subject=subject, kind=AlarmKind.BURST, raised_at__gt=now - WINDOW - COOL_DOWN)
    for alarm in lately.order_by("raised_at", "id"):
        before = told.get(Cause(alarm.cause))
        of = frozenset(alarm.complaints) | (before.of if before else frozenset())
        told[Cause(alarm.cause)] = Told(alarm.raised_at, of)
    return told


def _alarm(subject: Subject, burst: Burst, now: datetime.datetime, usual: int, days: int) -> Alarm:
    began, zone = burst.complaints[0].at, subject.workspace.zone
    return Alarm(
        workspace=subject.workspace,
        subject=subject,
        kind=AlarmKind.BURST,
        metric=SEVERITY.metric,
        scale=SEVERITY.code,
        cause=burst.cause,
        day=now.astimezone(zone).date(),
        since=began.astimezone(zone).date(),
        began_at=began,
        before=usual / days if days else None,
        before_answers=usual,
        before_days=days,
        after_answers=len(burst.complaints),
        complaints=[complaint.id for complaint in burst.complaints],
        exposure=burst.exposure,
        chance=burst.chance,
    )
