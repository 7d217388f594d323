"""The page of key drivers: what goes together with what customers say of the whole, or why nothing is told."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.answering import TODAY, Clock, new_touchpoint
from tests.cast import SignIn
from tests.journeys.scene import drawn, placed
from tests.scorecards.asking import ask, sheets_about
from tests.scorecards.pages import table, text
from touchpoints.actions import archive_touchpoint
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


@pytest.fixture
def see(at: Clock, workspace: Workspace, vik: User, sign_in: SignIn) -> Any:
    """`see(days=30)` is the page as Vik sees it."""
    client = sign_in(vik)

    def seen(**asked: Any) -> str:
        answer = client.get(reverse("drivers", args=[workspace.slug]), asked)
        assert answer.status_code == 200
        return answer.content.decode()

    return seen


@pytest.fixture
def train(workspace: Workspace) -> Touchpoint:
    return new_touchpoint(workspace, "Train")


def test_drivers_are_told_most_important_first_with_their_intervals(
    workspace: Workspace, see: Any, delays: Touchpoint, counter: Touchpoint, train: Touchpoint
) -> None:
    ask(workspace, sheets_about(300, train, delays, counter))
    page = see()
    rows = table(page, "figures-title")[1:]
    assert [row[0] for row in rows] == ["1 Train (CSAT)", "2 Delay information (CSAT)", "3 Ticket counter (CSAT)"]
    shares = [int(row[1].rstrip("%")) for row in rows]
    assert abs(sum(shares) - 100) <= 1
    for share, row in zip(shares, rows, strict=True):
        low, high = (int(end.rstrip("%")) for end in row[2].split(" – "))
        assert 0 <= low <= share <= high <= 100
    assert "R² of 300 customers who answered all of it" in text(page)
    assert "associated" in text(page)
    assert "causes" not in text(page)
    assert page.count('class="driver-bar"') == page.count('class="driver-place"') == 3
    assert 'aria-label="Share of what is explained: from Train (CSAT) with' in page


def test_nobody_was_asked(see: Any, delays: Touchpoint) -> None:
    assert "Nobody was asked about the whole" in see()
    assert "In one questionnaire, ask how likely customers are to recommend you" in see()


def test_questionnaires_about_one_touchpoint_are_refused_with_what_to_do(
    workspace: Workspace, see: Any, delays: Touchpoint
) -> None:
    ask(workspace, sheets_about(200, delays))
    page = text(see())
    assert "Too few touchpoints were asked about together" in page
    assert "Ask about two touchpoints or more in one questionnaire" in page


def test_too_few_customers_are_refused_with_how_many_it_takes(
    workspace: Workspace, see: Any, delays: Touchpoint, counter: Touchpoint
) -> None:
    ask(workspace, sheets_about(105, delays, counter))
    page = see()
    assert "105 customers answered all of it; for 2 drivers 106 are needed." in text(page)
    assert "driver-bar" not in page
    ask(workspace, sheets_about(1, delays, counter))
    assert "R² of 106 customers" in text(see())


def test_the_same_answer_of_everybody_is_refused(
    workspace: Workspace, see: Any, delays: Touchpoint, counter: Touchpoint
) -> None:
    ask(workspace, [{**sheet, "whole": 4} for sheet in sheets_about(150, delays, counter)])
    assert "Everybody gave the same answer" in text(see())


def test_what_few_answered_is_left_out_and_named_with_its_count(
    workspace: Workspace, see: Any, delays: Touchpoint, counter: Touchpoint, train: Touchpoint
) -> None:
    ask(workspace, sheets_about(200, delays, counter))
    ask(workspace, sheets_about(30, delays, counter, train))
    page = see()
    assert "R² of 230 customers" in text(page)
    assert "behind each is how many answered it: Train (CSAT) 30" in text(page)


def test_what_everybody_judges_alike_is_named(
    workspace: Workspace, see: Any, delays: Touchpoint, counter: Touchpoint, train: Touchpoint
) -> None:
    ask(workspace, [{**sheet, train: 5} for sheet in sheets_about(200, delays, counter)])
    page = see()
    assert "no difference goes together with it: Train (CSAT)" in text(page)
    assert len(table(page, "figures-title")) == 1 + 2


def test_touchpoints_that_are_answered_alike_are_told_as_one(
    workspace: Workspace, see: Any, delays: Touchpoint, counter: Touchpoint, train: Touchpoint
) -> None:
    ask(workspace, [{**sheet, train: sheet[delays]} for sheet in sheets_about(200, delays, counter)])
    rows = table(see(), "figures-title")
    together = next(row[0] for row in rows if "Train" in row[0])
    assert together.startswith("1 Delay information (CSAT) + Train (CSAT)")
    assert "told as one" in together


def test_the_outcome_can_be_chosen_and_is_the_one_with_more_answers_else(
    workspace: Workspace, see: Any, delays: Touchpoint, counter: Touchpoint
) -> None:
    ask(workspace, sheets_about(120, delays, counter), metric="csat")
    ask(
        workspace,
        [{**sheet, "whole": 2 * sheet["whole"]} for sheet in sheets_about(150, delays, counter)],
        metric="nps",
    )
    assert "What is associated with likelihood to recommend" in text(see())
    assert "R² of 150 customers" in text(see())
    assert "R² of 120 customers" in text(see(outcome="csat"))
    assert "R² of 150 customers" in text(see(outcome="no such thing"))


def test_only_the_period_counts_a_year_unless_told_otherwise(
    workspace: Workspace, see: Any, delays: Touchpoint, counter: Touchpoint
) -> None:
    for age, n in ((0, 110), (364, 120), (365, 130)):
        ask(workspace, sheets_about(n, delays, counter), day=TODAY - datetime.timedelta(days=age))
    assert "R² of 230 customers" in text(see())
    assert "R² of 110 customers" in text(see(days=30))
    assert "R² of 130 customers" in text(see(**{"from": "2025-03-01", "to": "2025-03-15"}))
    for wrong in ({"from": "2026-03-02", "to": "2026-03-01"}, {"from": "9999-01-01", "to": "9999-12-31"}):
        assert "R² of 230 customers" in text(see(**wrong))
        assert 'class="field-error"' in see(**wrong)


def test_a_journey_has_drivers_of_its_own(workspace: Workspace, edda: User, see: Any, delays: Touchpoint) -> None:
    commute = drawn(workspace, edda, purchase="Shop Pay")
    shop, pay = placed(commute, "Shop").touchpoint, placed(commute, "Pay").touchpoint
    ask(workspace, sheets_about(140, pay, shop, delays), whole=commute.subject_id)
    page = see(journey=commute.pk)
    assert [row[0] for row in table(page, "figures-title")[1:]] == ["1 Pay (CSAT)", "2 Shop (CSAT)"]
    assert "Nobody was asked about the whole" in text(see())


def test_what_is_in_the_trash_or_removed_takes_no_part(
    workspace: Workspace, edda: User, see: Any, delays: Touchpoint, counter: Touchpoint, train: Touchpoint
) -> None:
    ask(workspace, sheets_about(140, delays, counter, train))
    archive_touchpoint(train, by=edda)
    assert "Train" not in see()


def test_another_workspace_is_never_heard(
    workspace: Workspace, elsewhere: Workspace, otto: User, sign_in: SignIn, see: Any, delays: Touchpoint
) -> None:
    theirs = new_touchpoint(elsewhere, "Tram"), new_touchpoint(elsewhere, "Bus")
    ask(elsewhere, sheets_about(140, *theirs))
    assert "Tram" not in see()
    foreign = drawn(elsewhere, otto, "Theirs", purchase="Shop")
    client = sign_in(otto)
    assert client.get(reverse("drivers", args=[workspace.slug])).status_code == 404
    assert client.get(reverse("drivers", args=[elsewhere.slug]), {"journey": foreign.pk}).status_code == 200


def test_statements_do_not_grow_with_questionnaires(
    workspace: Workspace,
    vik: User,
    sign_in: SignIn,
    at: Clock,
    delays: Touchpoint,
    counter: Touchpoint,
    train: Touchpoint,
) -> None:
    client, counted = sign_in(vik), []
    for sheets in (sheets_about(110, delays, counter), sheets_about(150, delays, counter, train)):
        ask(workspace, sheets)
        with CaptureQueriesContext(connection) as statements:
            client.get(reverse("drivers", args=[workspace.slug]))
        counted.append(len(statements))
    assert counted[0] == counted[1] <= 10
