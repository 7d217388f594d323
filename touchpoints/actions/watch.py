"""The watch of the night: charts are followed, bands are compared with what people were told, and alarms are raised."""

import datetime
import json
import time
import zoneinfo
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import partial
from math import inf

from django.db import connection
from django.db.models import Count, Q, QuerySet

from touchpoints.actions import alarms, keeping, statements
from touchpoints.actions.apart import work_off
from touchpoints.actions.charts import DAY, NEEDED, Charts, is_restated, totals_of
from touchpoints.borders import borders_of
from touchpoints.health.alarms import days_between_false_alarms
from touchpoints.health.bands import Band, is_worse, notified_band, standing
from touchpoints.models import Alarm, AlarmKind, AlarmState, Chart, HealthDay, Subject, SubjectKind, Watch
from workspaces import clock
from workspaces.models import Workspace
from workspaces.transactions import retried

SUBJECTS_AT_ONCE = 16
FOLLOWED = ("id", "limits", "day", "height", "since", "ended_on")  # what a night changes of a chart
CLOSES_CAUGHT_UP = 31 * DAY  # as many as are closed after a long rest


def watch(*, within: float = inf) -> int:
    """Watch all subjects of which a day was closed since they were watched last, and return how many they were.

    Those that somebody holds are passed over; the next call finds them, as it finds what is not begun after `within`
    seconds. One that cannot be watched is set aside and holds up no other. Twice is harmless.
    """
    until = time.monotonic() + within
    watched = 0
    for name in Workspace.objects.order_by("time_zone").values_list("time_zone", flat=True).distinct():
        today = clock.today(zoneinfo.ZoneInfo(name))
        closed = Subject.objects.filter(workspace__time_zone=name, scores__persona=None, scores__day=today)
        behind = closed.filter(Q(watch=None) | Q(watch__day__lt=today), touchpoint__archived_at=None)
        watched += work_off(partial(_watch_some, today=today), behind, until=until)
    return watched


@retried
def _watch_some(behind: QuerySet[Subject], *, today: datetime.date) -> int:
    subjects = keeping.claim_subjects(behind, SUBJECTS_AT_ONCE)
    if subjects:
        charts = _read(subjects, today)
        quiet = _quiet(charts)
        # What is based tonight is followed from tomorrow on, when it is known how many charts there are in all.
        for of_subject in charts:
            of_subject.follow(quiet[of_subject.subject.workspace_id])
            of_subject.base()
        _write(charts, *_bands(subjects, today))
    return len(subjects)


@retried
def watch_from_now(workspace: Workspace, subjects: Collection[int]) -> None:
    """Base the charts of these subjects and follow them at once: for a history that came all at once.

    Whoever loads it knows that it is history: what was alarming in it stands in the log and is told to nobody.
    """
    today = clock.today(workspace.zone)
    held = keeping.hold_subjects(Subject.objects.of(workspace).filter(id__in=subjects))
    charts = _read(held, today)
    for of_subject in charts:
        of_subject.base()
    quiet = _quiet(charts)
    for of_subject in charts:
        of_subject.follow(quiet[of_subject.subject.workspace_id])
    _write(charts, *_bands(held, today), telling=False)


def _read(subjects: Sequence[Subject], today: datetime.date) -> list[Charts]:
    """What is known of these subjects, in three statements however many they are."""
    begin = today - NEEDED * DAY
    lately = Q(ended_on=None) | Q(ended_on__gte=begin)
    charts: dict[int, list[Chart]] = defaultdict(list)
    for chart in Chart.objects.filter(lately, subject__in=subjects).order_by("id"):
        charts[chart.subject_id].append(chart)
        if is_restated(chart, today):
            begin = min(begin, chart.begins)
    raised: dict[int, list[Alarm]] = defaultdict(list)
    numbers = [chart.pk for of_subject in charts.values() for chart in of_subject]
    for alarm in Alarm.objects.filter(chart__in=numbers).select_related("workspace").order_by("id"):
        raised[alarm.chart_id].append(alarm)
    cells = keeping.read_cells([subject.pk for subject in subjects], after=begin - DAY)
    return [
        Charts(
            subject,
            today,
            charts[subject.pk],
            {chart.pk: raised[chart.pk] for chart in charts[subject.pk]},
            totals_of(cells[subject.pk]),
        )
        for subject in subjects
    ]


def _quiet(charts: Collection[Charts]) -> dict[int, float]:
    """How many days each chart of a workspace shall be quiet, by workspace: all of them share its false alarms."""
    workspaces = {of_subject.subject.workspace_id: of_subject.subject.workspace for of_subject in charts}
    counted = charts_watched(workspaces).values("workspace").annotate(count=Count("pk")).order_by()
    standing_charts = dict(counted.values_list("workspace", "count"))
    quiet = {}
    for pk, workspace in workspaces.items():
        new = sum(len(of_subject.new) for of_subject in charts if of_subject.subject.workspace_id == pk)
        number = max(1, standing_charts.get(pk, 0) + new)
        quiet[pk] = days_between_false_alarms(number, float(workspace.false_alarms))
    return quiet


def charts_watched(workspaces: Collection[int]) -> QuerySet[Chart]:
    """The charts by which anything is watched now."""
    return Chart.objects.filter(workspace__in=workspaces, ended_on=None, subject__touchpoint__archived_at=None)


def _bands(subjects: Collection[Subject], today: datetime.date) -> tuple[list[Watch], list[Alarm]]:
    """How far each subject is watched now, and the steps from band to band of which people are to know."""
    watches = {watch.subject_id: watch for watch in Watch.objects.filter(subject__in=subjects)}
    closes: dict[int, list[HealthDay]] = defaultdict(list)
    touchpoints = [subject for subject in subjects if subject.kind == SubjectKind.TOUCHPOINT]
    lately = HealthDay.objects.filter(subject__in=touchpoints, persona=None, day__lt=today)
    for close in lately.filter(day__gte=today - CLOSES_CAUGHT_UP).order_by("day"):
        closes[close.subject_id].append(close)
    raised: list[Alarm] = []
    for subject in subjects:
        watch = watches.setdefault(subject.pk, Watch(workspace=subject.workspace, subject=subject))
        steps = _steps(subject, watch, closes[subject.pk])
        raised += steps if watch.day else []  # what was before anybody watched is no news
        watch.day = today
    return list(watches.values()), raised


def _steps(subject: Subject, watch: Watch, closes: Sequence[HealthDay]) -> list[Alarm]:
    """The steps since the subject was watched last, by what was known at each close."""
    borders, steps = borders_of(subject.workspace), []
    band = Band(watch.band) if watch.band else None
    before: HealthDay | None = None
    for close in closes:
        shown = standing(close.score, close.sd, close.observations, known=close.known).number is not None
        if watch.day is None or close.day >= watch.day:
            was, band = band, notified_band(band, close.score if shown else None, borders)
            if was and band and was != band:
                steps.append(_step(subject, was, band, before, close))
        before = close if shown else before
    watch.band = band or ""
    return steps


def _step(subject: Subject, was: Band, became: Band, before: HealthDay | None, close: HealthDay) -> Alarm:
    return Alarm(
        workspace=subject.workspace,
        subject=subject,
        kind=AlarmKind.BAND,
        was=was,
        became=became,
        day=close.day,
        since=close.day,
        before=before.score if before else None,
        before_answers=before.answers if before else 0,
        after=close.score,
        after_answers=close.answers,
        state=AlarmState.OPEN if is_worse(became, was) else AlarmState.NOTED,
    )


def _write(
    charts: Collection[Charts], watches: Collection[Watch], raised: Collection[Alarm], *, telling: bool = True
) -> None:
    """Write charts and how far they were followed, then what was raised and what is no longer so."""
    followed = {chart.pk: chart for of_subject in charts for chart in [*of_subject.followed, *of_subject.ended]}
    rows = [{name: getattr(chart, name) for name in FOLLOWED} for pk, chart in followed.items() if pk]
    with connection.cursor() as cursor:
        cursor.execute(statements.WRITE_CHARTS, {"rows": json.dumps(rows, default=str)})
    Chart.objects.bulk_create([chart for of_subject in charts for chart in of_subject.new])
    for of_subject in charts:
        for alarm, still in of_subject.restated:
            alarms.restate(alarm, still=still)
        raised = [*raised, *of_subject.raised]
    alarms.raise_alarms(raised, telling=telling)
    Watch.objects.bulk_create(watches, update_conflicts=True, unique_fields=["subject"], update_fields=["day", "band"])
