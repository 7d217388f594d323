"""Overview, Timeline and Table of one map, and writing in its lanes."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from journeys.actions.cells import write_cell
from journeys.models import Journey
from tests.browser.conftest import Open
from tests.browser.looks import check_looks
from tests.journeys.scene import placed
from workspaces.models import User


def cell(page: Page, journey: Journey, name: str, lane: str) -> Locator:
    return page.locator(f"#cell-{lane}-{placed(journey, name).pk}")


def test_views_change_in_place_and_back_leads_back(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    page = seen.page
    page.evaluate("window.stayed = true")
    for view in ("Timeline", "Table"):
        page.get_by_role("link", name=view, exact=True).click()
        expect(page.locator(".map")).to_have_attribute("data-view", view.lower())
        expect(page.get_by_role("link", name=view, exact=True)).to_have_attribute("aria-current", "true")
        seen.shows(Purchase="Shop Pay", Retention="Board Seat Wifi Delay Refund")
    page.go_back()
    expect(page.locator(".map")).to_have_attribute("data-view", "timeline")
    page.get_by_role("link", name="Gap", exact=True).click()
    expect(page).to_have_url(f"/w/lindbahn/journeys/{trip.pk}/?view=timeline&lens=gap")
    assert page.evaluate("window.stayed")
    page.reload()
    expect(page.locator(".map")).to_have_attribute("data-view", "timeline")


def test_without_script_views_are_links(visit: Any, trip: Journey, vik: User) -> None:
    page = visit(vik, f"/w/lindbahn/journeys/{trip.pk}/", java_script_enabled=False)
    page.get_by_role("link", name="Table", exact=True).click()
    expect(page.get_by_role("row")).to_have_count(7 + 5)  # and a head in each phase
    page.get_by_role("link", name="Timeline", exact=True).click()
    expect(page.locator(".cells")).not_to_have_count(0)


def test_zoom_by_key_and_button(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.focus("Wifi")
    seen.press("-")
    expect(seen.page.locator(".map")).to_have_attribute("data-density", "compact")
    seen.focused("Wifi")
    seen.press("0")
    expect(seen.page.locator(".map")).to_have_attribute("data-density", "comfortable")
    seen.page.get_by_role("link", name="Zoom out").click()
    expect(seen.page.locator(".map")).to_have_attribute("data-density", "compact")


def test_in_the_timeline_the_column_moves_as_it_is_carried(open_map: Open, trip: Journey, edda: User) -> None:
    write_cell(placed(trip, "Delay"), lane="quote", was="", value="Nobody told us", by=edda)
    seen = open_map(trip, edda)
    seen.page.get_by_role("link", name="Timeline", exact=True).click()
    expect(seen.page.locator(".map")).to_have_attribute("data-view", "timeline")
    seen.focus("Delay")
    seen.press("Space", "ArrowLeft", "ArrowLeft")
    quotes = seen.phase("Retention").locator("[data-lane=quote] > .cell")
    expect(quotes).to_have_text(["", "“Nobody told us”", "", "", ""])
    expect(quotes.nth(1)).to_have_attribute("data-state", "lifted")
    seen.press("Enter")
    seen.settled()
    expect(quotes).to_have_text(["", "“Nobody told us”", "", "", ""])
    seen.shows(Retention="Board Delay Seat Wifi Refund")


def test_a_cell_is_written_by_key_and_keeps_the_focus(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.page.get_by_role("link", name="Timeline", exact=True).click()
    expect(seen.page.locator(".map")).to_have_attribute("data-view", "timeline")
    seat = cell(seen.page, trip, "Seat", "action")
    seat.focus()
    seen.press("F2")
    seen.page.keyboard.type("Looks for seat 24")
    seen.press("Enter")
    seen.hears("Saved.")
    expect(seat).to_have_text("Looks for seat 24")
    expect(seat).to_be_focused()
    seen.press("Enter")
    seen.page.keyboard.type(" and gives up")
    seen.press("Escape")
    expect(seat).to_have_text("Looks for seat 24")
    seen.press("ArrowRight")
    expect(cell(seen.page, trip, "Wifi", "action")).to_be_focused()
    assert placed(trip, "Seat").customer_action == "Looks for seat 24"


def test_a_cell_stays_open_while_others_change_the_map(open_map: Open, trip: Journey, ada: User, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.page.get_by_role("link", name="Timeline", exact=True).click()
    expect(seen.page.locator(".map")).to_have_attribute("data-view", "timeline")
    expect(seen.page.locator("body")).to_have_attribute("data-live-state", "open")
    seat = cell(seen.page, trip, "Seat", "action")
    seat.dblclick()
    seen.page.keyboard.type("Looks")
    write_cell(placed(trip, "Wifi"), lane="quote", was="", value="No signal", by=ada)
    seen.page.wait_for_timeout(2_500)  # longer than news wait for a pause in typing
    seen.page.keyboard.type(" for 24")
    seen.press("Enter")
    expect(seat).to_have_text("Looks for 24")
    expect(cell(seen.page, trip, "Wifi", "quote")).to_have_text("“No signal”")


def test_two_who_write_in_one_cell_lose_neither_text(open_map: Open, trip: Journey, ada: User, edda: User) -> None:
    seen = open_map(trip, edda, deaf=True, stands_for="409")
    seen.page.get_by_role("link", name="Timeline", exact=True).click()
    expect(seen.page.locator(".map")).to_have_attribute("data-view", "timeline")
    write_cell(placed(trip, "Wifi"), lane="quote", was="", value="No signal", by=ada)
    wifi = cell(seen.page, trip, "Wifi", "quote")
    wifi.dblclick()
    seen.page.keyboard.type("Nothing loads")
    seen.press("Enter")
    expect(wifi.get_by_role("textbox")).to_have_value("Nothing loads")
    expect(wifi.get_by_role("alert")).to_contain_text("“No signal”")
    seen.press("Enter")
    expect(wifi).to_have_text("“Nothing loads”")
    seen.until(lambda: placed(trip, "Wifi").quote == "Nothing loads")


def test_the_table_is_edited_in_its_cells(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.page.get_by_role("link", name="Table", exact=True).click()
    expect(seen.page.locator(".map")).to_have_attribute("data-view", "table")
    action = cell(seen.page, trip, "Pay", "action")
    action.dblclick()
    seen.page.keyboard.type("Pays by card")
    seen.press("Enter")
    expect(action).to_have_text("Pays by card")
    seen.touchpoint("Pay").get_by_role("link", name="Move or change Pay").click()
    seen.page.get_by_role("button", name="Move earlier").click()
    seen.shows(Purchase="Pay Shop")
    seen.settled()
    seen.page.reload()
    seen.shows(Purchase="Pay Shop")


@pytest.mark.parametrize("view", ["timeline", "table"])
@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("de", "dark")])
def test_views_are_accessible(open_map: Open, trip: Journey, edda: User, view: str, language: str, theme: str) -> None:
    seen = open_map(trip, edda, language=language, theme=theme)
    seen.page.goto(f"{seen.page.url}?view={view}")
    seen.page.wait_for_selector("#map[data-ready]")
    check_looks(seen.page)


def test_a_viewer_writes_in_no_cell(open_map: Open, trip: Journey, vik: User) -> None:
    seen = open_map(trip, vik)
    seen.page.get_by_role("link", name="Timeline", exact=True).click()
    seat = cell(seen.page, trip, "Seat", "action")
    seat.dblclick()
    expect(seen.page.get_by_role("textbox")).to_have_count(0)
