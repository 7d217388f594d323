"""What stands beside the journey's health in the map's head."""

from typing import Any

import pytest
from playwright.sync_api import expect

from feedback.actions import record_responses
from journeys.models import Journey
from tests.answering import an_answer
from tests.browser.conftest import Open
from tests.browser.hands import box_of
from tests.browser.looks import DESK, PHONE, check_looks
from tests.journeys.scene import placed
from tests.journeys.told import scored
from touchpoints.actions import fold_all
from workspaces import clock
from workspaces.models import User


@pytest.fixture
def known(trip: Journey) -> Journey:
    """Four of the seven touchpoints have been heard."""
    for name, score in {"Shop": 82.0, "Pay": 61.0, "Delay": 34.0, "Refund": 48.0}.items():
        scored(placed(trip, name).touchpoint, score)
    return trip


def recommend(journey: Journey, *values: int) -> None:
    """Customers said how likely they recommend the journey, today."""
    today: Any = {"metric": "nps", "occurred_at": clock.today(journey.workspace.zone)}
    record_responses(journey.workspace, [an_answer(journey, value, **today) for value in values])  # type: ignore[arg-type]
    fold_all()


@pytest.mark.parametrize("how", [DESK, PHONE], ids=["desk", "phone"])
def test_a_click_on_the_health_opens_them_and_a_station_closes_them(
    open_map: Open, known: Journey, vik: User, how: dict[str, Any]
) -> None:
    seen = open_map(known, vik, **how)
    figures = seen.page.locator(".map-figures")
    expect(figures).to_be_hidden()
    seen.page.locator("#summary").click()
    expect(figures).to_be_visible()
    box, window = box_of(figures), seen.page.viewport_size
    assert window
    assert 0 <= box["x"] < box["x"] + box["width"] <= window["width"]
    check_looks(seen.page)
    figures.get_by_role("link", name="Refund").first.click()
    expect(figures).to_be_hidden()
    expect(seen.touchpoint("Refund")).to_be_in_viewport()


def test_on_a_desk_the_head_is_one_row(open_map: Open, known: Journey, edda: User) -> None:
    recommend(known, *[9] * 30, *[3] * 12)
    for language in ("en", "de"):
        page = open_map(known, edda, language=language).page
        heights = [box_of(page.locator(part))["y"] for part in (".map-title", ".map-facts", ".map-actions")]
        assert max(heights) - min(heights) < 20
        assert box_of(page.locator(".map-head"))["height"] < 80


def test_what_is_said_of_the_journey_arrives_while_they_are_open(open_map: Open, known: Journey, edda: User) -> None:
    seen = open_map(known, edda)
    expect(seen.page.locator("body")).to_have_attribute("data-live-state", "open")
    seen.page.locator("#summary").click()
    expect(seen.page.locator(".map-figures")).to_contain_text("fewer than 5 answers")
    recommend(known, 10, 10, 9, 9, 9, 0)
    expect(seen.page.locator(".map-figures")).to_contain_text("+66.7")
    expect(seen.page.locator(".map-nps")).to_contain_text("+67")
    expect(seen.page.locator(".map-figures")).to_be_visible()
