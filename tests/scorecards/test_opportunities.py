"""The list of opportunities by value, importance against performance, and the page of each."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from feedback.actions import archive_insight, create_insight
from journeys.board import read_map
from journeys.models import Journey, Placement
from measures.actions import (
    archive_measure,
    archive_opportunity,
    cost_measure,
    create_measure,
    create_opportunity,
    move_measure,
)
from measures.models import Opportunity
from scorecards.opportunities import Seen, opportunities_of
from scorecards.opportunity_chart import matrix_of
from tests.answering import Clock, Given
from tests.cast import SignIn
from tests.journeys.scene import drawn, placed
from tests.measures.conftest import COSTS, PAYS
from tests.scorecards.pages import table, text
from touchpoints.actions import archive_touchpoint, edit_touchpoint, fold_all
from touchpoints.health.bands import Evidence
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

pytestmark = pytest.mark.usefixtures("no_doorbell")

Gather = Callable[..., Opportunity]


@pytest.fixture
def commute(at: Clock, workspace: Workspace, edda: User, given: Given) -> Journey:
    """Paying is bad, the shop good, and of the ride nothing is known."""
    journey = drawn(workspace, edda, purchase="Shop Pay", retention="Ride")
    given(placed(journey, "Shop").touchpoint, *[5, 4, 5] * 15)
    given(placed(journey, "Pay").touchpoint, *[1, 2, 1] * 15)
    fold_all()
    return journey


@pytest.fixture
def gather(workspace: Workspace, edda: User, commute: Journey) -> Gather:
    """`gather("Faster", "Pay", "Ride")`: an opportunity of a pain at each of these touchpoints, named twice."""

    def make(title: str, *names: str, **facts: Any) -> Opportunity:
        pains = [
            create_insight(placed(commute, name).touchpoint, kind="pain", text=f"{name} hurts", mentions=2, by=edda)
            for name in names
        ]
        return create_opportunity(workspace, title=title, insights=pains, by=edda, **facts)

    return make


@pytest.fixture
def page(workspace: Workspace, vik: User, sign_in: SignIn) -> Callable[..., str]:
    """`page()` is the list as Vik sees it, `page(opportunity)` the page of one."""
    client = sign_in(vik)

    def see(of: Opportunity | None = None, asked: str = "") -> str:
        name, args = ("opportunity", [workspace.slug, of.pk]) if of else ("opportunities", [workspace.slug])
        answer = client.get(reverse(name, args=args) + asked)
        assert answer.status_code == 200
        return answer.content.decode()

    return see


def gain_on_map(journey: Journey, name: str) -> float:
    """What the map says the journey would gain there."""
    seen = read_map(journey, list(journey.phases.all()))
    return seen.rolled.gains[placed(journey, name).pk] or 0.0


def known(workspace: Workspace) -> dict[str, Seen]:
    """The opportunities by their titles."""
    return {str(one.opportunity): one for one in opportunities_of(workspace)}


def test_it_is_worth_what_the_map_says_its_touchpoints_would_bring(
    workspace: Workspace, commute: Journey, gather: Gather
) -> None:
    gather("Both", "Shop", "Pay")
    both = known(workspace)["Both"]
    assert both.value == pytest.approx(gain_on_map(commute, "Shop") + gain_on_map(commute, "Pay"))
    assert both.value
    assert both.value > 0
    assert [str(touchpoint) for touchpoint, _points in both.gained[0].at] == ["Pay", "Shop"]


def test_of_several_journeys_it_is_worth_what_one_gains_most(
    workspace: Workspace, edda: User, commute: Journey, gather: Gather, page: Callable[..., str]
) -> None:
    weekend = drawn(workspace, edda, "Weekend", purchase="Kiosk")
    pay, phase = placed(commute, "Pay").touchpoint, weekend.phases.get(kind="retention")
    Placement.objects.create(workspace=workspace, journey=weekend, phase=phase, touchpoint=pay, position=0)
    found = gather("Faster", "Pay")
    gains = {"Commute": gain_on_map(commute, "Pay"), "Weekend": gain_on_map(weekend, "Pay")}
    seen = known(workspace)["Faster"]
    assert seen.value == max(gains.values())
    assert [one.name for one in seen.gained] == sorted(gains, key=lambda name: -gains[name]) == ["Weekend", "Commute"]
    shown = text(page(found))
    assert f"Worth +{gains['Weekend']:.1f} points of Weekend." in shown
    assert "these do not add up" in shown


def test_the_most_valuable_comes_first_and_the_unknown_last(gather: Gather, page: Callable[..., str]) -> None:
    gather("Fix the ride", "Ride")
    gather("Polish the shop", "Shop")
    gather("Faster", "Pay", "Ride")
    rows = table(page(), "list-title")[1:]
    assert [row[0].split()[1] for row in rows] == ["Faster", "Polish", "Fix"]
    assert rows[0][1].endswith("1 of 2 touchpoints known")
    assert rows[0][3] == "4"
    assert rows[2][1] == "unknown"
    assert rows[2][2] == "Unknown"
    assert "Most is gained by “Faster”: +" in text(page())


def test_health_and_importance_are_means_over_what_is_known(
    workspace: Workspace, commute: Journey, edda: User, gather: Gather
) -> None:
    for name, importance in (("Shop", 2), ("Pay", 5), ("Ride", 1)):
        touchpoint = placed(commute, name).touchpoint
        edit_touchpoint(touchpoint, version=touchpoint.version, importance=importance, by=edda)
    gather("All", "Shop", "Pay", "Ride")
    gather("Faster", "Pay")
    gather("Polish", "Shop")
    seen = known(workspace)
    assert seen["All"].importance == 3.5
    assert seen["All"].known == 2
    assert seen["Faster"].health is not None
    assert seen["Polish"].health is not None
    assert seen["All"].health == pytest.approx((seen["Faster"].health + seen["Polish"].health) / 2, abs=1)
    assert seen["All"].evidence == Evidence.MEASURED, "only what is known takes part"
    assert (seen["Faster"].is_important, seen["Faster"].is_weak) == (True, True)
    assert (seen["Polish"].is_important, seen["Polish"].is_weak) == (False, False)


def test_the_drawing_has_what_is_known_and_names_the_rest_beneath(
    workspace: Workspace, commute: Journey, edda: User, gather: Gather, page: Callable[..., str]
) -> None:
    pay = placed(commute, "Pay").touchpoint
    edit_touchpoint(pay, version=pay.version, importance=5, by=edda)
    gather("Fix the ride", "Ride")
    for title in ("Faster", "Simpler", "Cheaper", "Safer"):
        gather(title, "Pay")
    gather("Polish the shop", "Shop")
    matrix = matrix_of(opportunities_of(workspace), workspace.good_from)
    assert [spot.words for spot in matrix.spots] == ["1, 2, 3 +1", "5"], "what lies close shares a place"
    assert matrix.spots[0].across < matrix.good.at < matrix.spots[1].across
    assert matrix.spots[0].down < matrix.important.at
    shown = page()
    assert "Importance against performance: important and weak are Cheaper, Faster, Safer, Simpler." in shown
    untold = shown.split('id="untold-title"')[1].split("</section>")[0]
    assert "Fix the ride" in untold
    assert "Faster" not in untold


def test_nothing_known_draws_nothing(gather: Gather, page: Callable[..., str]) -> None:
    found = gather("Fix the ride", "Ride")
    assert "driver-places" not in page()
    assert "no health of its touchpoints is known yet" in text(page(found))


def test_what_was_archived_counts_nowhere(
    workspace: Workspace, commute: Journey, gather: Gather, edda: User, page: Callable[..., str]
) -> None:
    found = gather("Faster", "Pay", "Shop")
    archive_insight(found.insights.get(text="Pay hurts"), by=edda)
    seen = known(workspace)["Faster"]
    assert (seen.mentions, [str(one.touchpoint) for one in seen.at]) == (2, ["Shop"])
    assert "1 archived since, which counts no more" in text(page(found))
    archive_touchpoint(placed(commute, "Shop").touchpoint, by=edda)
    assert known(workspace)["Faster"].value is None
    assert "all that it gathers has been archived" in text(page(found))


def test_it_says_how_far_its_measures_are(
    workspace: Workspace, commute: Journey, gather: Gather, edda: User, page: Callable[..., str]
) -> None:
    found = gather("Faster", "Pay")
    for title in ("One tap", "Two taps", "Three taps", "No tap"):
        pay = [placed(commute, "Pay").touchpoint]
        made = create_measure(workspace, title=title, touchpoints=pay, opportunity=found, by=edda)
    archive_measure(made, by=edda)
    two = found.measures.get(title="Two taps")
    move_measure(two, to="dropped", reason="Too dear", version=two.version, by=edda)
    assert table(page(), "list-title")[1][4] == "3 2 idea, 1 dropped"
    shown = text(page(found))
    assert "dropped Two taps Too dear" in shown
    assert "No tap" not in shown


def test_a_viewer_reads_and_an_editor_may_act(
    workspace: Workspace, gather: Gather, edda: User, sign_in: SignIn, page: Callable[..., str]
) -> None:
    found = gather("Faster", "Pay", note="At the till\nas in the app")
    measure = f"{reverse('measures', args=[workspace.slug])}new/?opportunity={found.pk}"
    seen = page(found)
    assert "At the till<br>as in the app" in seen
    assert measure not in seen
    assert reverse("opportunity_edit", args=[workspace.slug, found.pk]) not in seen
    assert measure in sign_in(edda).get(reverse("opportunity", args=[workspace.slug, found.pk])).content.decode()


def test_archived_ones_stand_on_a_shelf(gather: Gather, edda: User, page: Callable[..., str]) -> None:
    found = gather("Faster", "Pay")
    archive_opportunity(found, by=edda)
    assert "No opportunity yet" in page()
    assert table(page(asked="?archived=1"), "list-title")[1][0].startswith("1 Faster")
    assert "Archived on" in page(found)


def test_a_touchpoint_names_the_opportunities_of_its_insights(
    workspace: Workspace, commute: Journey, gather: Gather, edda: User, vik: User, sign_in: SignIn
) -> None:
    found, gone = gather("Faster", "Pay"), gather("Forgotten", "Pay")
    archive_opportunity(gone, by=edda)
    pay = placed(commute, "Pay").touchpoint
    address = reverse("touchpoint", args=[workspace.slug, pay.pk])
    seen = sign_in(vik).get(address).content.decode()
    assert reverse("opportunity", args=[workspace.slug, found.pk]) in seen
    assert "Forgotten" not in seen
    begin = f"{reverse('opportunity_create', args=[workspace.slug])}?touchpoint={pay.pk}"
    assert begin not in seen
    assert begin in sign_in(edda).get(address).content.decode()


def test_more_rows_cost_no_more_statements(
    workspace: Workspace, commute: Journey, gather: Gather, edda: User, page: Callable[..., str]
) -> None:
    pay = placed(commute, "Pay").touchpoint
    counted = []
    for number in (2, 18):
        for one in range(number):
            found = gather(f"Faster by {number} {one}", "Pay", "Ride", "Shop")
            create_measure(workspace, title="One tap", touchpoints=[pay], opportunity=found, by=edda)
        with CaptureQueriesContext(connection) as listed:
            page()
        with CaptureQueriesContext(connection) as shown:
            page(found)
        counted.append((len(listed), len(shown)))
    assert counted[0] == counted[1]
    assert counted[0][0] <= 12


def test_anothers_are_not_among_them(
    workspace: Workspace, elsewhere: Workspace, otto: User, gather: Gather, delays: Touchpoint
) -> None:
    journey = drawn(elsewhere, otto, "Theirs", purchase="Tram")
    pain = create_insight(placed(journey, "Tram").touchpoint, kind="pain", text="Late", by=otto)
    create_opportunity(elsewhere, title="Their own", insights=[pain], by=otto)
    gather("Faster", "Pay")
    assert list(known(workspace)) == ["Faster"]


def test_the_board_has_a_column_for_how_far_its_furthest_measure_is(
    gather: Gather, page: Callable[..., str], workspace: Workspace, commute: Journey, edda: User
) -> None:
    begun, dropped = gather("Faster", "Pay"), gather("Cheaper", "Shop")
    gather("Nicer", "Ride")
    done = [(begun, "Second desk", "live"), (begun, "Sign", ""), (dropped, "Sale", "dropped")]
    for opportunity, title, to in done:
        at = [placed(commute, "Pay").touchpoint]
        made = create_measure(workspace, title=title, kind="process", touchpoints=at, opportunity=opportunity, by=edda)
        made = cost_measure(made, version=made.version, benefits=[PAYS], **COSTS, by=edda)
        if to:
            move_measure(made, to=to, version=made.version, reason="Too dear", by=edda)
    columns = text(page(asked="?show=board")).partition("Nothing is done yet")[2]
    places = [columns.index(words) for words in ("Nicer", "Thought of", "In progress", "Live", "Faster", "Reviewed")]
    assert places == sorted(places)
    assert columns.index("Cheaper") < columns.index("Thought of")
    assert "Second desk" not in columns
    assert "Nothing is done yet" not in text(page())
