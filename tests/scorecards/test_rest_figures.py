"""GET figures/: what was answered, value by value, as the pages show it."""

import base64
import datetime
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from personas.models import Persona
from tests.answering import TODAY, Clock, Given
from tests.cast import SignIn
from tests.journeys.scene import drawn, placed
from tests.rest import Rest
from tests.scorecards.pulling import Rows, sent, told
from touchpoints.actions import fold_all
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

DAY = datetime.timedelta(days=1)  # 2026-03-15, a Sunday, is today


@pytest.fixture
def year(at: Clock, delays: Touchpoint, counter: Touchpoint, commuter: Persona, given: Given) -> None:
    """CSAT over three months, an NPS by four, a commuter's CES, and another touchpoint."""
    for age in (0, 1, 7, 40, 70):
        given(delays, 5, 5, 4, 2, 1, occurred_at=TODAY - age * DAY)
    given(delays, 9, 10, 3, 0, metric="nps")
    given(delays, *[6] * 5, metric="ces", persona=commuter)
    given(counter, *[3] * 6)
    fold_all()


def figures(client: Client, path: str = "") -> Rows:
    """All rows of all pages."""
    return [row for page in Rest(client).pages(f"figures/{path}") for row in page["results"]]


@pytest.mark.usefixtures("year")
def test_all_days_at_once_tell_what_the_page_shows(
    tess: Client, vik: User, sign_in: SignIn, delays: Touchpoint
) -> None:
    by_metric: dict[str, Any] = {row["metric"]: row for row in figures(tess, f"?touchpoint={delays.pk}")}
    page = sign_in(vik).get(reverse("touchpoint", args=[delays.workspace.slug, delays.pk]))
    (shown,) = page.context["card"].figures["csat"]
    csat = by_metric["csat"]
    assert (csat["first"], csat["last"]) == ("2025-12-16", "2026-03-15")
    assert (csat["scale"], csat["values"], csat["counts"], csat["answers"]) == (
        "1-5",
        [1, 2, 3, 4, 5],
        [5, 5, 0, 5, 10],
        25,
    )
    for name in ("headline", "top"):
        assert csat[name] == {part: getattr(getattr(shown, name), part) for part in ("value", "low", "high")}
    assert {"counts": None, "headline": None, "top": None, "answers": 4}.items() <= by_metric["nps"].items()


@pytest.mark.usefixtures("year")
@pytest.mark.parametrize(
    ("every", "days"),
    [
        ("day", ["2026-01-04", "2026-02-03", "2026-03-08", "2026-03-14", "2026-03-15"]),
        ("week", ["2025-12-29", "2026-02-02", "2026-03-02", "2026-03-09"]),
        ("month", ["2026-01-01", "2026-02-01", "2026-03-01"]),
        ("all", ["2025-12-16"]),
    ],
)
def test_by_day_week_and_month_the_counts_are_the_same(
    tess: Client, delays: Touchpoint, every: str, days: list[str]
) -> None:
    rows = figures(tess, f"?touchpoint={delays.pk}&metric=csat&every={every}&limit=2")
    assert told(rows, "first") == days
    assert [sum(counts) for counts in zip(*told(rows, "counts"), strict=True)] == [5, 5, 0, 5, 10]
    assert all(row["first"] <= row["last"] for row in rows)
    assert rows[-1]["last"] == "2026-03-15"


@pytest.mark.usefixtures("year")
def test_a_persona_and_a_journey_narrow_it(
    tess: Client, workspace: Workspace, olga: User, delays: Touchpoint, counter: Touchpoint, commuter: Persona
) -> None:
    (row,) = figures(tess, f"?persona={commuter.pk}")
    assert (row["metric"], row["counts"], row["headline"]["value"]) == ("ces", [0, 0, 0, 0, 0, 5, 0], 6)
    journey = drawn(workspace, olga, "Commute", purchase="Desk")
    assert figures(tess, f"?journey={journey.pk}") == []
    assert told(figures(tess), "name") == [str(delays)] * 3 + [str(counter)]


@pytest.mark.usefixtures("year")
def test_it_takes_as_many_statements_for_a_day_or_three_years_and_none_reads_answers(
    tess: Client, delays: Touchpoint
) -> None:
    assert figures(tess)  # a token's first call also notes that it was used
    with CaptureQueriesContext(connection) as seen:
        Rest(tess).get("figures/?every=day&from=2023-03-15")
    assert len(seen) == sent(tess, "figures/?every=day&from=2026-03-15")
    assert not any("feedback_" in query["sql"] for query in seen)
    answer = Rest(tess).get("figures/")
    assert Rest(tess).get("figures/", If_None_Match=answer.headers["ETag"]).status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "?from=2026-03-15&to=2026-03-14",
        "?to=9999-12-31",
        "?every=year",
        "?metric=visit",
        "?column=password",
        "?cursor=x",
        "?cursor=" + base64.urlsafe_b64encode(json.dumps([1, "2026-03-15", "csat", "x"]).encode()).decode(),
        "?cursor=" + base64.urlsafe_b64encode(json.dumps([-1, "2026-03-15", "csat", "1-5"]).encode()).decode(),
    ],
)
def test_what_cannot_be_asked_is_refused(tess: Client, at: Clock, path: str) -> None:
    answer = Rest(tess).get(f"figures/{path}")
    assert answer.status_code == 400
    assert answer.json()


def test_another_workspaces_touchpoint_is_unknown(tess: Client, elsewhere: Workspace, at: Clock, otto: User) -> None:
    theirs = drawn(elsewhere, otto, "Theirs", purchase="Desk")
    for name, pk in (("journey", theirs.pk), ("touchpoint", placed(theirs, "Desk").touchpoint_id)):
        assert Rest(tess).get(f"figures/?{name}={pk}").status_code == 404
