"""A touchpoint's page: its statements, and what its trend reads of answers, with as many of them as asked for."""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from bench.frame import arguments, figure, interleaved, statements
from bench.frame_map import Editor
from feedback.actions import Answer, record_responses
from touchpoints.actions import comment_on, create_event, create_touchpoint, fold_all
from touchpoints.models import Touchpoint
from workspaces import clock

AT_ONCE = 1000
SEGMENTS = 20


def main(words: list[str]) -> None:
    """Figures of `scorecards` that are about one touchpoint."""
    sizes = arguments(words, few=100, many=20_000, rounds=10)
    editor = Editor()
    jobs = {}
    for answers in (sizes.few, sizes.many):
        touchpoint = answered(editor, answers)
        url = reverse("touchpoint", args=[editor.workspace.slug, touchpoint.pk])
        sent = statements(lambda url=url: editor.ask(url))
        figure(f"scorecards.touchpoint_statements.{answers}", len(sent), "statements")
        jobs[f"{answers}"] = lambda url=url: editor.ask(url)
    for name, seconds in interleaved(jobs, rounds=sizes.rounds).items():
        figure(f"scorecards.touchpoint_ms.{name}", 1000 * seconds, "ms")


def answered(editor: Editor, answers: int, *, years: int = 2) -> Touchpoint:
    """A touchpoint with so many answers over so many years, something said about it, and something that happened."""
    touchpoint = create_touchpoint(editor.workspace, name=f"Answered {answers} times", by=editor.user)
    rows = list(_rows(touchpoint, answers, 365 * years))
    for first in range(0, len(rows), AT_ONCE):
        record_responses(editor.workspace, rows[first : first + AT_ONCE])
    fold_all()
    today = clock.today(editor.workspace.zone)
    create_event(editor.workspace, touchpoint=touchpoint, day=today, text="Release", by=editor.user)
    comment_on(touchpoint, text=f"@{editor.user}, see this", by=editor.user)
    return Touchpoint.objects.of(editor.workspace).get(pk=touchpoint.pk)


def _rows(touchpoint: Touchpoint, answers: int, days: int) -> Iterator[Answer]:
    today = clock.today(touchpoint.workspace.zone)
    for number in range(answers):
        yield Answer(
            source="bench",
            external_id=f"{touchpoint.pk} {number}",
            subject=touchpoint.subject_id,
            metric=("csat", "ces", "nps")[number % 3],
            value=1 + number % 5,
            text="Too late" if number % 4 == 0 else "",
            segment=f"Line {number % SEGMENTS}",
            occurred_at=today - datetime.timedelta(days=number % days),
        )
