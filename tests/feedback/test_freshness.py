"""How fresh sources are: when each was last heard, and whether it has stopped by its own rhythm."""

import datetime
from typing import Any

import pytest
from django.db import connection

from feedback.actions import Used, record_usage
from feedback.actions.statements_of_sources import HEARD
from feedback.freshness import Heard, sources_of
from feedback.models import Submission
from tests.answering import TODAY, Clock, Given, new_touchpoint
from touchpoints.health.silence import rhythm_of
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

DAY = datetime.timedelta(days=1)


def heard(workspace: Workspace) -> dict[str, Heard]:
    return {one.source: one for one in sources_of(workspace)}


def every(given: Given, about: Touchpoint, days: int, *, source: str, last: int, times: int = 6) -> None:
    """A source that tells every so many days, the last time so many days ago."""
    for number in range(times):
        given(about, 4, source=source, occurred_at=TODAY - (last + days * number) * DAY)


def test_a_source_was_last_heard_at_its_latest_answer(
    at: Clock, workspace: Workspace, delays: Touchpoint, given: Given
) -> None:
    assert sources_of(workspace) == []
    four_ago = at.now - datetime.timedelta(minutes=4)
    given(delays, 5, occurred_at=four_ago - DAY)
    given(delays, 5, occurred_at=four_ago)
    assert heard(workspace)["survey"] == Heard("survey", TODAY, four_ago, 0, None)


def test_days_that_are_still_to_come_are_not_heard(
    at: Clock, workspace: Workspace, delays: Touchpoint, given: Given
) -> None:
    given(delays, 5, occurred_at=TODAY - 2 * DAY)
    given(delays, 5, occurred_at=TODAY + DAY)
    assert heard(workspace)["survey"].silent == 2


@pytest.mark.parametrize(
    ("pause", "last", "stopped"),
    [(1, 7, False), (1, 8, True), (2, 10, False), (2, 11, True), (7, 35, False), (7, 36, True)],
)
def test_silent_for_a_week_and_five_of_its_pauses_has_stopped(
    at: Clock, workspace: Workspace, delays: Touchpoint, given: Given, pause: int, last: int, stopped: bool
) -> None:
    every(given, delays, pause, source="reviews", last=last)
    one = heard(workspace)["reviews"]
    assert (one.rhythm, one.silent, one.stopped) == (pause, last, stopped)


def test_with_fewer_than_five_pauses_nothing_is_usual_yet(
    at: Clock, workspace: Workspace, delays: Touchpoint, given: Given
) -> None:
    every(given, delays, 1, source="reviews", last=300, times=5)
    one = heard(workspace)["reviews"]
    assert (one.rhythm, one.stopped) == (None, False)


def test_a_long_pause_does_not_make_the_rhythm() -> None:
    days = [TODAY - days * DAY for days in (0, 1, 2, 3, 200, 201)]
    assert rhythm_of(days) == 1
    assert rhythm_of(days[:5]) is None


def test_what_counts_use_is_a_source_too(at: Clock, workspace: Workspace, delays: Touchpoint, given: Given) -> None:
    record_usage(workspace, [Used("log", delays.subject_id, TODAY - 3 * DAY, contacts=9)])
    record_usage(workspace, [Used("survey", delays.subject_id, TODAY - DAY, contacts=9)])
    given(delays, 5, occurred_at=TODAY - 5 * DAY)
    found = heard(workspace)
    assert (found["log"].silent, found["log"].at) == (3, None)
    assert found["survey"].silent == 1, "of both kinds, what was heard last"


def test_what_has_stopped_stands_first(at: Clock, workspace: Workspace, delays: Touchpoint, given: Given) -> None:
    every(given, delays, 1, source="a survey", last=0)
    every(given, delays, 1, source="reviews", last=9)
    every(given, delays, 1, source="export", last=1)
    assert [one.source for one in sources_of(workspace)] == ["reviews", "a survey", "export"]


def test_another_workspaces_sources_are_not_told(
    at: Clock, workspace: Workspace, elsewhere: Workspace, otto: User, delays: Touchpoint, given: Given
) -> None:
    given(delays, 5, source="survey")
    assert sources_of(elsewhere) == []
    other = new_touchpoint(elsewhere, "Tram")
    Submission.objects.create(workspace=elsewhere, source="trams", external_id="1", occurred_at=at.now, day=TODAY - DAY)
    assert [one.source for one in sources_of(elsewhere)] == ["trams"]
    assert [one.source for one in sources_of(workspace)] == ["survey"]
    assert other.workspace == elsewhere


def test_answers_are_not_read_to_know_who_was_heard(workspace: Workspace, delays: Touchpoint) -> None:
    """The rows that the statement reads do not grow with the answers of a day."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO feedback_submission
                (workspace_id, source, external_id, occurred_at, day, device, segment, created_at)
            SELECT %(workspace)s, 'source ' || n %% 3, n::text, now(), date '2026-03-15' - n / 3 %% 40, '', '', now()
            FROM generate_series(1, 6000) n""",
            {"workspace": workspace.pk},
        )
        asked: dict[str, Any] = {"workspace": workspace.pk, "today": TODAY, "most": 31}
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {HEARD}", asked)
        ((plan,),) = cursor.fetchone()
    assert read(plan["Plan"]) < 600


def read(plan: dict[str, Any]) -> float:
    """How many rows of tables a plan read."""
    here = plan["Actual Rows"] * plan["Actual Loops"] if "Relation Name" in plan else 0
    return float(here) + sum(read(part) for part in plan.get("Plans", ()))
