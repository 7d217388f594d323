"""Search or jump to, from any page."""

import pytest
from playwright.sync_api import expect

from journeys.models import Journey
from tests.browser.conftest import Open, Visit
from tests.browser.looks import DESK, PHONE, check_looks
from workspaces.models import User, Workspace


def test_ctrl_k_types_arrows_and_enter_go_there(visit: Visit, trip: Journey, workspace: Workspace, vik: User) -> None:
    page = visit(vik, f"/w/{workspace.slug}/personas/")
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Search or jump to")
    expect(field).to_be_focused()
    expect(page.get_by_role("option", name="Scorecards")).to_be_visible()
    page.keyboard.type("weekend")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/journeys/{trip.pk}/")


def test_on_the_map_a_number_jumps_to_its_touchpoint(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.page.get_by_role("link", name="Search or jump to").click()
    seen.page.keyboard.type("6")
    expect(seen.page.get_by_role("option", name="6 Delay")).to_have_attribute("aria-selected", "true")
    seen.press("Enter")
    expect(seen.page.locator("#jump")).to_be_hidden()
    seen.focused("Delay")


def test_arrows_walk_escape_gives_the_focus_back(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.focus("Seat")
    seen.press("Control+k")
    seen.page.keyboard.type("e")
    found = seen.page.get_by_role("listbox", name="Found").get_by_role("option")
    expect(found.filter(has_text="Refund").first).to_be_visible()  # of what was typed, and not yet of nothing
    expect(found.first).to_have_attribute("aria-selected", "true")
    seen.press("ArrowUp")
    last = found.last
    expect(last).to_have_attribute("aria-selected", "true")
    field = seen.page.get_by_role("combobox", name="Search or jump to")
    expect(field).to_have_attribute("aria-activedescendant", str(last.get_attribute("id")))
    seen.press("Escape")
    seen.focused("Seat")


@pytest.mark.parametrize("how", [DESK, {**DESK, "theme": "dark", "language": "de"}])
def test_dialog_is_accessible(open_map: Open, trip: Journey, edda: User, how: dict[str, str]) -> None:
    seen = open_map(trip, edda, **how)
    seen.press("Control+k")
    seen.page.keyboard.type("e")
    expect(seen.page.get_by_role("option", name="Refund").first).to_be_visible()
    check_looks(seen.page)
    seen.page.keyboard.type("zzz")
    expect(seen.page.locator("#jump-found .empty-small")).to_be_visible()
    check_looks(seen.page)


def test_a_phone_finds_it_under_more(visit: Visit, trip: Journey, workspace: Workspace, edda: User) -> None:
    page = visit(edda, f"/w/{workspace.slug}/journeys/", **PHONE)
    page.locator(".bottom-navigation summary").tap()
    page.locator(".bottom-navigation [data-jump]").tap()
    page.keyboard.type("weekend")
    page.get_by_role("option", name="Weekend trip").tap()
    page.wait_for_url(f"**/journeys/{trip.pk}/")


def test_it_is_a_page_without_a_script(visit: Visit, trip: Journey, workspace: Workspace, vik: User) -> None:
    page = visit(vik, f"/w/{workspace.slug}/personas/", java_script_enabled=False)
    page.get_by_role("link", name="Search or jump to").click()
    page.get_by_role("searchbox", name="Search or jump to").fill("weekend")
    page.get_by_role("button", name="Search").click()
    page.locator("#jump-found").get_by_role("link", name="Weekend trip").click()
    expect(page.get_by_role("heading", name="Weekend trip")).to_be_visible()
