"""GET scores/: what a BI tool pulls each night."""

import datetime
from typing import Any

import pytest
from django.test import Client

from journeys.models import Placement
from personas.models import Persona
from tests.answering import TODAY, Clock, Given
from tests.cast import token_client
from tests.journeys.scene import drawn, placed
from tests.rest import Rest
from tests.scorecards.pulling import close, scores, sent, table, told
from touchpoints.actions import archive_touchpoint, close_days, fold_all
from touchpoints.models import HealthScore, Subject, Touchpoint
from workspaces.models import User, Workspace

DAY = datetime.timedelta(days=1)


@pytest.fixture
def month(delays: Touchpoint, counter: Touchpoint, commuter: Persona, at: Clock) -> None:
    """Two touchpoints over five weeks, one of them also by persona."""
    for age in range(1, 36):
        close(delays.subject, TODAY - age * DAY, 50 + age / 2, persona=None, evidence=0.7)
        close(delays.subject, TODAY - age * DAY, 40 + age / 2, persona=commuter, answers=9)
        if age % 2:
            close(counter.subject, TODAY - age * DAY, 80.0)
    HealthScore.objects.create(
        workspace=delays.workspace,
        subject=delays.subject,
        day=TODAY,
        score=49.5,
        sd=2.0,
        answers=41,
        observations=41,
        evidence=0.8,
        known=True,
        model_version="health-1",
        prior_version="default-1",
    )


def test_answers_become_rows_from_the_fold_to_the_close(
    tess: Client, delays: Touchpoint, commuter: Persona, given: Given, at: Clock
) -> None:
    given(delays, 5, 4, 5, 4, 5, 5)
    given(delays, 1, 2, 1, 2, 1, metric="emotion", persona=commuter)  # which is no part of health
    fold_all()
    now = scores(tess)
    assert told(now, "day", "persona", "answers", "closed") == [
        ("2026-03-15", None, 6, False),
        ("2026-03-15", commuter.pk, 0, False),
    ]
    total, of_persona = now
    assert isinstance(total["score"], int)
    assert total["low"] <= total["exact"] <= total["high"]
    assert (of_persona["score"], of_persona["exact"], of_persona["low"], of_persona["sd"], of_persona["band"]) == (
        (None,) * 5
    )
    assert (of_persona["state"], of_persona["persona_name"]) == ("unknown", "Commuter")

    at.pass_days(1)
    close_days()

    later = scores(tess, "?totals=true")
    assert told(later, "day", "closed", "score") == [
        ("2026-03-15", True, total["score"]),
        ("2026-03-16", False, total["score"]),
    ]


def test_a_row_says_what_every_screen_shows(tess: Client, month: None, delays: Touchpoint) -> None:
    row = scores(tess, f"?from=2026-03-13&to=2026-03-13&touchpoint={delays.pk}&totals=true")[0]
    assert row.pop("low") == pytest.approx(51 - 1.959964 * 3)
    assert row.pop("high") == pytest.approx(51 + 1.959964 * 3)
    assert row == {
        "day": "2026-03-13",
        "period": "2026-03-13",
        "subject": "touchpoint",
        "touchpoint": delays.pk,
        "journey": None,
        "name": "Delay information",
        "persona": None,
        "persona_name": None,
        "score": 51,
        "exact": 51.0,
        "sd": 3.0,
        "band": "weak",
        "state": "measured",
        "answers": 40,
        "evidence": 0.7,
        "closed": True,
        "restated": None,
        "restated_exact": None,
    }


def test_days_run_to_today_and_ninety_back(tess: Client, month: None, delays: Touchpoint) -> None:
    close(delays.subject, TODAY - 89 * DAY)
    close(delays.subject, TODAY - 90 * DAY)
    rows = scores(tess, f"?touchpoint={delays.pk}&totals=true&limit=500")
    assert told(rows, "day")[:2] == [(TODAY - 89 * DAY).isoformat(), (TODAY - 35 * DAY).isoformat()]
    assert (rows[-1]["day"], rows[-1]["closed"], rows[-1]["score"]) == ("2026-03-15", False, 50)
    assert len(rows) == 37


def test_the_last_close_of_each_week_and_month(tess: Client, month: None, delays: Touchpoint) -> None:
    only = f"&touchpoint={delays.pk}&totals=true"
    weeks = scores(tess, f"?every=week{only}")
    assert told(weeks, "period", "day", "closed") == [
        ("2026-02-02", "2026-02-08", True),
        ("2026-02-09", "2026-02-15", True),
        ("2026-02-16", "2026-02-22", True),
        ("2026-02-23", "2026-03-01", True),
        ("2026-03-02", "2026-03-08", True),
        ("2026-03-09", "2026-03-15", False),
    ]
    months = scores(tess, f"?every=month&to=2026-03-12{only}")
    assert told(months, "period", "day") == [("2026-02-01", "2026-02-28"), ("2026-03-01", "2026-03-12")]


@pytest.mark.parametrize("every", ["day", "week", "month"])
def test_pages_of_any_size_are_the_whole(tess: Client, month: None, every: str) -> None:
    whole = scores(tess, f"?every={every}&limit=500")
    assert len(whole) == {"day": 36 + 35 + 18, "week": 3 * 6, "month": 3 * 2}[every]
    for limit in (1, 7):
        assert scores(tess, f"?every={every}&limit={limit}") == whole
    assert whole == sorted(whole, key=lambda row: (row["touchpoint"], row["period"], row["persona"] or 0))


def test_csv_is_all_of_the_same_rows(tess: Client, month: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scorecards.api.scores.AT_ONCE", 10)  # so that it is written in many pieces
    rows = scores(tess, "?limit=500")
    for lines in (table(tess, "?format=csv"), table(tess, Accept="text/csv")):
        assert list(lines[0]) == list(rows[0])
        assert [as_read(line) for line in lines] == rows


def as_read(line: dict[str, str]) -> dict[str, Any]:
    """A line of CSV as JSON says it."""
    numbers = {"touchpoint", "journey", "persona", "score", "exact", "low", "high", "sd", "answers", "evidence"}
    found: dict[str, Any] = {name: value or None for name, value in line.items()}
    found |= {name: float(value) for name, value in found.items() if name in numbers and value}
    return found | {"closed": line["closed"] == "true"}


def test_no_name_becomes_a_formula(tess: Client, delays: Touchpoint, at: Clock) -> None:
    Touchpoint.objects.update(name="=1+1")
    close(delays.subject, TODAY - DAY)
    assert table(tess, "?format=csv")[0]["name"] == "'=1+1"
    assert scores(tess)[0]["name"] == "=1+1"


def test_a_journey_with_what_stands_on_it(tess: Client, workspace: Workspace, edda: User, at: Clock) -> None:
    commute = drawn(workspace, edda, purchase="Shop Pay")
    other = drawn(workspace, edda, "Other", purchase="Elsewhere")
    whole = Subject.objects.create(workspace=workspace, kind="workspace")
    for subject in Subject.objects.all():
        close(subject, TODAY - DAY)
    assert told(scores(tess, f"?journey={commute.pk}"), "subject", "name", "journey") == [
        ("journey", "Commute", commute.pk),
        ("touchpoint", "Shop", None),
        ("touchpoint", "Pay", None),
    ]
    assert told([row for row in scores(tess) if row["subject"] == "workspace"], "name", "day") == [
        (workspace.name, "2026-03-14")
    ]
    pay = placed(commute, "Pay").touchpoint
    assert told(scores(tess, f"?journey={commute.pk}&touchpoint={pay.pk}"), "name") == ["Pay"]
    assert scores(tess, f"?journey={other.pk}&touchpoint={pay.pk}") == []
    Placement.objects.filter(touchpoint=pay).update(archived_at=at.now, position=None)
    archive_touchpoint(pay, by=edda)
    assert "Pay" not in told(scores(tess), "name")
    assert told(scores(tess, f"?touchpoint={pay.pk}"), "name") == ["Pay"]
    assert whole.workspace_id == workspace.pk


def test_what_is_unknown_has_a_word_and_no_number(tess: Client, workspace: Workspace, edda: User, at: Clock) -> None:
    commute = drawn(workspace, edda, purchase="Shop Pay Ask")
    Placement.objects.filter(touchpoint__name="Pay").update(assumed_emotion=1)
    for name, facts in {"Shop": {"answers": 0}, "Pay": {"answers": 0}, "Ask": {"answers": 4, "known": True}}.items():
        close(placed(commute, name).touchpoint.subject, TODAY - DAY, 61.0, **{"known": False, **facts})
    rows = scores(tess)
    assert told(rows, "name", "state") == [("Shop", "unknown"), ("Pay", "assumption"), ("Ask", "unknown")]
    for row in rows:
        assert {row[name] for name in ("score", "exact", "low", "high", "sd", "band")} == {None}


def test_one_persona_or_only_totals(tess: Client, month: None, commuter: Persona, tourist: Persona) -> None:
    assert set(told(scores(tess, "?totals=true"), "persona")) == {None}
    assert set(told(scores(tess, f"?persona={commuter.pk}"), "persona")) == {commuter.pk}
    assert scores(tess, f"?persona={tourist.pk}") == []


def test_others_scores_are_not_found(
    tess: Client, month: None, elsewhere: Workspace, otto: User, delays: Touchpoint
) -> None:
    theirs = drawn(elsewhere, otto, "Theirs", purchase="Tram")
    touchpoint = placed(theirs, "Tram").touchpoint
    close(touchpoint.subject, TODAY - DAY)
    persona = Persona.objects.create(workspace=elsewhere, name="Theirs")
    for asked in (f"touchpoint={touchpoint.pk}", f"journey={theirs.pk}", f"persona={persona.pk}", "touchpoint=0"):
        answer = Rest(tess).get(f"scores/?{asked}")
        assert answer.status_code == 404
        assert list(answer.json()["errors"]) == [asked.partition("=")[0]]
    assert "Tram" not in told(scores(tess), "name")
    assert told(scores(token_client(elsewhere, "read")), "name") == ["Tram"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("from=2026-03-02&to=2026-03-01", "from"),
        ("from=yesterday", "from"),
        ("to=9999-12-31", "to"),
        ("to=1815-01-01", "to"),
        ("every=year", "every"),
        ("limit=501", "limit"),
        ("cursor=abc", "cursor"),
        ("cursor=WzEsMiwzXQ", "cursor"),
        ("cursor=WzEsIjIwMjYtMDEtMDEiLCAxZTQwMF0", "cursor"),
        ("format=xml", "format"),
        ("updated_since=2026-01-01", "updated_since"),
        ("totals=true&persona={persona}", "totals"),
        ("restated=true", "restated"),
        ("restated=true&totals=true", "restated"),
        ("restated=true&touchpoint={touchpoint}", "restated"),
        ("every=day&every=week", "every"),
    ],
)
def test_what_cannot_be_asked_is_named(
    tess: Client, commuter: Persona, delays: Touchpoint, asked: str, field: str
) -> None:
    answer = Rest(tess).get(f"scores/?{asked.format(persona=commuter.pk, touchpoint=delays.pk)}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]


def test_a_cursor_of_another_workspace_leads_nowhere(tess: Client, month: None, elsewhere: Workspace) -> None:
    following = Rest(tess).get("scores/?limit=1").json()["next"]
    query = following.partition("?")[2]
    assert scores(token_client(elsewhere, "read"), f"?{query}") == []


def test_every_page_costs_the_same_statements(tess: Client, month: None, delays: Touchpoint) -> None:
    pages = [f"scores/?limit=500&every={every}" for every in ("day", "week", "month")]
    pages += ["scores/?limit=3", Rest(tess).get("scores/?limit=3").json()["next"].partition("/api/v1/")[2]]
    assert {sent(tess, page) for page in pages} == {5}  # token, rate; what is measured, what is assumed, and the page
    assert sent(tess, f"scores/?touchpoint={delays.pk}") == 6
