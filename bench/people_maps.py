"""What comparing and travelling in time cost: statements for few and many touchpoints, a past map beside the present.

`figures` is called by the benchmark `people`.
"""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.db import connection

from bench.frame import figure, interleaved, statements
from bench.frame_map import Editor, address, drawn
from journeys.models import Change, Journey, Placement
from journeys.views.drawing import DRAWINGS, cell_html, station_html, touchpoint_html
from personas.actions import create_persona
from touchpoints.health.decay import SHORT_TABLE
from touchpoints.models import DailyCell, HealthDay, HealthScore, Window
from workspaces import clock

DAY = datetime.timedelta(days=1)
LIFE = 200  # days since the journey was begun
CHANGED = 400  # changes of the map in that time


def figures(*, small: int = 24, large: int = 500, rounds: int = 15) -> None:
    """Print `people.compare_statements.…` and `people.past_map_vs_present`."""
    editor = Editor()
    personas = [create_persona(editor.workspace, name=name, by=editor.user).pk for name in ("Mara", "Jürgen")]
    for touchpoints in (small, large):
        journey = drawn(editor, touchpoints)
        plan = drawn(editor, touchpoints)
        Journey.objects.filter(pk=plan.pk).update(standing="to_be")
        _live(journey, personas)
        today = clock.today(journey.workspace.zone)
        kinds: dict[str, dict[str, object]] = {
            "": {"kind": "persona", "a": personas[0], "b": personas[1]},
            "_days": {"kind": "days", "a": today - 100 * DAY, "b": today - 3 * DAY},
            "_plan": {"kind": "plan", "b": plan.pk},
        }
        for name, asked in kinds.items():
            url = f"{address('journey_compare', journey)}?{urlencode(asked)}"
            figure(f"people.compare_statements{name}.{touchpoints}", _statements(editor, url), "statements")
    _past(editor, journey, rounds)


def _statements(editor: Editor, url: str) -> int:
    _read(editor, url)
    return len(statements(lambda: _read(editor, url)))


def _past(editor: Editor, journey: Journey, rounds: int) -> None:
    """The map of a day that is over beside that of now: each drawn anew, and each as a process has it in memory."""
    now = address("journey", journey)
    days = [clock.today(journey.workspace.zone) - ago * DAY for ago in range(5, 5 + 2 * rounds)]
    then = [f"{now}?on={day}" for day in days]
    turn = iter(range(10_000))

    def again(url: str) -> None:
        DRAWINGS.clear()
        _read(editor, url)

    def cold(url: str) -> None:
        for cache in (touchpoint_html, station_html, cell_html):
            cache.cache_clear()
        again(url)

    def other_day() -> None:
        again(then[next(turn) % len(then)])

    warm = interleaved({"now": lambda: again(now), "then": lambda: again(then[0])}, rounds=rounds)
    first = interleaved({"now": lambda: cold(now), "then": lambda: cold(then[0])}, rounds=rounds)
    walking = interleaved({"now": lambda: again(now), "then": other_day}, rounds=rounds)
    figure("people.past_map_ms", warm["then"] * 1000, "ms")
    figure("people.past_map_vs_present", warm["then"] / warm["now"], "times")
    figure("people.past_map_vs_present_cold", first["then"] / first["now"], "times")
    figure("people.past_map_vs_present_each_day_new", walking["then"] / walking["now"], "times")


def _read(editor: Editor, url: str) -> None:
    answer = editor.ask(url)
    if answer.status != 200:
        raise SystemExit(f"{url} answered {answer.status}")


def _live(journey: Journey, personas: list[int]) -> None:
    """Two hundred days of answers, closes and changes of the map."""
    placements = list(Placement.objects.filter(journey=journey).select_related("touchpoint"))
    subjects = [placement.touchpoint.subject_id for placement in placements]
    here = {"workspace": journey.workspace}
    Window.objects.bulk_create(
        Window(subject_id=subject, metric="csat", table=SHORT_TABLE, **here) for subject in subjects
    )
    of_all = list(HealthScore.objects.filter(subject__in=subjects, persona=None))
    for persona in personas:
        for score in of_all:
            score.pk, score.persona_id = None, persona
        HealthScore.objects.bulk_create(of_all)
    today = clock.today(journey.workspace.zone)
    _answer(subjects, personas, today, here)
    _close(subjects, today, here)
    _change(journey, placements)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _answer(subjects: list[int], personas: list[int], today: datetime.date, here: dict[str, Any]) -> None:
    """A cell for each subject and day, of one persona after the other."""
    for ago in range(1, LIFE):
        counted = [[ago % 3, 1, 0, 1, subject % 4] for subject in subjects]
        facts = {"metric": "csat", "scale": "1-5", "day": today - ago * DAY, **here}
        DailyCell.objects.bulk_create(
            DailyCell(subject_id=subject, persona_id=personas[(subject + ago) % 2], counts=counts, **facts)
            for subject, counts in zip(subjects, counted, strict=True)
        )


def _close(subjects: list[int], today: datetime.date, here: dict[str, Any]) -> None:
    """A close of each subject once a week."""
    known = {"sd": 4, "evidence": 0.7, "answers": 60, "observations": 60, "known": True}
    known |= {"model_version": "health-1", "prior_version": "default-1", **here}
    known |= {"perception": 0.4, "perception_source": "satisfaction", "expectation": 1.0, "ease": 62.0}
    for ago in range(1, LIFE, 7):
        HealthDay.objects.bulk_create(
            HealthDay(subject_id=subject, day=today - ago * DAY, score=30 + (subject + ago) % 60, **known)
            for subject in subjects
        )


def _change(journey: Journey, placements: list[Placement]) -> None:
    """A history in which touchpoints change places with their neighbour and back again."""
    steps = []
    for number in range(CHANGED):
        here = placements[number // 2 % len(placements)]
        what = {"placement": here.pk, "phase": here.phase_id, "position": here.position}
        undo = {"phase": here.phase_id, "position": here.position, "after": None}
        at = clock.now() - (LIFE - number * LIFE / CHANGED) * DAY
        steps.append(
            Change(
                workspace=journey.workspace,
                journey=journey,
                revision=1 + number,
                verb="move",
                what=what,
                undo=undo,
                at=at,
            )
        )
    Change.objects.bulk_create(steps)
    Placement.objects.filter(journey=journey).update(version=CHANGED)
    Journey.objects.filter(pk=journey.pk).update(revision=CHANGED)
