"""Several touchpoints are selected and changed as one, by key, by mouse, by touch and by form."""

import pytest
from playwright.sync_api import expect

from journeys.actions.placements import edit_placement
from journeys.models import Journey
from tests.browser.conftest import Open
from tests.browser.hands import Map
from tests.browser.looks import DESK, PHONE, check_looks
from tests.journeys.scene import placed
from workspaces.models import Team, User, Workspace


def selected(seen: Map) -> str:
    return " ".join(seen.page.locator("#map .touchpoint[data-selected] .touchpoint-name").all_text_contents())


def test_x_selects_shift_extends_escape_clears(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.focus("Pay")
    seen.press("x")
    seen.hears("1 selected")
    seen.press("Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight")
    seen.hears("4 selected")
    seen.press("Shift+ArrowLeft")
    seen.focused("Seat")
    assert selected(seen) == "Pay Board Seat"
    expect(seen.touchpoint("Seat").locator(".touchpoint-name")).to_have_accessible_description("No data yet selected")
    seen.press("x")
    assert selected(seen) == "Pay Board"
    seen.press("Control+a")
    assert selected(seen) == "Pay Board Seat Wifi Delay Refund"
    seen.press("Escape")
    expect(seen.page.locator("#bulk-bar")).to_be_hidden()
    assert selected(seen) == ""
    seen.focused("Seat")


def test_ctrl_click_and_shift_click_select_without_opening_the_panel(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.touchpoint("Board").click(modifiers=["ControlOrMeta"])
    seen.touchpoint("Wifi").click(modifiers=["Shift"])
    assert selected(seen) == "Board Seat Wifi"
    seen.touchpoint("Seat").click(modifiers=["ControlOrMeta"])
    assert selected(seen) == "Board Wifi"
    expect(seen.page.locator("#panel")).to_be_empty()
    expect(seen.page.get_by_role("toolbar", name="Selected touchpoints")).to_contain_text("2 selected")


def test_selected_move_as_one_step_by_the_bar(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.focus("Seat")
    seen.press("x", "ArrowDown", "ArrowDown", "x", "Shift+F10")
    expect(seen.page.get_by_role("button", name="Move", exact=True)).to_be_focused()
    seen.press("ArrowRight", "ArrowLeft", "Enter")
    dialog = seen.page.get_by_role("dialog", name="Move")
    dialog.get_by_label("Purchase").select_option(label="after Shop")
    dialog.locator("form", has_text="Purchase").get_by_role("button", name="Move").click()
    seen.shows(Purchase="Shop Seat Delay Pay", Retention="Board Wifi Refund")
    seen.settled()
    assert selected(seen) == "Seat Delay"
    seen.press("Control+z")
    seen.shows(Purchase="Shop Pay", Retention="Board Seat Wifi Delay Refund")
    seen.press("Control+y")
    seen.shows(Purchase="Shop Seat Delay Pay")
    seen.settled()
    seen.page.reload()
    seen.shows(Purchase="Shop Seat Delay Pay", Retention="Board Wifi Refund")


def test_dragging_one_carries_all(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    for name in ("Board", "Refund"):
        seen.touchpoint(name).click(modifiers=["ControlOrMeta"])
    seen.grab("Refund")
    expect(seen.page.locator("#map-carried .touchpoint")).to_have_attribute("data-flag", "2")
    seen.carry(seen.touchpoint("Shop"))
    seen.drop()
    seen.shows(Purchase="Shop Board Refund Pay", Retention="Seat Wifi Delay")
    expect(seen.toast("2 touchpoints moved to Purchase")).to_be_visible()


def test_conflict_puts_all_back_and_says_whose(open_map: Open, trip: Journey, edda: User, ada: User) -> None:
    seen = open_map(trip, edda, deaf=True, stands_for="409")
    edit_placement(placed(trip, "Delay"), version=1, by=ada, quote="Late")
    seen.focus("Delay")
    seen.press("x", "ArrowUp", "x", "Delete")
    seen.shows(Retention="Board Seat Wifi Delay Refund")
    expect(seen.page.locator("#toasts > [data-kind=error]")).to_contain_text("“Delay”")
    expect(seen.touchpoint("Wifi")).to_have_attribute("data-flag", "Moved back")
    seen.page.get_by_role("button", name="Try again").click()
    seen.shows(Retention="Board Seat Refund")
    seen.toast("taken off").get_by_role("button", name="Undo").click()
    seen.shows(Retention="Board Seat Wifi Delay Refund")


def test_owner_of_all_by_keys(open_map: Open, trip: Journey, edda: User, workspace: Workspace) -> None:
    Team.objects.create(workspace=workspace, name="Fleet")
    seen = open_map(trip, edda)
    seen.focus("Shop")
    seen.press("Control+a")
    seen.page.get_by_role("button", name="Owner").click()
    dialog = seen.page.get_by_role("dialog", name="Owner")
    dialog.get_by_label("Owner").select_option(label="Fleet")
    check_looks(seen.page)
    dialog.get_by_role("button", name="Save").click()
    expect(seen.toast("Owner of 2 touchpoints: Fleet")).to_be_visible()
    assert str(placed(trip, "Pay").touchpoint.owner) == "Fleet"


def test_viewer_selects_nothing(open_map: Open, trip: Journey, vik: User) -> None:
    seen = open_map(trip, vik)
    seen.focus("Shop")
    seen.press("x", "Control+a")
    assert selected(seen) == ""


def test_touch_selects_by_the_menu_and_then_by_a_tap(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda, **PHONE)
    seen.page.locator(".phase-tabs a").nth(3).tap()
    seen.touchpoint("Board").locator(".touchpoint-grip").tap()
    seen.page.locator("#touchpoint-menu [data-do=select]").tap()
    seen.touchpoint("Wifi").locator(".touchpoint-name").tap()
    assert selected(seen) == "Board Wifi"
    expect(seen.page.locator("#panel")).to_be_empty()
    check_looks(seen.page)
    small = seen.page.locator("#bulk-bar button").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().height < 44).length"
    )
    assert small == 0


@pytest.mark.parametrize("how", [DESK, {**DESK, "theme": "dark", "language": "de"}])
def test_selection_is_accessible(open_map: Open, trip: Journey, edda: User, how: dict[str, str]) -> None:
    seen = open_map(trip, edda, **how)
    seen.focus("Shop")
    seen.press("Control+a")
    expect(seen.page.locator("#bulk-bar")).to_be_visible()
    check_looks(seen.page)
    seen.press("m")
    expect(seen.page.locator("#bulk-dialog")).to_be_visible()
    check_looks(seen.page)


def test_rows_of_the_table_are_ticked_and_moved(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda, query="?view=table")
    seen.page.get_by_role("checkbox", name="Select Seat").check()
    seen.page.get_by_role("checkbox", name="Select Delay").focus()
    seen.press("Space")
    seen.hears("2 selected")
    check_looks(seen.page)
    seen.page.locator("#bulk").get_by_role("button", name="Move", exact=True).click()
    dialog = seen.page.get_by_role("dialog", name="Move")
    dialog.locator("form", has_text="Purchase").get_by_role("button", name="Move").click()
    seen.shows(Purchase="Shop Pay Seat Delay", Retention="Board Wifi Refund")
    seen.settled()
    expect(seen.page.get_by_role("checkbox", name="Select Seat")).to_be_checked()
    seen.press("Escape")
    expect(seen.page.get_by_role("checkbox", checked=True)).to_have_count(0)


def test_table_works_as_a_plain_form(open_map: Open, trip: Journey, edda: User, workspace: Workspace) -> None:
    Team.objects.create(workspace=workspace, name="Fleet")
    seen = open_map(trip, edda, query="?view=table", java_script_enabled=False)
    for name in ("Seat", "Delay"):
        seen.page.get_by_role("checkbox", name=f"Select {name}").check()
    seen.page.locator("#bulk").get_by_role("button", name="Owner").click()
    expect(seen.page.get_by_text("Seat, Delay")).to_be_visible()
    seen.page.get_by_label("Owner").select_option(label="Fleet")
    seen.page.get_by_role("button", name="Save").click()
    expect(seen.page.get_by_text("Owner of 2 touchpoints: Fleet")).to_be_visible()
