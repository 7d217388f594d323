"""The table of the scorecards: statements whatever it holds, how much of it travels, and how long it takes.

And that a trend of three years reads no answers.

`manage.py bench scorecards [--small 50] [--large 1000]`. Statements are those of the whole request; every touchpoint
stands on a journey, has a year of health and answers to three questions.
"""

import datetime
import gzip
from itertools import islice

from django.db import connection, transaction
from django.urls import reverse

from bench.frame import Job, arguments, figure, interleaved, statements
from bench.frame_map import Editor, drawn
from bench.scorecards_touchpoint import answered as answered_about
from scorecards.about import about
from scorecards.cuts import By, cut_by
from scorecards.months import readings_on
from scorecards.over_time import Every, ends
from touchpoints.health.combine import DEFAULT_MODEL
from touchpoints.health.metrics import Metric, scales_of
from touchpoints.health.shrink import PRIOR_VERSION
from touchpoints.models import DailyCell, HealthDay, HealthScore
from touchpoints.past import bases_of
from touchpoints.periods import Period
from workspaces import clock
from workspaces.models import Workspace

AT_ONCE = 2000  # rows; a statement has at most 65,535 values
YEARS = 3
ANSWERS = 3000
# What this transaction alone has read so far, by whatever way.
READ = """
SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::bigint
FROM pg_stat_xact_user_tables WHERE relname = 'feedback_response'
"""


def main(words: list[str]) -> None:
    """Figures of `scorecards`."""
    sizes = arguments(words, small=50, large=1000)
    jobs = {}
    for touchpoints in (sizes.small, sizes.large):
        editor = Editor()
        drawn(editor, touchpoints)
        answered(editor.workspace)
        url = reverse("scorecards", args=[editor.workspace.slug])
        jobs[str(touchpoints)] = lambda editor=editor, url=url: editor.ask(url)
        page = jobs[str(touchpoints)]()
        if page.status != 200:
            raise SystemExit(f"the table of {touchpoints} answers {page.status}")
        figure(f"scorecards.statements.{touchpoints}", len(statements(jobs[str(touchpoints)])), "statements")
        figure(f"scorecards.html_gzip_kb.{touchpoints}", len(gzip.compress(page.body, 6)) / 1024, "kB")
    for touchpoints, seconds in interleaved(jobs, rounds=10).items():
        figure(f"scorecards.page_ms.{touchpoints}", 1000 * seconds, "ms")
    of_trend()


def answered(workspace: Workspace) -> None:
    """A year of health of everything that has one, and answers in two periods of 90 days."""
    today = clock.today(workspace.zone)
    known = list(HealthScore.objects.of(workspace).filter(persona=None))
    closes = [
        HealthDay(
            workspace=workspace,
            subject_id=one.subject_id,
            day=today - datetime.timedelta(days=30 * month),
            score=20 + (one.pk * 37 + month * 5) % 70,
            sd=3,
            answers=60,
            observations=60,
            known=True,
            model_version=DEFAULT_MODEL.version,
            prior_version=PRIOR_VERSION,
        )
        for one in known
        for month in range(12)
    ]
    cells = [
        DailyCell(
            workspace=workspace,
            subject_id=one.subject_id,
            metric=scale.metric,
            scale=scale.code,
            day=today - datetime.timedelta(days=days),
            counts=[(one.pk * 7 + days + place * place) % 9 for place in range(len(scale.values))],
        )
        for one in known
        for scale in (scales_of(metric)[0] for metric in (Metric.NPS, Metric.CSAT, Metric.CES))
        for days in (5, 40, 95, 140)
    ]
    HealthDay.objects.bulk_create(closes, batch_size=AT_ONCE)
    DailyCell.objects.bulk_create(cells, batch_size=AT_ONCE)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself within a minute


def of_trend() -> None:
    """How many answers the database reads for a touchpoint's trend of three years, beside a cut of them as control."""
    editor = Editor()
    touchpoint = answered_about(editor, ANSWERS, years=YEARS)
    today = clock.today(editor.workspace.zone)
    days = [*islice(ends(today, Every.MONTH), 12 * YEARS)][::-1]

    def trend() -> None:
        told = about(touchpoint, days, since=days[0], persona=None, archived=False)
        base = bases_of([touchpoint.subject_id])[touchpoint.subject_id]
        readings = readings_on(touchpoint, base, days, told=told, persona=None)
        if not all(reading.number for reading in readings.values()):
            raise SystemExit("the trend has gaps")

    figure("scorecards.trend_3_years_rows_read_from_answers", rows_read(trend), "rows")
    control = rows_read(lambda: cut_by(touchpoint, Period(days[0], today), By.SEGMENT))
    figure("scorecards.cut_3_years_rows_read_from_answers", control, "rows")  # or nothing would be counted at all


def rows_read(job: Job) -> int:
    """How many rows of answers the database reads for a job."""
    job()  # once uncounted: what is read to plan its statements
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(READ)
        (before,) = cursor.fetchone()
        job()
        cursor.execute(READ)
        (after,) = cursor.fetchone()
    return int(after - before)
