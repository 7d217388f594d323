"""The finding on the screens and over REST: drawn from answers, and the same wherever it stands."""

import datetime
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journeys.actions.journeys import archive_journey, create_journey
from journeys.actions.placements import edit_placement, place_touchpoint
from journeys.models import Placement
from personas.models import Persona
from tests.answering import TODAY, Clock, Given, health, new_touchpoint
from tests.cast import SignIn
from tests.rest import Rest
from tests.scorecards.pages import text
from touchpoints.actions import archive_touchpoint, close_days
from touchpoints.health.silence import SHORTEST_SILENCE
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

DAY = datetime.timedelta(days=1)
BEFORE = TODAY - 100 * DAY
NAME = "Delay information"
See = Callable[..., str]

pytestmark = pytest.mark.usefixtures("at")


@pytest.fixture
def see(workspace: Workspace, vik: User, sign_in: SignIn) -> See:
    """`see()`: what Vik reads in the table; `see(delays)` on its page. `language` as his browser asks."""

    def read(of: Touchpoint | None = None, *, language: str = "en", **asked: int) -> str:
        address = (
            reverse("touchpoint", args=[workspace.slug, of.pk]) if of else reverse("scorecards", args=[workspace.slug])
        )
        answer = sign_in(vik).get(address, asked, headers={"Accept-Language": language})
        assert answer.status_code == 200
        return text(answer.content.decode())

    return read


@pytest.fixture
def truth(workspace: Workspace, edda: User, delays: Touchpoint) -> Placement:
    """Delay information, a moment of truth on a journey."""
    journey = create_journey(workspace, name="Weekend trip", by=edda)
    phase = journey.phases.get(kind="retention")
    place_touchpoint(journey, touchpoint=delays, phase=phase, after=None, by=edda)
    placement: Placement = Placement.objects.get(journey=journey)
    edit_placement(placement, version=placement.version, by=edda, moment_of_truth=True)
    return placement


@pytest.fixture
def fallen(given: Given, delays: Touchpoint, truth: Placement) -> Touchpoint:
    """It fell by 65 points."""
    given(delays, *[5] * 40, *[4] * 10, occurred_at=BEFORE)
    given(delays, *[2] * 160, *[3] * 40)
    health(delays)
    return delays


def test_the_table_begins_with_what_is_weak_and_what_fell(see: See, fallen: Touchpoint) -> None:
    assert (
        "1 of 1 touchpoints is weak or critical. "
        f"One fell more than chance explains: {NAME}, a moment of truth. "
        f"One moment of truth misses its target: {NAME} (44, target 70)." in see()
    )
    assert (
        "1 von 1 Touchpoints ist schwach oder kritisch. "
        f"Einer ist stärker gefallen, als Zufall erklärt: {NAME}, ein Moment der Wahrheit. "
        f"Ein Moment der Wahrheit verfehlt sein Ziel: {NAME} (44, Ziel 70)." in see(language="de")
    )


def test_page_panel_and_program_are_told_the_same(
    see: See, fallen: Touchpoint, workspace: Workspace, vik: User, sign_in: SignIn, tess: Client
) -> None:
    told = (
        "Health is weak: 44. "
        "The drop in health of 65.0 points against the 90 days before is more than chance explains. "
        "This moment of truth is 26 points below its target of 70."
    )
    panel = reverse("touchpoint_panel", args=[workspace.slug, fallen.pk])
    drawn = sign_in(vik).get(panel, headers={"HX-Request": "true"}).content.decode()
    program = Rest(tess).get(f"touchpoints/{fallen.pk}/explain/").json()
    assert told in see(fallen)
    assert told in text(f"<main>{drawn}")
    assert program["finding"] == told
    german = tess.get(f"/api/v1/touchpoints/{fallen.pk}/explain/", headers={"Accept-Language": "de"}).json()
    assert german["finding"].startswith("Die Gesundheit ist schwach: 44.")


def test_a_program_is_told_nothing_of_another_day(fallen: Touchpoint, tess: Client) -> None:
    asked = {"as_of": str(TODAY - 2 * DAY)}
    assert tess.get(f"/api/v1/touchpoints/{fallen.pk}/explain/", asked).json()["finding"] is None


def test_a_moment_of_truth_on_an_archived_journey_is_none(
    see: See, fallen: Touchpoint, truth: Placement, edda: User
) -> None:
    archive_journey(truth.journey, by=edda)
    assert "moment of truth" not in see(fallen)
    assert f"One fell more than chance explains: {NAME}. " in see()


def test_another_period_tells_of_another_change(see: See, fallen: Touchpoint) -> None:
    assert "There are too few answers to tell whether health has moved." in see(fallen, days=30)
    assert "drop" not in see(fallen, days=30)


def test_what_moves_by_chance_alone_is_said_to_stand_still(see: See, given: Given, counter: Touchpoint) -> None:
    given(counter, *[5, 3] * 20, occurred_at=BEFORE)
    given(counter, *[5, 3] * 19, 5, 4)
    health(counter)
    assert "Against the 90 days before, health has not moved more than chance explains." in see(counter)
    assert "neither weak nor critical. No touchpoint has moved more than chance explains." in see()


def test_a_table_of_which_nothing_is_known_says_nothing(see: See, delays: Touchpoint) -> None:
    assert "No health is known yet" in see()
    assert "weak or critical" not in see()
    assert "Health is unknown: nobody has answered yet." in see(delays)


def test_a_persona_is_served_worse_where_that_is_more_than_chance(
    see: See, given: Given, delays: Touchpoint, counter: Touchpoint, commuter: Persona, tourist: Persona
) -> None:
    given(delays, *[4, 5] * 20, persona=commuter)
    given(delays, *[2, 3] * 20, persona=tourist)
    given(delays, *[1] * 40)  # of whom nobody knows who they were
    given(counter, *[4, 5] * 20, persona=commuter)
    given(counter, *[2, 3] * 14, persona=tourist)  # 28 are too few
    for touchpoint in (delays, counter):
        health(touchpoint)
    assert "One persona is served worse here than the others: Tourist (−50.0 points)." in see(delays)
    assert "One persona is served worse here than the others" in see(delays, persona=tourist.pk)
    assert "served worse" not in see(delays, persona=commuter.pk)
    assert "served worse" not in see(counter)
    assert f"At one touchpoint a persona is served worse than the others: {NAME} (Tourist)." in see()


def test_less_than_expected_is_said_where_the_gap_is_more_than_chance(
    see: See, given: Given, delays: Touchpoint, counter: Touchpoint
) -> None:
    for touchpoint, expected in ((delays, [2, 1]), (counter, [1, 0])):
        given(touchpoint, *expected * 20, metric="expectation")
        given(touchpoint, *[1, 0] * 20, metric="emotion")
        given(touchpoint, *[4] * 20)
        health(touchpoint)
    assert "Customers get less than they expect: +1.5 expected, +0.5 perceived." in see(delays)
    assert "less than they expect" not in see(counter)
    assert f"At one touchpoint customers get less than they expect: {NAME}." in see()


def test_one_more_who_expects_the_same_is_counted(see: See, given: Given, delays: Touchpoint) -> None:
    given(delays, *[2] * 29, metric="expectation")
    given(delays, *[1, 0] * 20, metric="emotion")
    health(delays)
    assert "less than they expect" not in see(delays)
    given(delays, 2, metric="expectation")
    health(delays)
    assert "Customers get less than they expect: +2.0 expected, +0.5 perceived." in see(delays)


def test_a_touchpoint_falls_silent_only_against_its_own_rhythm(
    see: See, at: Clock, given: Given, delays: Touchpoint, counter: Touchpoint
) -> None:
    for number in range(10):
        given(delays, 4, occurred_at=TODAY - number * DAY)
        given(counter, 4, occurred_at=TODAY - 3 * number * DAY)
    for touchpoint in (delays, counter):
        health(touchpoint)
    at.pass_days(SHORTEST_SILENCE)
    close_days()
    assert "silent" not in see()
    at.pass_days(1)
    close_days()
    told = "Nothing has been heard for 8 days; until then answers usually came every day."
    assert f"One touchpoint has fallen silent: {NAME}." in see()
    assert told in see(delays)
    assert "Nothing has been heard" not in see(counter)


def test_an_archived_touchpoint_is_not_compared(
    see: See, given: Given, delays: Touchpoint, commuter: Persona, tourist: Persona, edda: User
) -> None:
    given(delays, *[4, 5] * 20, persona=commuter)
    given(delays, *[2, 3] * 20, persona=tourist)
    health(delays)
    archive_touchpoint(delays, by=edda)
    assert "served worse" not in see(delays)


def test_more_touchpoints_and_personas_cost_no_more_statements(
    see: See, given: Given, workspace: Workspace, commuter: Persona, tourist: Persona
) -> None:
    counted = []
    for names in ("A", "BCDEF"):
        for name in names:
            touchpoint = new_touchpoint(workspace, name)
            for persona in (commuter, tourist):
                given(touchpoint, 4, 5, persona=persona, occurred_at=TODAY - 20 * DAY)
            health(touchpoint)
        with CaptureQueriesContext(connection) as statements:
            see()
        counted.append(len(statements))
    assert counted[0] == counted[1]
