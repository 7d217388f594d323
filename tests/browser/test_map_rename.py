"""Names are changed where they stand, and none is lost."""

from playwright.sync_api import expect

from journeys.models import Journey
from tests.browser.conftest import Open
from tests.browser.looks import check_looks
from tests.journeys.scene import placed
from touchpoints.actions.library import edit_touchpoint
from workspaces.models import User


def test_f2_renames_enter_saves_and_undo_takes_back(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.focus("Delay")
    seen.press("F2")
    field = seen.page.get_by_role("textbox", name="Name", exact=True)
    expect(field).to_have_value("Delay")
    check_looks(seen.page)
    seen.page.keyboard.type("Latecoming\n")
    seen.focused("Latecoming")
    expect(seen.toast("“Delay” renamed “Latecoming”")).to_be_visible()
    seen.press("Control+z")
    seen.shows(Retention="Board Seat Wifi Delay Refund")


def test_escape_keeps_the_name_and_leaving_saves_it(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.focus("Delay")
    seen.press("F2")
    seen.page.keyboard.type("Nothing")
    seen.press("ArrowUp", "Escape")
    seen.focused("Delay")
    seen.press("F2")
    seen.page.keyboard.type("Late")
    seen.page.locator(".map-title").click()
    seen.shows(Retention="Board Seat Wifi Late Refund")
    seen.settled()
    assert placed(trip, "Late").touchpoint.version == 2


def test_double_click_renames_without_the_panel(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.touchpoint("Delay").dblclick()
    expect(seen.page.get_by_role("textbox", name="Name", exact=True)).to_be_focused()
    seen.page.wait_for_timeout(400)
    expect(seen.page.locator("#panel")).to_be_empty()
    seen.press("Escape")
    seen.touchpoint("Seat").click()
    expect(seen.page.locator("#panel-title")).to_be_focused()


def test_a_taken_name_stays_in_its_field_beside_the_reason(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda, stands_for="422")
    seen.focus("Delay")
    seen.press("F2")
    seen.page.keyboard.type("Shop\n")
    field = seen.page.get_by_role("textbox", name="Name", exact=True)
    expect(field).to_have_value("Shop")
    expect(field).to_have_accessible_description("There is already a touchpoint of that name.")
    seen.press("Escape")
    seen.shows(Retention="Board Seat Wifi Delay Refund")


def test_a_conflict_loses_neither_name(open_map: Open, trip: Journey, edda: User, ada: User) -> None:
    seen = open_map(trip, edda, deaf=True, stands_for="409")
    edit_touchpoint(placed(trip, "Delay").touchpoint, version=1, by=ada, name="Late")
    seen.focus("Delay")
    seen.press("F2")
    seen.page.keyboard.type("Latecoming\n")
    field = seen.page.get_by_role("textbox", name="Name", exact=True)
    expect(field).to_have_value("Latecoming")
    expect(seen.page.locator("#rename-error")).to_contain_text("called “Late”")
    seen.press("Enter")
    seen.shows(Retention="Board Seat Wifi Latecoming Refund")


def test_a_phase_is_renamed_by_double_click_and_by_f2_on_its_add(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.page.get_by_role("heading", name="Retention").dblclick()
    seen.page.keyboard.type("On board\n")
    expect(seen.page.get_by_role("heading", name="On board")).to_be_visible()
    seen.settled()
    expect(seen.toast("On board")).to_be_visible()
    seen.phase("On board").locator("summary").focus()
    seen.press("F2")
    expect(seen.page.get_by_role("textbox", name="Name of the phase")).to_have_value("On board")
    seen.press("Delete", "Enter")
    expect(seen.page.get_by_role("heading", name="Retention")).to_be_visible()
