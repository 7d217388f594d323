"""Measures for other programs: all that is known of each, as CSV and as a workbook."""

import csv
import datetime
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from measures.actions import cost_measure, create_measure, edit_measure, move_measure
from measures.models import Measure, Review
from personas.models import Persona
from tests.answering import Clock
from tests.cast import SignIn, member_of
from tests.measures.conftest import COSTS, PAYS
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

ENDS = ("at least", "likely", "at most")
RECKONED = ("Return", "Pays back", "Break-even")


@pytest.fixture
def forecast(at: Clock, workspace: Workspace, delays: Touchpoint, commuter: Persona, edda: User) -> Measure:
    """Costed as SCORING §8 has it, live and reviewed."""
    one = create_measure(
        workspace, title="Forecast", kind="technical", touchpoints=[delays], personas=[commuter], by=edda
    )
    edda_here = member_of(workspace, edda)
    one = edit_measure(one, version=1, owner=edda_here, decider=edda_here, decide_on=datetime.date(2026, 2, 1), by=edda)
    one = cost_measure(one, version=one.version, benefits=[PAYS], **COSTS, by=edda)
    one = move_measure(one, to="live", live_on=datetime.date(2026, 1, 5), version=one.version, by=edda)
    told = {"verdict": "works", "missing": "", "before": 50.0, "effect": 4.0, "low": 2.0, "high": 6.0, "expected": 8.0}
    Review.objects.filter(measure=one).update(**told, until=at.today, closed_at=at.now)
    return one


@pytest.fixture
def client(vik: User, sign_in: SignIn) -> Client:
    return sign_in(vik)


def csv_lines(client: Client, workspace: Workspace, query: str = "") -> list[dict[str, str]]:
    answer = client.get(reverse("measures_csv", args=[workspace.slug]) + query)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def sheet(client: Client, workspace: Workspace) -> list[list[Any]]:
    answer = client.get(reverse("measures_xlsx", args=[workspace.slug]))
    (found,) = load_workbook(io.BytesIO(answer.content)).worksheets
    return [list(line) for line in found.iter_rows(values_only=True)]


def test_a_line_says_all_that_a_team_needs(client: Client, workspace: Workspace, forecast: Measure) -> None:
    (line,) = csv_lines(client, workspace)
    said = {name: text for name, text in line.items() if "EUR" not in name and not name.startswith(RECKONED)}
    assert said == {
        "Number": str(forecast.pk),
        "Measure": "Forecast",
        "Kind": "technical",
        "Status": "live",
        "Reason": "",
        "Touchpoints": "Delay information",
        "Personas": "Commuter",
        "Owner": "Edda",
        "Decides": "Edda",
        "Decision": "2026-02-01",
        "Start on": "",
        "Live since": "2026-01-05",
        "Years looked at": "3",
        "Expected health points": "8.0",
        "Evidence": "measured",
        "Review": "works",
        "Measured health points": "4.0",
        "Points from": "2.0",
        "Points to": "6.0",
        "Reviewed until": "2026-03-15",
        "Review is closed": "yes",
    }


def test_amounts_stand_as_assumed_and_as_measured(client: Client, workspace: Workspace, forecast: Measure) -> None:
    (line,) = csv_lines(client, workspace)
    amounts = {name.removesuffix(" (EUR)"): float(text) for name, text in line.items() if name.endswith("(EUR)")}
    worth = {name: amounts.pop(name) for name in [*amounts] if name.startswith("Worth today")}
    assert amounts == {
        "Cost, once": 1000,
        "Cost a year": 0,
        "Benefit a year, at least": 300,
        "Benefit a year, likely": 500,
        "Benefit a year, at most": 600,
        "Benefit a year as measured, at least": 125,
        "Benefit a year as measured, likely": 250,
        "Benefit a year as measured, at most": 375,
    }
    assert [*worth] == [f"Worth today{of}, {end}" for of in ("", " as measured") for end in ENDS]
    assert worth["Worth today, likely"] == pytest.approx(243.4260, abs=1e-4)
    reckoned = {name: text for name, text in line.items() if name.startswith(RECKONED)}
    assert len(reckoned) == 4
    assert reckoned["Pays back after years"] == "2.0"
    assert float(reckoned["Pays back after years, discounted"]) == pytest.approx(2.3520, abs=1e-4)


def test_what_nobody_said_is_an_empty_cell_and_no_0(
    client: Client, workspace: Workspace, delays: Touchpoint, edda: User
) -> None:
    create_measure(workspace, title="Callback", touchpoints=[delays], by=edda)
    names, line = sheet(client, workspace)
    told = dict(zip(names, line, strict=True))
    for name in ("Cost, once (EUR)", "Cost a year (EUR)", "Benefit a year, likely (EUR)", "Worth today, likely (EUR)"):
        assert told[name] is None
    assert told["Evidence"] == "unknown"
    assert told["Review"] is None


def test_days_are_days_in_a_workbook(client: Client, workspace: Workspace, forecast: Measure) -> None:
    names, line = sheet(client, workspace)
    told = dict(zip(names, line, strict=True))
    assert told["Live since"] == datetime.datetime(2026, 1, 5)  # noqa: DTZ001 - a cell knows no zone
    assert told["Cost, once (EUR)"] == 1000


def test_it_is_narrowed_as_the_table_and_tells_why_something_was_dropped(
    client: Client, workspace: Workspace, delays: Touchpoint, edda: User, forecast: Measure
) -> None:
    gone = create_measure(workspace, title="Leaflets", touchpoints=[delays], by=edda)
    move_measure(gone, to="dropped", reason="Nobody reads them", version=1, by=edda)
    assert [line["Measure"] for line in csv_lines(client, workspace)] == ["Forecast"]
    (line,) = csv_lines(client, workspace, "?status=dropped")
    assert (line["Measure"], line["Reason"]) == ("Leaflets", "Nobody reads them")
    assert len(csv_lines(client, workspace, "?status=all")) == 2


def test_no_text_becomes_a_formula(client: Client, workspace: Workspace, delays: Touchpoint, edda: User) -> None:
    create_measure(workspace, title='=HYPERLINK("https://example.org")', touchpoints=[delays], by=edda)
    assert csv_lines(client, workspace)[0]["Measure"].startswith("'=")
    assert sheet(client, workspace)[1][1].startswith("'=")
