"""Very many answers on one day: pages show the same figures, and read no more of them than they show.

Fifty thousand stand for a million. What the database reads is counted, not how long it takes.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from feedback.actions import repair
from scorecards import cuts, drivers
from tests.answering import TODAY, Clock
from tests.cast import SignIn
from tests.rest import Rest
from tests.scorecards.pages import text
from touchpoints.actions import fold_all, subject_of
from touchpoints.models import Touchpoint
from touchpoints.periods import Period
from workspaces.models import User, Workspace

MANY = 50_000
LISTED = 2_000
DAY = Period(TODAY, TODAY)
# One question about the touchpoint and one about the whole; every tenth customer writes something.
ANSWERS = """
WITH sheets AS (
    INSERT INTO feedback_submission
        (workspace_id, source, external_id, occurred_at, day, device, segment, created_at)
    SELECT %(workspace)s, 'terminal', number, %(day)s::date + time '11:00', %(day)s, '', 'Line ' || number %% 4, now()
    FROM generate_series(1, %(many)s) AS number
    RETURNING id, external_id::int AS number
)
INSERT INTO feedback_response (workspace_id, submission_id, question, version, subject_id, metric, scale, value, text)
SELECT %(workspace)s, id, metric, 1, subject, metric, scale, 1 + number %% 5,
    CASE WHEN number %% 10 = 0 THEN 'Comment ' || number ELSE '' END
FROM sheets, (VALUES (%(touchpoint)s::bigint, 'csat', '1-5'), (%(whole)s, 'nps', '0-10'))
    AS asked (subject, metric, scale)
"""
READ = """
SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::bigint
FROM pg_stat_xact_user_tables WHERE relname IN ('feedback_response', 'feedback_submission')
"""
# Tables of this size are read whole now and then, as the sample of their statistics falls, and by several processes of
# which each counts for itself. Larger ones are read by their indexes, if there are any that fit.
AS_A_LARGE_ONE = """
SET LOCAL enable_seqscan = off;
SET LOCAL enable_hashjoin = off;
SET LOCAL enable_mergejoin = off;
SET LOCAL max_parallel_workers_per_gather = 0
"""


@pytest.fixture
def busy(at: Clock, workspace: Workspace, delays: Touchpoint) -> Touchpoint:
    """Delay information, about which everybody answered today."""
    subjects = {"touchpoint": delays.subject_id, "whole": subject_of(workspace).pk}
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, {"workspace": workspace.pk, "day": TODAY, "many": MANY, **subjects})
        cursor.execute("ANALYZE feedback_submission, feedback_response")
    repair([*subjects.values()])
    fold_all([*subjects.values()])
    return delays


def rows_read(job: Callable[[], object]) -> int:
    """How many answers and questionnaires the database reads for a job, in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(AS_A_LARGE_ONE)
        cursor.execute(READ)
        (before,) = cursor.fetchone()
        job()
        cursor.execute(READ)
        (after,) = cursor.fetchone()
    return int(after - before)


def test_the_latest_are_found_without_reading_the_others(busy: Touchpoint, vik: User, sign_in: SignIn) -> None:
    client, seen = sign_in(vik), {}

    def look(name: str, **asked: Any) -> str:
        url = reverse(name, args=[busy.workspace.slug, busy.pk])
        headers = {"HX-Request": "true"} if name == "touchpoint_panel" else {}
        read = rows_read(lambda: seen.update({name: client.get(url, asked, headers=headers).content.decode()}))
        assert read < LISTED * 5, f"{name} reads {read}"
        return seen[name]

    assert f"Comment {MANY}" in look("touchpoint_panel")
    page = look("touchpoint_answers")
    assert f"The latest {LISTED} answers; choose a day or a question to see others." in text(page)
    assert "Page 1 of 40" in text(page)
    assert "Page 40 of 40" in text(look("touchpoint_answers", page=999, day=TODAY.isoformat(), scale="csat:1-5"))


def test_drivers_read_the_newest_questionnaires_only(busy: Touchpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = 500
    monkeypatch.setattr(drivers, "NEWEST", newest)
    assert newest < rows_read(lambda: drivers.drivers_of(busy.workspace, DAY)) < newest * 10


def test_a_cut_counts_every_answer_or_none(
    busy: Touchpoint, vik: User, sign_in: SignIn, tess: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, url = sign_in(vik), reverse("touchpoint", args=[busy.workspace.slug, busy.pk])
    shown: list[Any] = []
    assert rows_read(lambda: shown.append(client.get(url, {"by": "segment"}))) > MANY
    assert [(group.name, group.n) for group in shown[0].context["cut"].groups] == [
        (f"Line {number}", MANY // 4) for number in range(4)
    ]
    monkeypatch.setattr(cuts, "MOST_ANSWERS", MANY - 1)
    assert rows_read(lambda: shown.append(client.get(url, {"by": "segment"}))) < MANY // 10
    sentence = "Too many answers for a cut in this period; choose a shorter one, or a persona."
    page = shown[1].content.decode()
    assert sentence in text(page)
    assert f"{MANY} answers" in text(page), "all else is shown as ever"
    refused = Rest(tess).get(f"touchpoints/{busy.pk}/cuts/")
    assert (refused.status_code, refused.json()["detail"]) == (422, sentence)
