"""The scorecards of a workspace with ten million answers beside those of one with ten thousand, and what paper costs.

Both have a thousand touchpoints and eleven months; they are made once (bench/seed.py).
"""

from collections.abc import Callable
from functools import partial

from django.http import QueryDict
from django.urls import reverse

from bench.frame import Answer, arguments, figure, interleaved
from bench.frame_map import Editor
from bench.frame_past import Past, at_noon, rows_read
from bench.seed import seeded
from scorecards.asked import table_of
from scorecards.printing import sheets_of
from touchpoints.models import HealthScore, Touchpoint
from workspaces.models import Workspace

JOBS = ("table", "touchpoint", "roll_ups", "home")


def main(words: list[str]) -> None:
    """Figures of `scorecards` that depend on how much was ever answered."""
    sizes = arguments(words, answers=10_000_000, fewer=10_000, rounds=15)
    urls = {answers: seeded(answers) for answers in (sizes.fewer, sizes.answers)}
    few, many = (Past(url, Jobs) for url in urls.values())
    read = rows_read(urls[sizes.answers], lambda: many.do("table"))
    figure("scorecards.table_rows_read_from_answers", read, "rows")
    for name in JOBS:
        taken = interleaved({"few": partial(few.do, name), "many": partial(many.do, name)}, rounds=sizes.rounds)
        figure(f"scorecards.{name}_ms.10m", taken["many"] * 1000, "ms")
        figure(f"scorecards.{name}_10m_vs_10k_answers", taken["many"] / taken["few"], "times")
    for name in ("pdf", "pdf_of_touchpoint"):
        figure(f"scorecards.{name}_s", interleaved({name: partial(many.do, name)}, rounds=5)[name], "s")
    for past in (few, many):
        past.end()


class Jobs:
    """What is measured: pages as an editor opens them, and papers."""

    def __init__(self) -> None:
        at_noon(HealthScore.objects.latest("day").day)
        workspace = Workspace.objects.get(pk=Touchpoint.objects.all()[0].workspace_id)
        touchpoint = Touchpoint.objects.of(workspace).order_by("pk")[500]
        editor = Editor.again(workspace)

        def asks(name: str, *place: int) -> Callable[[], int]:
            url = reverse(name, args=[workspace.slug, *place])
            return lambda: _length(editor.ask(url), url)

        self.table, self.roll_ups, self.home = asks("scorecards"), asks("roll_ups"), asks("home")
        self.touchpoint, self.pdf = asks("touchpoint", touchpoint.pk), partial(_sheets, workspace)
        self.pdf_of_touchpoint = asks("touchpoint_pdf", touchpoint.pk)


def _sheets(workspace: Workspace) -> int:
    """What a worker does for the whole table on paper."""
    return len(sheets_of(table_of(workspace, QueryDict())))


def _length(answer: Answer, url: str) -> int:
    if answer.status != 200:
        raise SystemExit(f"{url} answered {answer.status}")
    return len(answer.body)
