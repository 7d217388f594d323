"""What was said of touchpoints before a measure and since, and which of them nobody touched: read from daily cells."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.db import connection

from measures.models import FELT, Measure, MeasureTouchpoint
from measures.moved import Watched
from measures.reviewing import LEAST_DAYS
from measures.statements import BY_WEEK, COUNTED, SINCE, UNTOUCHED
from touchpoints.actions.grounds import priors_named
from touchpoints.health.changes import FEWEST_COMPARED
from touchpoints.health.decay import Tally, summed
from touchpoints.health.metrics import Scale, scale_of
from touchpoints.health.usual import DEFAULT_PRIORS
from touchpoints.models import HealthScore, Touchpoint
from workspaces.models import Workspace

MOST_DAYS = 182  # half a year: later answers tell of other things
MOST_CONTROLS = 12
DAY = datetime.timedelta(days=1)

Tallies = dict[Scale, Tally]


class Span(NamedTuple):
    """Two equally long times, local days: from `first` to before `start`, and from `start` to `last`, the last of them.

    `middle`: half of the time before is over.
    """

    first: datetime.date
    middle: datetime.date
    start: datetime.date
    last: datetime.date

    @property
    def days(self) -> int:
        """How long each of them is; 0 where it has not begun."""
        return max(0, (self.start - self.first).days)


def span_of(start: datetime.date, today: datetime.date) -> Span:
    """The times that a review compares when a day begins: days that are over, half a year at most."""
    days = min(MOST_DAYS, max(0, (today - start).days))
    return Span(start - days * DAY, start - (days // 2) * DAY, start, start + (days - 1) * DAY)


def least_span(start: datetime.date) -> Span:
    """The times that it compares when it may be closed for the first time."""
    return span_of(start, start + LEAST_DAYS * DAY)


class Seen(NamedTuple):
    """A touchpoint in both times, and in the halves of the time before."""

    whole: Watched
    halves: Watched


def watch(touchpoints: Collection[Touchpoint], span: Span, personas: Collection[int]) -> dict[int, Seen]:
    """What customers (of these personas, if any are named) said of each, by its id: two statements."""
    found: dict[int, list[Tallies]] = defaultdict(lambda: [{}, {}, {}])
    for subject, part, scale, tally in _count(COUNTED, touchpoints, span, personas):
        found[subject][part][scale] = tally
    scores, seen = _scores(touchpoints), {}
    for touchpoint in touchpoints:
        one, other, since = found[touchpoint.subject_id]
        score = scores.get(touchpoint.subject_id)
        priors = priors_named(score.prior_version, score.peer_group) if score else DEFAULT_PRIORS
        before = summed([*one.items(), *other.items()])
        seen[touchpoint.pk] = Seen(
            Watched(touchpoint.pk, before, since, priors), Watched(touchpoint.pk, one, other, priors)
        )
    return seen


def weeks_of(
    touchpoints: Collection[Touchpoint], span: Span, personas: Collection[int]
) -> dict[int, dict[int, Tallies]]:
    """What was said week by week, by touchpoint's subject and week: one statement."""
    found: dict[int, dict[int, Tallies]] = defaultdict(lambda: defaultdict(dict))
    for subject, week, scale, tally in _count(BY_WEEK, touchpoints, span, personas):
        found[subject][week][scale] = tally
    return found


def untouched(measure: Measure, span: Span, touched: Collection[Touchpoint], personas: Collection[int]) -> list[int]:
    """The ids of touchpoints to compare with, by what was said of them before the start alone; twelve at most."""
    counted = _count(COUNTED, touched, span, personas)
    metrics = {scale.metric.value for _subject, part, scale, _tally in counted if part < SINCE}
    elsewhere = touched_between(measure.workspace, span)
    chosen: dict[str, Any] = {
        "workspace": measure.workspace_id,
        "first": span.first,
        "last": span.start - DAY,
        "metrics": sorted(metrics),
        "personas": sorted(personas) or None,
        "fewest": FEWEST_COMPARED,
        "touched": [*{one.pk for one in touched}, *{row.touchpoint_id for row in elsewhere}],
        "groups": sorted({score.peer_group for score in _scores(touched).values()}),
        "most": MOST_CONTROLS,
    }
    with connection.cursor() as cursor:
        cursor.execute(UNTOUCHED, chosen)
        return [number for (number,) in cursor.fetchall()]


def touched_between(
    workspace: Workspace, span: Span, among: Collection[Touchpoint] | None = None
) -> list[MeasureTouchpoint]:
    """Where (or at which of these) measures began to be met within these times, each with its measure."""
    rows = MeasureTouchpoint.objects.of(workspace).filter(
        measure__archived_at=None, measure__status__in=FELT, measure__live_on__range=(span.first, span.last)
    )
    if among is not None:
        rows = rows.filter(touchpoint__in=among)
    return list(rows.select_related("measure").order_by("measure_id", "touchpoint_id"))


def _count(
    statement: str, touchpoints: Collection[Touchpoint], span: Span, personas: Collection[int]
) -> Iterable[tuple[int, int, Scale, Tally]]:
    asked: dict[str, Any] = {
        **span._asdict(),
        "subjects": [one.subject_id for one in touchpoints],
        "personas": sorted(personas) or None,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        for subject, part, metric, code, counts in cursor.fetchall():
            if any(counts):
                yield subject, part, scale_of(metric, code), Tally(tuple(counts), sum(counts), sum(counts))


def _scores(touchpoints: Collection[Touchpoint]) -> dict[int, HealthScore]:
    subjects = [one.subject_id for one in touchpoints]
    return {score.subject_id: score for score in HealthScore.objects.filter(subject__in=subjects, persona=None)}
