"""What becomes slower the longer a workspace is used, and what must not: maps, trends, and the work of the night.

Beside a database of ten million answers stands one of a million; both are made once (bench/seed.py).
"""

import datetime
import time

from django.db import connection, transaction

from bench.frame import arguments, figure, interleaved
from bench.frame_map import Editor, address
from bench.frame_past import Past, at_noon, rows_read
from bench.seed import seeded
from journeys.models import Journey
from touchpoints.actions import close_days, settle_priors
from touchpoints.health.combine import score_health
from touchpoints.health.decay import SHORT_TABLE, Tally
from touchpoints.health.metrics import Scale, scale_of
from touchpoints.models import HealthScore, Touchpoint, Window
from touchpoints.past import restated
from workspaces.models import Workspace

YEAR = datetime.timedelta(days=365)
# What lies in the window of one day, straight from the answers: without cells every day has to be asked for.
NAIVE = """
SELECT metric, scale, value, count(*)::int
FROM feedback_response AS response
JOIN feedback_submission AS submission ON submission.id = response.submission_id
WHERE subject_id = %(subject)s AND value IS NOT NULL
  AND day > %(day)s::date - (CASE WHEN metric = ANY(%(short)s) THEN 90 ELSE 365 END) AND day <= %(day)s
GROUP BY metric, scale, value
"""


def main(words: list[str]) -> None:
    """Figures of `history`."""
    sizes = arguments(words, answers=10_000_000, fewer=1_000_000, rounds=15)
    urls = {answers: seeded(answers) for answers in (sizes.fewer, sizes.answers)}
    few, many = (Past(url, Jobs) for url in urls.values())
    read = rows_read(urls[sizes.answers], lambda: many.do("open_map"))
    figure("history.map_rows_read_from_answers", read, "rows")
    control = rows_read(urls[sizes.answers], lambda: many.do("trend_from_answers"))
    figure("history.naive_trend_rows_read_from_answers", control, "rows")  # or nothing would be counted at all
    maps = interleaved({"few": lambda: few.do("open_map"), "many": lambda: many.do("open_map")}, rounds=sizes.rounds)
    figure("history.map_p50_ms.10m", maps["many"] * 1000, "ms")
    figure("history.map_10m_vs_1m", maps["many"] / maps["few"], "times")
    trends = interleaved(
        {"naive": lambda: many.do("trend_from_answers"), "ours": lambda: many.do("trend")}, rounds=sizes.rounds
    )
    figure("history.trend_year_ms.10m", trends["ours"] * 1000, "ms")
    figure("history.trend_year_naive_vs_ours.10m", trends["naive"] / trends["ours"], "times")
    for name in ("prior_fit", "day_close"):
        began = time.perf_counter()
        done = many.do(name)
        figure(f"history.{name}_s", time.perf_counter() - began, f"s for {done}")
    for past in (few, many):
        past.end()


class Jobs:
    """What is measured. Nothing of it stays."""

    def __init__(self) -> None:
        day = HealthScore.objects.latest("day").day
        at_noon(day)
        self.workspace = Workspace.objects.get(pk=Touchpoint.objects.all()[0].workspace_id)
        self.touchpoint = Touchpoint.objects.of(self.workspace).order_by("pk")[500]
        self.year = [day - datetime.timedelta(days=age) for age in range(YEAR.days)]
        windows = Window.objects.filter(subject=self.touchpoint.subject_id, table=SHORT_TABLE)
        self.short = list(windows.values_list("metric", flat=True))
        self.tomorrow = day + datetime.timedelta(days=1)
        self.editor = Editor.again(self.workspace)
        self.map = address("journey", Journey.objects.of(self.workspace).order_by("pk")[0])

    def open_map(self) -> int:
        """The map as an editor opens it; how long its HTML is."""
        answer = self.editor.ask(self.map)
        if answer.status != 200:
            raise SystemExit(f"the map answered {answer.status}")
        return len(answer.body)

    def trend(self) -> int:
        """A year of one touchpoint's scores, day by day, as the product tells them; how many are known."""
        subject = self.touchpoint.subject_id
        return sum(one.known for one in restated([subject], self.year)[subject])

    def trend_from_answers(self) -> int:
        """The same scores, each from the answers in its window."""
        return sum(self.score_from_answers(day) is not None for day in self.year)

    def score_from_answers(self, day: datetime.date) -> float | None:
        """The score as of a day, counted from the answers."""
        asked = {"subject": self.touchpoint.subject_id, "day": day, "short": self.short}
        counts: dict[Scale, list[int]] = {}
        with connection.cursor() as cursor:
            cursor.execute(NAIVE, asked)
            for metric, code, value, times in cursor.fetchall():
                scale = scale_of(metric, code)
                counts.setdefault(scale, [0] * len(scale.values))[scale.index(value)] = times
        tallies = {scale: Tally(tuple(values), sum(values), sum(values)) for scale, values in counts.items()}
        health = score_health(tallies)
        return health.score if health else None

    def prior_fit(self) -> str:
        """What is usual tomorrow, undone at the end; among how many touchpoints."""
        with transaction.atomic():
            settle_priors(self.workspace.pk, self.tomorrow)
            transaction.set_rollback(True)
        return f"{Touchpoint.objects.of(self.workspace).count()} touchpoints"

    def day_close(self) -> str:
        """The close of the day, at noon of the next, undone at the end; of how many subjects."""
        at_noon(self.tomorrow)
        with transaction.atomic():
            closed = close_days()
            transaction.set_rollback(True)
        return f"{closed} subjects"
