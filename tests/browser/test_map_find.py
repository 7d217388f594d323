"""Looking for touchpoints, and arranging lanes, in place."""

from playwright.sync_api import expect

from journeys.actions.lanes import show_lane
from journeys.models import Journey, Lane
from tests.browser.conftest import Open
from tests.browser.looks import check_looks
from workspaces.models import User


def test_what_is_typed_dims_the_rest_says_how_many_and_stands_in_the_address(
    open_map: Open, trip: Journey, edda: User
) -> None:
    seen = open_map(trip, edda)
    page = seen.page
    page.evaluate("window.stayed = true")
    seen.focus("Wifi")
    seen.press("f")
    page.keyboard.type("wifi")
    expect(page.get_by_text("1 of 7 shown", exact=True)).to_be_visible()
    seen.hears("Overview, Health, 1 of 7 shown")
    expect(page.get_by_role("searchbox", name="Find a text")).to_be_focused()
    expect(page.locator(".touchpoint[data-dimmed]")).to_have_count(6)
    expect(page).to_have_url(f"/w/lindbahn/journeys/{trip.pk}/?q=wifi")
    check_looks(page)
    page.get_by_role("textbox", name="Name of the view").fill("Signal")
    page.get_by_role("button", name="Save view").click()
    page.get_by_role("link", name="Clear", exact=True).first.click()
    expect(page.locator(".touchpoint[data-dimmed]")).to_have_count(0)
    page.locator("#filter > summary").click()
    page.get_by_role("link", name="Signal", exact=True).click()
    expect(page.locator(".touchpoint[data-dimmed]")).to_have_count(6)


def test_in_the_table_only_what_is_found_is_walked(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    page = seen.page
    page.goto(f"{page.url}?view=table&q=i")  # Wifi; Board, Seat … have none
    expect(page.locator("#map[data-ready]")).to_be_visible()
    shown = page.locator(".touchpoint:not([data-out])")
    expect(shown.locator(".touchpoint-number").first).to_have_css("counter-increment", "none")
    names = shown.locator(".touchpoint-name").all_text_contents()
    shown.locator(".touchpoint-name").first.focus()
    for _name in names:
        seen.press("ArrowDown")
    expect(shown.locator(".touchpoint-name").last).to_be_focused()


def test_lanes_are_arranged_in_place_and_colleagues_see_it(
    open_map: Open, trip: Journey, ada: User, edda: User
) -> None:
    seen = open_map(trip, edda)
    page = seen.page
    page.get_by_role("link", name="Timeline", exact=True).click()
    expect(page.locator(".map")).to_have_attribute("data-view", "timeline")
    page.locator("#lanes > summary").click()
    page.get_by_role("button", name="Thinks and says", exact=True).click()
    expect(page.locator("[data-lane=quote]")).to_have_count(0)
    expect(page.get_by_role("button", name="Thinks and says", exact=True)).to_be_focused()
    page.get_by_role("button", name="Move Backstage up").click()
    page.locator(".lanes-add [name=name]").fill("Calls")
    page.get_by_role("button", name="Add", exact=True).last.click()
    expect(page.locator(".lane-label").last).to_have_text("Calls")
    check_looks(page)
    expect(page.locator("body")).to_have_attribute("data-live-state", "open")
    backstage = Lane.objects.select_related("journey__workspace").get(journey=trip, kind="backstage")
    show_lane(backstage, shown=False, by=ada)
    expect(page.locator(".lane-label[data-lane=backstage]")).to_have_count(0)
    seen.press("Escape", "Control+z")
    expect(page.locator(".lane-label", has_text="Calls")).to_have_count(0)
