"""GET scores/drivers/: what goes together with what customers say of the whole, as programs are told."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.answering import Clock, new_touchpoint
from tests.cast import SignIn, token_client
from tests.journeys.scene import drawn
from tests.rest import Rest
from tests.scorecards.asking import ask, sheets_about
from tests.scorecards.pages import table
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

pytestmark = pytest.mark.usefixtures("at")


def asked(client: Client, query: str = "") -> dict[str, Any]:
    answer = Rest(client).get(f"scores/drivers/{query}")
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


@pytest.fixture
def judged(workspace: Workspace, at: Clock, delays: Touchpoint, counter: Touchpoint) -> tuple[Touchpoint, Touchpoint]:
    """Delay information, on which more depends, and the counter."""
    ask(workspace, sheets_about(240, delays, counter))
    return delays, counter


def test_page_and_program_are_told_the_same(
    workspace: Workspace, vik: User, sign_in: SignIn, tess: Client, judged: tuple[Touchpoint, Touchpoint]
) -> None:
    told = asked(tess)
    page = sign_in(vik).get(reverse("drivers", args=[workspace.slug])).content.decode()
    _names, *rows = table(page, "figures-title")
    assert [row[0] for row in rows] == [
        f"{place} {one['questions'][0]['name']} (CSAT)" for place, one in enumerate(told["drivers"], start=1)
    ]
    for row, one in zip(rows, told["drivers"], strict=True):
        share, performance = one["share"], one["performance"]
        assert row[1:5] == [
            f"{100 * share['value']:.0f}%",
            f"{100 * share['low']:.0f}% – {100 * share['high']:.0f}%",
            f"{performance['value']:.1f}",
            f"{performance['low']:.1f} – {performance['high']:.1f}",
        ]
    full = page.split('id="figures-title"')[1].split("<details")[1].split("</table>")[0]
    for one in told["drivers"]:
        for figure in (one["weight"]["value"], one["lmg"], one["r"], one["beta"]):
            assert f"{figure:.4f}" in full
    assert f"{told['r_squared']['value']:.4f}" in full
    assert told["n"] == told["together"] == 240
    assert told["asked"] == {"csat": 240}


def test_shares_are_parts_of_the_whole(tess: Client, judged: tuple[Touchpoint, Touchpoint]) -> None:
    told = asked(tess)
    assert sum(one["share"]["value"] for one in told["drivers"]) == pytest.approx(1)
    assert sum(one["weight"]["value"] for one in told["drivers"]) == pytest.approx(told["r_squared"]["value"])
    assert sum(one["lmg"] for one in told["drivers"]) == pytest.approx(told["r_squared"]["value"])


def test_a_refusal_says_why_and_how_many_it_takes(
    workspace: Workspace, tess: Client, delays: Touchpoint, counter: Touchpoint
) -> None:
    assert asked(tess)["outcome"] is None
    ask(workspace, sheets_about(60, delays, counter))
    told = asked(tess)
    assert (told["refused"], told["n"], told["needed"]) == ("few rows", 60, 106)
    assert (told["drivers"], told["r_squared"]) == ([], None)


def test_a_driver_that_is_the_sum_of_others_has_no_end_to_its_inflation(
    workspace: Workspace, tess: Client, delays: Touchpoint, counter: Touchpoint
) -> None:
    train, sheets = new_touchpoint(workspace, "Train"), []
    for sheet in sheets_about(200, delays, counter):
        one, other = min(3, sheet[delays]), min(3, sheet[counter])
        sheets.append({delays: one, counter: other, train: one + other - 1, "whole": sheet["whole"]})
    ask(workspace, sheets)
    assert [one["vif"] for one in asked(tess)["drivers"]] == [None, None, None]


def test_what_has_not_changed_is_not_sent_again(
    workspace: Workspace, tess: Client, judged: tuple[Touchpoint, Touchpoint]
) -> None:
    first = Rest(tess).get("scores/drivers/")
    again = Rest(tess).get("scores/drivers/", **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    ask(workspace, sheets_about(1, *judged))
    assert Rest(tess).get("scores/drivers/", **{"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=2026-03-02&to=2026-03-01", "from"),
        ("to=9999-12-31", "to"),
        ("from=yesterday", "from"),
        ("outcome=ces", "outcome"),
        ("personas=1", "personas"),
    ],
)
def test_what_cannot_be_asked_is_named(tess: Client, query: str, field: str) -> None:
    answer = Rest(tess).get(f"scores/drivers/?{query}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]


def test_others_journeys_and_answers_are_not_found(
    tess: Client, elsewhere: Workspace, otto: User, judged: tuple[Touchpoint, Touchpoint]
) -> None:
    theirs = drawn(elsewhere, otto, "Theirs", purchase="Tram")
    assert Rest(tess).get(f"scores/drivers/?journey={theirs.pk}").status_code == 404
    assert asked(token_client(elsewhere, "read"))["asked"] == {}


def test_more_answers_cost_no_more_statements(
    workspace: Workspace, tess: Client, judged: tuple[Touchpoint, Touchpoint]
) -> None:
    counted, train = [], new_touchpoint(workspace, "Train")
    asked(tess)  # the first use of a token is written down
    for _round in range(2):
        with CaptureQueriesContext(connection) as statements:
            asked(tess)
        counted.append(len(statements))
        ask(workspace, sheets_about(50, *judged, train))
    assert counted == [5, 5]  # token, rate; touchpoints, the company's subject, and the questionnaires
