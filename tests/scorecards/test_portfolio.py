"""The portfolio of measures and the decisions about them: on their pages, and on one sheet of paper."""

import datetime
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from measures.actions import archive_measure, cost_measure, create_measure, edit_measure, move_measure
from measures.models import Measure, Review
from scorecards.portfolio import portfolio_of
from tests.answering import Clock
from tests.cast import SignIn, member_of
from tests.measures.conftest import COSTS, a_benefit
from tests.scorecards.pages import table, text
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

Made = Callable[..., Measure]


@pytest.fixture
def made(at: Clock, workspace: Workspace, delays: Touchpoint, edda: User) -> Made:
    """`made("Forecast", once=100_000, likely=50_000, status="live")`; without `once` nobody said what it costs."""

    def make(title: str, *, once: int | None = None, likely: int = 50_000, status: str = "idea") -> Measure:
        one = create_measure(workspace, title=title, touchpoints=[delays], by=edda)
        if once is not None:
            benefit = a_benefit(low=0, likely=likely, high=2 * likely)
            one = cost_measure(one, version=1, benefits=[benefit], **{**COSTS, "once": once}, by=edda)
        return move_measure(one, to=status, version=one.version, by=edda) if status != "idea" else one

    return make


def reviewed(
    measure: Measure,
    verdict: str = "works",
    effect: float | None = 11.0,
    *,
    expected: float | None = 8.0,
    closed: bool = True,
) -> None:
    """Let its review, which began as it went live, say that."""
    told: dict[str, Any] = {"verdict": verdict, "missing": "answers" if effect is None else ""}
    if effect is not None:
        told |= {"before": 60.0, "effect": effect, "low": effect - 3, "high": effect + 3, "expected": expected}
    now = datetime.datetime(2026, 3, 14, tzinfo=datetime.UTC)
    Review.objects.filter(measure=measure).update(closed_at=now if closed else None, **told)


def page(client: Client, workspace: Workspace, name: str, query: str = "") -> str:
    answer = client.get(reverse(name, args=[workspace.slug]) + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_measures_come_by_what_they_are_worth_and_the_unknown_last(
    made: Made, workspace: Workspace, vik: User, sign_in: SignIn
) -> None:
    made("Callback")
    made("Signs", once=100_000, likely=50_000)
    made("Forecast", once=100_000, likely=90_000)
    dropped = made("Leaflets", once=1, likely=900_000)
    move_measure(dropped, to="dropped", reason="Nobody reads them", version=dropped.version, by=vik)
    rows = table(page(sign_in(vik), workspace, "measures_portfolio"), "lines-title")[1:]
    assert [row[0].split()[0] for row in rows] == ["Forecast", "Signs", "Callback"]
    assert rows[-1][2:5] == ["unknown", "unknown", "unknown"]


def test_a_sum_says_of_how_many_it_knows_nothing(made: Made, workspace: Workspace, vik: User, sign_in: SignIn) -> None:
    made("Callback")
    made("Signs", once=100_000, likely=50_000)
    made("Forecast", once=300_000, likely=200_000)
    found = portfolio_of(workspace)
    assert (found.whole.once.known, found.whole.once.unknown) == (400_000, 1)
    assert found.whole.npv.known == sum(line.worth.likely.npv for line in found.lines if line.worth)
    seen = page(sign_in(vik), workspace, "measures_portfolio")
    assert "2 measures are likely worth" in text(seen)
    assert "Of 1 it is unknown, which is not 0." in text(seen)
    by_evidence = {row[0]: row[1:] for row in table(seen, "sums-title")[1:]}
    assert by_evidence["Unknown"][:4] == ["1", "– of 1 unknown", "– of 1 unknown", "– of 1 unknown"]
    assert by_evidence["Assumption"][:2] == ["2", "€4K"]
    assert by_evidence["All together"][:2] == ["3", "€4K of 1 unknown"]


def test_evidence_is_what_reviews_say(made: Made, workspace: Workspace, vik: User, sign_in: SignIn) -> None:
    reviewed(made("Wallet", once=100, status="live"))
    reviewed(made("Offers", once=100, status="live"), "no_effect", 1.0)
    reviewed(made("Basket", once=100, status="live"), "partly", 5.0, closed=False)
    reviewed(made("Coach", once=100, status="live"), "too_early", None, closed=False)
    made("Idea")
    lines = table(page(sign_in(vik), workspace, "measures_portfolio"), "lines-title")[1:]
    assert {row[0].split()[0]: row[-1] for row in lines} == {
        "Wallet": "Measured works, +11.0 (+8.0 to +14.0)",
        "Offers": "Measured no effect, +1.0 (−2.0 to +4.0)",
        "Basket": "Indicative partly, +5.0 (+2.0 to +8.0)",
        "Coach": "Assumption too early",
        "Idea": "Unknown",
    }


def test_what_is_measured_counts_with_what_came_of_it(
    made: Made, workspace: Workspace, vik: User, sign_in: SignIn
) -> None:
    wallet, offers = (made(title, once=100_000, status="live") for title in ("Wallet", "Offers"))
    reviewed(wallet, effect=4.0)  # half of what was expected
    reviewed(offers, "no_effect", 2.0)
    reviewed(made("Signs", once=100_000, status="live"), expected=None)
    half, nothing, unknown = portfolio_of(workspace).lines
    assert half.worth
    assert half.assumed
    assert nothing.worth
    assert half.worth.likely.benefit_a_year == pytest.approx(half.assumed.likely.benefit_a_year / 2)
    assert nothing.worth.likely.npv == -100_000, "it has cost that, and chance would show as much"
    assert nothing.worth.low.npv < nothing.worth.likely.npv < nothing.worth.high.npv
    seen = page(sign_in(vik), workspace, "measures_portfolio")
    assert "assumed: €243" in text(seen)
    assert unknown.worth is None, "nobody can tell what came in money"


def test_decisions_are_told_by_date_with_who_and_why(
    made: Made, workspace: Workspace, at: Clock, edda: User, ada: User, vik: User, sign_in: SignIn
) -> None:
    forecast = made("Forecast", once=100_000)
    at.pass_days(1)
    move_measure(forecast, to="in_progress", reason="The board agreed", version=forecast.version, by=ada)
    at.pass_days(1)
    gone = made("Leaflets")
    move_measure(gone, to="dropped", reason="Nobody reads them", version=1, by=edda)
    archive_measure(made("Written by mistake", once=1, status="assessed"), by=edda)
    rows = table(page(sign_in(vik), workspace, "measures_decisions"), "decided-title")[1:]
    assert [[row[0], *row[2:]] for row in rows] == [
        ["Leaflets", "Idea → Dropped", "Edda", "Nobody reads them"],
        ["Forecast", "Idea → In progress", "Ada", "The board agreed"],
    ]


def test_what_waits_for_a_decision_stands_above_by_its_day(
    made: Made, workspace: Workspace, at: Clock, edda: User, vik: User, sign_in: SignIn
) -> None:
    assert "Nothing waits for a decision on a day." in page(sign_in(vik), workspace, "measures_decisions")
    for title, days in (("Later", 9), ("Missed", -1)):
        one = made(title)
        day = at.today + datetime.timedelta(days=days)
        edit_measure(one, version=1, decide_on=day, decider=member_of(workspace, edda), by=edda)
    rows = table(page(sign_in(vik), workspace, "measures_decisions"), "waiting-title")[1:]
    assert [row[0] for row in rows] == ["Missed", "Later"]
    assert rows[0][1].endswith("overdue")
    assert "Edda" in rows[0][3]
    assert rows[0][4:] == ["unknown", "unknown"]


def test_it_is_one_sheet_however_much_there_is(
    made: Made, workspace: Workspace, at: Clock, edda: User, vik: User, sign_in: SignIn
) -> None:
    for number in range(20):
        one = made(f"{number} " + "a long title of a measure " * 6, once=100_000_000 + number, likely=90_000_000)
        one = edit_measure(one, version=one.version, decide_on=at.today, by=edda)
        reviewed(one)
        move_measure(one, to="assessed", reason="Because " * 60, version=one.version, by=edda)
        move_measure(one, to="idea", reason="Because not " * 40, version=one.version + 1, by=edda)
    for language in ("en", "de"):
        vik.language = language
        vik.save()
        answer = sign_in(vik).get(reverse("measures_portfolio_pdf", args=[workspace.slug]))
        assert answer.headers["Content-Type"] == "application/pdf"
        (sheet,) = PdfReader(io.BytesIO(answer.content)).pages
    assert "20 Maßnahmen" in " ".join(sheet.extract_text().split())


def test_the_sheet_says_what_the_pages_say(
    made: Made, workspace: Workspace, at: Clock, edda: User, vik: User, sign_in: SignIn
) -> None:
    made("Callback")
    forecast = made("Forecast", once=100_000)
    move_measure(forecast, to="in_progress", reason="The board agreed", version=forecast.version, by=edda)
    answer = sign_in(vik).get(reverse("measures_portfolio_pdf", args=[workspace.slug]))
    (sheet,) = PdfReader(io.BytesIO(answer.content)).pages
    said = " ".join(sheet.extract_text().split())
    beside = ("Forecast", "The board agreed", "idea → in progress", "Edda")
    for words in ("1 measure is likely worth", "of 1 unknown", *beside):
        assert words in said
    assert "Nothing waits for a decision" in said


def test_statements_do_not_grow_with_measures(made: Made, workspace: Workspace, vik: User, sign_in: SignIn) -> None:
    client, counted = sign_in(vik), []
    names = ("measures_portfolio", "measures_decisions", "measures_portfolio_pdf", "measures_csv")
    for many in (2, 9):
        for number in range(many):
            reviewed(made(f"{many} {number}", once=100, status="live"))
        for name in names:
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse(name, args=[workspace.slug]))
            counted.append(len(asked))
    assert counted[:4] == counted[4:]
    assert max(counted) <= 12
