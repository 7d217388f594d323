"""The charts of one subject while it is held: based on what was usual, and followed from the daily cells alone.

Nothing is carried from night to night but the charts themselves: each night their paths are folded anew, so that late
answers find their own day. When a chart gives way to another is judgement: when its alarm was acknowledged, and after
90 days if it is at zero.
"""

import datetime
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from touchpoints.actions.ledger import Cells
from touchpoints.health import alarms as arithmetic
from touchpoints.health.alarms import WATCHED, Norm, Rise, Weighing, Worths, worths_of
from touchpoints.health.metrics import Metric
from touchpoints.models import Alarm, AlarmKind, AlarmState, Chart, Subject

DAY = datetime.timedelta(days=1)
GAP = 28  # days between a baseline and the day on which a chart is made of it: what begins now is not in it
BASELINE = 180  # days
STALE = 90  # days after which a chart gives way to a newer one
LATE = 28  # days for which alarms of a chart that has ended are still restated
NEEDED = BASELINE + GAP  # days back that are looked at
MOVED = math.log(1.1)  # by how much the wanted quiet must have changed to be worth another threshold

ByDay = dict[datetime.date, list[int]]


class Watched(NamedTuple):
    """A series over all personas."""

    metric: str
    scale: str


COMPLAINTS, CONTACTS = Watched(Metric.COMPLAINT, "1-3"), Watched(Metric.CONTACT, "1-1")


@dataclass
class Charts:
    """A subject's charts, those that ended lately included, with their alarms and the cells to follow them by.

    `raised` and `restated` (alarm, whether it is still so) are what following them found out.
    """

    subject: Subject
    today: datetime.date
    charts: Sequence[Chart]
    alarms: Mapping[int, list[Alarm]]
    cells: dict[Watched, ByDay]
    new: list[Chart] = field(default_factory=list)
    ended: list[Chart] = field(default_factory=list)
    followed: list[Chart] = field(default_factory=list)
    raised: list[Alarm] = field(default_factory=list)
    restated: list[tuple[Alarm, bool]] = field(default_factory=list)

    def current(self) -> dict[Watched, Chart]:
        """The chart of each series that has one."""
        found = [chart for chart in [*self.charts, *self.new] if chart.ended_on is None]
        return {Watched(chart.metric, chart.scale): chart for chart in found}

    def base(self) -> None:
        """Make charts for series that have none, and newer ones in the place of those that are old and quiet.

        A chart of which nothing is heard any more ends, so that the others need not share their false alarms with it.
        """
        current = self.current()
        for series, standing in current.items():
            heard = max(self.cells.get(series, ()), default=standing.last)
            if heard < self.today - NEEDED * DAY and self._gives_way(standing):
                self._end(standing)
        for series in self.cells:
            chart = current.get(series)
            if series.metric not in WATCHED or (chart and (chart.ended_on or not self._gives_way(chart))):
                continue
            made = self._based(series, chart) if chart else self._after_change(series) or self._based(series, None)
            if made:
                self.new.append(made)
                if chart:
                    self._end(chart)

    def follow(self, quiet: float) -> None:
        """Follow the charts up to yesterday. `quiet`: days between two false alarms of a chart, as wanted now.

        One that ended lately is followed to its end, to see whether its alarms are still so.
        """
        for chart in [*self.charts, *self.new]:
            series = Watched(chart.metric, chart.scale)
            if chart.ended_on is None:
                _set_limit(chart, quiet)
            elif not is_restated(chart, self.today):
                continue
            path = path_of(chart, self.cells.get(series, {}), chart.ended_on or self.today - DAY)
            rises = [rise for rise in arithmetic.rises_of(path) if rise.alarm]
            for alarm in self.alarms.get(chart.pk, ()):
                self.restated.append((alarm, any(_overlap(rise, alarm) for rise in rises)))
            if chart.ended_on is None and path:
                chart.day, chart.height, chart.since = path[-1].day, path[-1].height, path[-1].since
                self.followed.append(chart)
                self.raised += [self._alarm(chart, rise) for rise in rises if not self._is_known(series, rise)]

    def _end(self, chart: Chart) -> None:
        chart.ended_on = self.today
        self.ended.append(chart)

    def _gives_way(self, chart: Chart) -> bool:
        old = chart.based_on <= self.today - STALE * DAY
        alarms = self.alarms.get(chart.pk, ())
        return old and not chart.height and all(alarm.state != AlarmState.OPEN for alarm in alarms)

    def _is_known(self, series: Watched, rise: Rise) -> bool:
        alarms = [alarm for alarms in self.alarms.values() for alarm in alarms]
        return any((alarm.metric, alarm.scale) == series and _overlap(rise, alarm) for alarm in alarms)

    def _alarm(self, chart: Chart, rise: Rise) -> Alarm:
        worths = worths_of(chart.metric, chart.scale)
        since = _total(worths, self.cells[Watched(chart.metric, chart.scale)], rise.since, rise.until)
        return Alarm(
            workspace=self.subject.workspace,
            subject=self.subject,
            kind=AlarmKind.DETERIORATION,
            chart=chart,
            metric=chart.metric,
            scale=chart.scale,
            day=rise.alarm or rise.until,
            since=rise.since,
            before=chart.mean,
            before_answers=chart.answers,
            after=arithmetic.mean_of(worths, since),
            after_answers=sum(since),
        )

    def _based(self, series: Watched, old: Chart | None) -> Chart | None:
        """A chart from 180 days that ended 28 days ago, or from as many as there are since a change that is known."""
        last = self.today - GAP * DAY
        first = max([last - (BASELINE - 1) * DAY, *(alarm.since for alarm in self._acknowledged(series))])
        days = {day: counts for day, counts in self.cells[series].items() if first <= day <= last}
        if not days:
            return None
        first = min(days)
        norm = arithmetic.norm_of(worths_of(*series), days.values(), (last - first).days + 1)
        if old and (not norm or old.last >= last):
            return None
        return self._chart(series, norm, days, (first, last), last + DAY)

    def _after_change(self, series: Watched) -> Chart | None:
        """A chart from what came since a change that people know of; None where there was none."""
        acknowledged = self._acknowledged(series)
        ended = [chart for chart in self.charts if chart.ended_on and Watched(chart.metric, chart.scale) == series]
        if not acknowledged or not ended:
            return None
        old = max(ended, key=lambda chart: (chart.ended_on, chart.pk))
        first, last = max(alarm.since for alarm in acknowledged), old.ended_on or self.today
        days = {day: counts for day, counts in self.cells[series].items() if first <= day <= last}
        if not days or old.ended_on is None:
            return None
        worths = worths_of(*series)
        norm = arithmetic.norm_since(worths, norm_of(old), _total(worths, days, first, last))
        return self._chart(series, norm, days, (first, last), last + DAY)

    def _acknowledged(self, series: Watched) -> list[Alarm]:
        return [
            alarm
            for chart in self.charts
            if Watched(chart.metric, chart.scale) == series
            for alarm in self.alarms.get(chart.pk, ())
            if alarm.state == AlarmState.ACKNOWLEDGED
        ]

    def _chart(
        self,
        series: Watched,
        norm: Norm | None,
        days: ByDay,
        baseline: tuple[datetime.date, datetime.date],
        begins: datetime.date,
    ) -> Chart | None:
        worths, shift = worths_of(*series), arithmetic.shift_of(series.metric, norm) if norm else 0.0
        weighing = arithmetic.weighing_of(worths, norm, shift) if norm else None
        if norm is None or weighing is None:
            return None
        return Chart(
            workspace=self.subject.workspace,
            subject=self.subject,
            **series._asdict(),
            based_on=self.today,
            first=baseline[0],
            last=baseline[1],
            counts=_total(worths, days, *baseline),
            **vars(norm),
            shift=shift,
            usual=weighing.usual,
            worse=weighing.worse,
            evidence=weighing.evidence,
            begins=begins,
        )


def is_restated(chart: Chart, today: datetime.date) -> bool:
    """Whether late answers may still restate the alarms of a chart."""
    return chart.ended_on is None or chart.ended_on >= today - LATE * DAY


def norm_of(chart: Chart) -> Norm:
    """What a chart takes as usual, before it is lowered."""
    return Norm(
        shares=tuple(chart.shares),
        mean=chart.mean,
        variance=chart.variance,
        answers=chart.answers,
        per_day=chart.per_day,
        dispersion=chart.dispersion,
    )


def weighing_of(chart: Chart) -> Weighing:
    """How a chart weighs answers."""
    return Weighing(
        usual=tuple(chart.usual),
        worse=tuple(chart.worse),
        evidence=tuple(chart.evidence),
        rate=chart.per_day / chart.dispersion,
    )


def path_of(chart: Chart, cells: Mapping[datetime.date, Sequence[int]], last: datetime.date) -> list[arithmetic.Point]:
    """A chart's path from its first day to that one, by the daily counts of its series over all personas."""
    if not chart.limits:
        return []
    nothing = [0] * len(chart.evidence)
    days = ((day, cells.get(day, nothing), limit_on(chart, day)) for day in _days(chart.begins, last))
    return arithmetic.follow(chart.evidence, chart.dispersion, days)


def limit_on(chart: Chart, day: datetime.date) -> float:
    """The threshold in force on that day."""
    standing = [limit for limit in chart.limits if limit["from"] <= day.isoformat()]
    threshold: float = (standing or chart.limits)[-1 if standing else 0]["threshold"]
    return threshold


def totals_of(cells: Cells) -> dict[Watched, ByDay]:
    """The counts of each series and day over all personas. Of complaints: those, and the contacts without one."""
    found: dict[Watched, ByDay] = defaultdict(dict)
    for (metric, scale, _persona), by_day in cells.items():
        of_series = found[Watched(metric, scale)]
        for day, counts in by_day.items():
            before = of_series.get(day)
            of_series[day] = [a + b for a, b in zip(before, counts, strict=True)] if before else list(counts)
    found[COMPLAINTS] = _among(found.pop(COMPLAINTS, {}), found.pop(CONTACTS, {}))
    return dict(found)


def _among(bad: ByDay, cases: ByDay) -> ByDay:
    """Bad events and cases without one, for each day that has cases: where none were counted there is no rate."""
    found = {}
    for day, counts in cases.items():
        all_cases = sum(counts)
        events = min(sum(bad.get(day, ())), all_cases)
        found[day] = [events, all_cases - events]
    return found


def _set_limit(chart: Chart, quiet: float) -> None:
    """Let a newly wanted quiet hold from the first day that has not been judged yet."""
    if chart.limits and abs(math.log(quiet / chart.limits[-1]["quiet"])) < MOVED:
        return
    begins = chart.day + DAY if chart.day else chart.begins
    threshold = arithmetic.threshold(weighing_of(chart), quiet)
    chart.limits = [*chart.limits, {"from": begins.isoformat(), "quiet": quiet, "threshold": threshold}]


def _overlap(rise: Rise, alarm: Alarm) -> bool:
    return rise.since <= alarm.day and alarm.since <= rise.until


def _total(
    worths: Worths, cells: Mapping[datetime.date, Sequence[int]], first: datetime.date, last: datetime.date
) -> list[int]:
    inside = [counts for day, counts in cells.items() if first <= day <= last]
    return [sum(counts) for counts in zip(*inside, strict=True)] if inside else [0] * len(worths)


def _days(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    return (first + number * DAY for number in range((last - first).days + 1))
