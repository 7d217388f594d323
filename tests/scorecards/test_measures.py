"""The board of measures: what stands where, what it comes to together, and how little it asks the database."""

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures.actions import cost_measure, create_measure, edit_measure, move_measure
from measures.models import Measure, Status
from scorecards.measure_chart import chart_of
from scorecards.measures import board_of
from tests.answering import Clock, Given
from tests.cast import SignIn
from tests.journeys.scene import drawn, placed
from tests.measures.conftest import COSTS, a_benefit
from touchpoints.actions import fold_all
from touchpoints.models import HealthScore, Touchpoint
from workspaces.models import User, Workspace

pytestmark = pytest.mark.usefixtures("no_doorbell")

Undertaken = Callable[..., Measure]


@pytest.fixture
def undertaken(at: Clock, workspace: Workspace, delays: Touchpoint, edda: User) -> Undertaken:
    """`undertaken("Callback", "in_progress", once=100, likely=50)`: at the delay information, as far as that."""

    def undertake(
        title: str,
        status: str = "idea",
        *,
        once: int | None = None,
        likely: int = 50_000,
        at: Touchpoint = delays,
    ) -> Measure:
        made = create_measure(workspace, title=title, touchpoints=[at], by=edda)
        if once is not None:
            benefit = a_benefit(low=0, likely=likely, high=2 * likely)
            made = cost_measure(made, version=1, benefits=[benefit], **{**COSTS, "once": once}, by=edda)
        return move_measure(made, to=status, version=made.version, by=edda) if status != "idea" else made

    return undertake


def test_each_stands_in_the_column_of_its_status(
    undertaken: Undertaken, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    undertaken("Callback")
    undertaken("Forecast", "in_progress", once=100_000)
    move_measure(undertaken("Leaflets"), to="dropped", version=1, reason="Nobody reads them", by=edda)
    board = board_of(workspace)
    stands = {column.status: [str(card.measure) for card in column.cards] for column in board.columns}
    assert stands == {"idea": ["Callback"], "assessed": [], "in_progress": ["Forecast"], "live": [], "reviewed": []}
    assert board.dropped == 1
    page = sign_in(edda).get(f"/w/{workspace.slug}/measures/").content.decode()
    assert "Add cost and benefit" in page
    assert "€1K, €500" in page
    assert "1 was dropped" in page
    assert (
        "Nobody reads them"
        in sign_in(edda).get(f"/w/{workspace.slug}/measures/?show=table&status=dropped").content.decode()
    )


def test_a_card_goes_on_by_its_menu_and_a_refusal_is_told_there(
    undertaken: Undertaken, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    idea, costed = undertaken("Callback"), undertaken("Forecast", once=100_000)
    client = sign_in(edda)
    for one, status, said in ((costed, "assessed", ""), (idea, "live", "costs and brings first")):
        body = {"to": status, "version": str(one.version), "board": "1"}
        answer = client.post(f"/w/{workspace.slug}/measures/{one.pk}/move/", body, follow=True)
        assert answer.redirect_chain[0][0].endswith("/measures/")
        assert said in answer.content.decode()
    assert sorted(Measure.objects.values_list("status", flat=True)) == ["assessed", "idea"]


def test_the_sentence_tells_the_next_decisions_and_of_how_many_the_cost_is_unknown(
    undertaken: Undertaken, workspace: Workspace, at: Clock, edda: User, sign_in: SignIn
) -> None:
    day = at.today + datetime.timedelta(days=5)
    for one in (undertaken("Callback"), undertaken("Forecast", once=100_000), undertaken("Signs", once=50_000)):
        edit_measure(one, version=one.version, decide_on=day, by=edda)
    waiting = board_of(workspace).waiting
    assert waiting == (day, 3, 150_000, 1)
    page = sign_in(edda).get(f"/w/{workspace.slug}/measures/").content.decode()
    assert "3 decisions wait for" in page
    assert "of 1 the cost is unknown" in page


def test_measures_close_no_more_than_a_touchpoints_gap(
    at: Clock, workspace: Workspace, edda: User, given: Given, undertaken: Undertaken
) -> None:
    journey = drawn(workspace, edda, purchase="Shop Pay")
    pay = placed(journey, "Pay").touchpoint
    given(pay, *[1, 2, 1] * 15)
    given(placed(journey, "Shop").touchpoint, *[5, 4, 5] * 15)
    fold_all()
    health = HealthScore.objects.get(subject=pay.subject, persona=None).score or 0
    missing = Decimal(pay.target - health)  # and of the shop nothing is
    for title in ("Forecast", "Reason"):
        undertaken(title, "in_progress", once=100_000, at=pay)
    Measure.objects.update(points=(missing / 4).quantize(Decimal("0.1")))
    closing = board_of(workspace).closing
    assert closing is not None
    assert closing.share == pytest.approx(0.5, abs=0.01)
    assert (closing.journey, closing.measures) == (str(journey), 2)
    Measure.objects.update(points=(missing * 3 / 4).quantize(Decimal("0.1")))
    whole = board_of(workspace).closing
    assert whole is not None
    assert whole.share == 1


def test_the_chart_sets_cost_against_benefit(undertaken: Undertaken, workspace: Workspace) -> None:
    undertaken("Unknown")
    undertaken("Dear", "live", once=1_000_000, likely=500_000)
    undertaken("Cheap", "in_progress", once=100_000, likely=1_000_000)
    chart = chart_of(board_of(workspace).cards)
    assert chart is not None
    cheap, dear = chart.places
    assert (cheap.filled, dear.filled) == (False, True)
    assert cheap.across < dear.across
    assert cheap.down < dear.down
    assert [ray.months for ray in chart.rays] == [6, 12, 24]
    half = chart.rays[0]  # in half a year one has the cost again that lies on it
    assert chart.most_a_year * (100 - half.down) == pytest.approx(2 * chart.most_once * half.across)


def test_the_board_asks_no_more_for_many(
    undertaken: Undertaken, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    client, counted = sign_in(edda), []
    for many in (2, 18):
        for number in range(many):
            undertaken(f"{many} {number}", "assessed", once=100_000 + number)
        for query in ("", "?show=table"):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(f"/w/{workspace.slug}/measures/{query}").status_code == 200
            counted.append(len(asked))
    assert counted[:2] == counted[2:]
    assert max(counted) <= 12
    assert Measure.objects.filter(status=Status.ASSESSED).count() == 20
