"""The table of the scorecards: statements whatever it holds, how much of it travels, and how long it takes.

`manage.py bench scorecards [--small 50] [--large 1000]`. Statements are those of the whole request; every touchpoint
stands on a journey, has a year of health and answers to three questions.
"""

import datetime
import gzip

from django.db import connection
from django.urls import reverse

from bench.frame import arguments, figure, interleaved, statements
from bench.frame_map import Editor, drawn
from touchpoints.health.combine import DEFAULT_MODEL
from touchpoints.health.metrics import Metric, scales_of
from touchpoints.health.shrink import PRIOR_VERSION
from touchpoints.models import DailyCell, HealthDay, HealthScore
from workspaces import clock
from workspaces.models import Workspace

AT_ONCE = 2000  # rows; a statement has at most 65,535 values


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
