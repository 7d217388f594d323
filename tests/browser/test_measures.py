"""A CX lead's way from a pain point to a measure in progress, and the board by keyboard and menu."""

import re

import pytest
from playwright.sync_api import Page, expect

from feedback.actions import create_insight
from measures.actions import cost_measure, create_measure
from measures.models import Measure
from tests.browser.conftest import Visit
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


def test_from_a_pain_point_to_a_measure_with_costs_and_benefits(
    workspace: Workspace, delays: Touchpoint, edda: User, visit: Visit
) -> None:
    page = visit(edda, f"/w/{workspace.slug}/touchpoints/{delays.pk}/")
    page.get_by_role("link", name="Gather “No reason, no forecast” into an opportunity").click()
    page.get_by_label("Title").fill("Tell of delays in time")
    page.get_by_role("button", name=re.compile("Save|Gather|Add")).click()
    expect(page.get_by_role("heading", name="Tell of delays in time", level=1)).to_be_visible()
    page.get_by_role("link", name="Measure…").click()
    page.get_by_label("Title").fill("Reason and forecast")
    page.locator("main form button.button-primary").click()
    expect(page.get_by_role("heading", name="Reason and forecast", level=1)).to_be_visible()
    page.get_by_role("link", name="Add cost and benefit").first.click()
    page.get_by_label("Cost, once", exact=False).first.fill("1000")
    page.get_by_label("Cost a year", exact=False).first.fill("0")
    page.get_by_label("Why it pays", exact=False).first.select_option("typed")
    for label, amount in (("At least", "300"), ("Likely", "500"), ("At most", "600")):
        page.get_by_label(label, exact=False).first.fill(amount)
    page.get_by_label("Why this is assumed", exact=False).first.fill("The vendor's offer")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("243 EUR")  # SCORING §8: 243.4260
    check_looks(page)


def test_the_keyboard_moves_it_and_keeps_the_focus(
    workspace: Workspace, forecast: Measure, edda: User, visit: Visit
) -> None:
    page = visit(edda, f"/w/{workspace.slug}/measures/")
    page.get_by_role("link", name="Forecast").last.focus()
    for status in ("assessed", "in_progress"):
        page.keyboard.press("Alt+ArrowRight")
        stands_in(page, status, "Forecast")
        expect(page.locator(".measure-card h3 a")).to_be_focused()
    page.keyboard.press("Alt+ArrowLeft")
    stands_in(page, "assessed", "Forecast")


def test_on_a_phone_the_menu_moves_it(workspace: Workspace, forecast: Measure, edda: User, visit: Visit) -> None:
    page = visit(edda, f"/w/{workspace.slug}/measures/", **PHONE)
    page.locator(".measure-card summary").tap()
    page.get_by_role("button", name="In Arbeit").tap()
    stands_in(page, "in_progress", "Forecast")
    check_looks(page)
