"""What a source had refused leaves a trace: the reason and how often, and nothing of what was said."""

import datetime
import json
from typing import Any

import pytest
from django.test import Client

from feedback.actions import Reason, Wrong
from feedback.actions import troubles as kept
from feedback.actions.troubles import Trouble, Unlike, note_troubles, words_for
from feedback.models import Response, SourceTrouble
from tests.answering import Clock
from tests.rest import Rest
from touchpoints.models import Touchpoint
from workspaces.models import Workspace

SECRET = "mara@example.org"


def a_row(about: Touchpoint, **more: Any) -> dict[str, Any]:
    usual = {"source": "crm", "external_id": "1", "touchpoint": about.pk, "metric": "csat", "occurred_at": "2026-03-14"}
    return usual | {"value": 4} | more


def told() -> list[tuple[str, str, int]]:
    """Source, words and times of each."""
    return [(one.source, words_for(one), one.times) for one in SourceTrouble.objects.order_by("source", "pk")]


def test_refused_rows_are_counted_by_source_and_reason(at: Clock, delays: Touchpoint, tess: Client) -> None:
    rows = [a_row(delays), *(a_row(delays, external_id=str(n), value=9) for n in range(2, 5))]
    rows.append(a_row(delays, source="app", touchpoint=999_999))
    assert Rest(tess).post("responses/", rows).status_code == 200
    assert Response.objects.count() == 1
    assert told() == [
        ("app", "What was answered about is not in this workspace.", 1),
        ("crm", "… is not on the scale from 1 to 5.", 3),
    ]


@pytest.mark.parametrize("headers", [{}, {"Idempotency_Key": "once"}], ids=["bare", "with a key"])
def test_what_was_refused_altogether_is_kept_too(
    headers: dict[str, str], at: Clock, delays: Touchpoint, tess: Client
) -> None:
    for _ in range(2):
        answer = Rest(tess).post("responses/", [a_row(delays, occurred_at="14th")], **headers)
        assert answer.status_code == 422
    assert told() == [("crm", "“occurred_at” is missing, or not of its kind.", 2)]


def test_nothing_of_what_was_said_is_kept(at: Clock, delays: Touchpoint, tess: Client) -> None:
    wrong: list[dict[str, Any]] = [
        {"value": SECRET},
        {"metric": SECRET},
        {"device": SECRET},
        {SECRET: 1},
        {"attributes": {SECRET: "x"}},
    ]
    wrong += [{"text": SECRET * 1000}, {"segment": SECRET * 100}, {"scale": SECRET}, {"occurred_at": SECRET}]
    Rest(tess).post("responses/", [a_row(delays, **one) for one in wrong])
    assert SourceTrouble.objects.count() == len(wrong)
    assert SECRET not in json.dumps(list(SourceTrouble.objects.values()), default=str)


def test_rows_that_others_kept_from_being_stored_are_no_trouble(at: Clock, delays: Touchpoint, tess: Client) -> None:
    Rest(tess).post("responses/?atomic=true", [a_row(delays), a_row(delays, external_id="2", value=9)])
    assert [times for _source, _words, times in told()] == [1]


def test_usage_is_told_of_as_well(at: Clock, delays: Touchpoint, tess: Client) -> None:
    row = {"source": "till", "touchpoint": delays.pk, "day": "2026-03-14"}
    assert Rest(tess).post("usage/", [row, row | {"completed": 3}]).status_code == 422
    assert told() == [("till", "More visits are completed than there were.", 1)]


def test_what_nobody_had_for_a_month_is_forgotten(at: Clock, workspace: Workspace) -> None:
    note_troubles(workspace, [Trouble("old", Reason.EMPTY)])
    at.now += datetime.timedelta(days=31)
    note_troubles(workspace, [Trouble("new", Reason.EMPTY)])
    assert [one.source for one in SourceTrouble.objects.all()] == ["new"]


def test_no_more_than_the_latest_are_kept(at: Clock, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 5)
    for number in range(8):
        at.now += datetime.timedelta(minutes=1)
        note_troubles(workspace, [Trouble(f"source {number}", Reason.EMPTY)])
    assert sorted(one.source for one in SourceTrouble.objects.all()) == [f"source {number}" for number in range(3, 8)]


def test_each_reason_has_words(workspace: Workspace) -> None:
    codes = [*Unlike.values, *Reason.values, *Wrong.values]
    assert len(set(codes)) == len(codes)
    params = {"low": 1, "high": 5, "limit": 80, "attribute": "line"}
    for code in codes:
        assert words_for(SourceTrouble(reason=code, field="day", params=params)) not in {"", code}
