"""The board of measures by mouse, keyboard and menu."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from feedback.actions import create_insight
from feedback.models import Insight
from measures.actions import cost_measure, create_measure, create_opportunity
from measures.models import Measure
from tests.browser.conftest import Visit
from tests.browser.hands import STEPS, box_of
from tests.browser.looks import PHONE, check_looks
from tests.measures.conftest import COSTS, a_benefit
from touchpoints.actions import create_touchpoint
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


@pytest.fixture
def delays(workspace: Workspace, edda: User) -> Touchpoint:
    """Where customers suffer."""
    touchpoint = create_touchpoint(workspace, name="Delay information", by=edda)
    create_insight(touchpoint, kind="pain", text="No reason, no forecast", mentions=611, by=edda)
    return touchpoint


@pytest.fixture
def forecast(workspace: Workspace, delays: Touchpoint, edda: User) -> Measure:
    """An idea of which is known what it costs and brings."""
    made = create_measure(workspace, title="Forecast", touchpoints=[delays], by=edda)
    return cost_measure(made, version=1, benefits=[a_benefit()], **COSTS, by=edda)


def stands_in(page: Page, status: str, *titles: str) -> None:
    """Wait until that column holds these measures."""
    expect(page.locator(f'.measure-list[data-status="{status}"] h3')).to_have_text([*titles])


def drag(page: Page, title: str, status: str) -> None:
    page.locator(".measure-card", has_text=title).scroll_into_view_if_needed()
    card = box_of(page.locator(".measure-card", has_text=title))
    page.mouse.move(card["x"] + card["width"] / 2, card["y"] + card["height"] - 14)
    page.mouse.down()
    page.mouse.move(card["x"] + card["width"] / 2 + 8, card["y"] + card["height"] - 8, steps=3)
    for _look in range(2):  # what is carried makes room in the columns on its way, and the page may scroll
        there = box_of(page.locator(f'.measure-list[data-status="{status}"]'))
        page.mouse.move(there["x"] + there["width"] / 2, there["y"] + 20, steps=STEPS)
        page.wait_for_timeout(50)  # two frames
    page.mouse.up()


def test_a_measure_is_dragged_and_without_costs_goes_back(
    workspace: Workspace, forecast: Measure, delays: Touchpoint, edda: User, visit: Visit
) -> None:
    create_measure(workspace, title="Callback", touchpoints=[delays], by=edda)
    page = visit(edda, f"/w/{workspace.slug}/measures/")
    drag(page, "Forecast", "in_progress")
    stands_in(page, "in_progress", "Forecast")
    stands_in(page, "idea", "Callback")
    drag(page, "Callback", "live")
    expect(page.locator("#toasts")).to_contain_text("costs and brings first")
    stands_in(page, "idea", "Callback")
    stands_in(page, "live")
    drag(page, "Forecast", "assessed")  # the lists are alive after the board was drawn anew
    stands_in(page, "assessed", "Forecast")
    page.reload()
    stands_in(page, "assessed", "Forecast")
    check_looks(page)


def test_the_keyboard_moves_it_by_the_menu(workspace: Workspace, forecast: Measure, edda: User, visit: Visit) -> None:
    page = visit(edda, f"/w/{workspace.slug}/measures/")
    page.locator(".measure-card summary").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="Assessed")).to_be_focused()
    page.keyboard.press("Enter")
    stands_in(page, "assessed", "Forecast")


def test_on_a_phone_the_menu_moves_it(workspace: Workspace, forecast: Measure, edda: User, visit: Visit) -> None:
    page = visit(edda, f"/w/{workspace.slug}/measures/", **PHONE)
    page.locator(".measure-card summary").tap()
    page.get_by_role("button", name="In Arbeit").tap()
    stands_in(page, "in_progress", "Forecast")
    check_looks(page)


@pytest.mark.parametrize("look", [{}, PHONE], ids=["desk", "phone-dark-de"])
def test_the_board_of_opportunities_leads_to_each(
    workspace: Workspace, delays: Touchpoint, edda: User, visit: Visit, look: dict[str, Any]
) -> None:
    pains = list(Insight.objects.of(workspace))
    create_opportunity(workspace, title="Tell of delays in time", insights=pains, by=edda)
    page = visit(edda, f"/w/{workspace.slug}/opportunities/?show=board", **look)
    check_looks(page)
    page.get_by_role("link", name="Tell of delays in time").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tell of delays in time")
