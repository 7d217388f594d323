"""Everything that a mouse does, by keyboard and by form."""

from playwright.sync_api import expect

from journeys.models import Journey
from tests.browser.conftest import Open
from workspaces.models import User


def test_one_tab_stop_in_each_phase_and_arrows_within(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.focus("Shop")
    seen.press("ArrowDown")
    seen.focused("Pay")
    seen.press("ArrowRight")
    seen.focused("Board")
    seen.press("End")
    seen.focused("Refund")
    seen.press("Tab")
    expect(seen.phase("Retention").locator("summary")).to_be_focused()
    seen.press("Shift+Tab")
    seen.focused("Refund")
    seen.press("Home", "ArrowUp")
    seen.focused("Pay")
    assert seen.page.locator('.touchpoint [tabindex="0"]').count() == 2


def test_space_lifts_arrows_move_enter_drops(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.focus("Delay")
    seen.press("Space")
    seen.hears("Picked up Delay, position 4 of 5 in Retention. Arrow keys move, Enter drops, Escape cancels.")
    expect(seen.page.get_by_role("toolbar", name="Move")).to_be_visible()
    seen.press("ArrowUp")
    seen.hears("Position 3 of 5, between Seat and Wifi.")
    seen.shows(Retention="Board Seat Delay Wifi Refund")
    seen.press("Home")
    seen.hears("Position 1 of 5, before Board.")
    seen.press("Enter")
    seen.hears("Dropped. Retention, position 1 of 5.")
    seen.focused("Delay")
    expect(seen.page.locator("#move-bar")).to_be_hidden()
    seen.page.reload()
    seen.shows(Retention="Delay Board Seat Wifi Refund")


def test_shift_and_arrow_change_the_phase_and_escape_restores(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.focus("Delay")
    seen.press("Space", "Shift+ArrowLeft")
    seen.hears("Purchase. Position 3 of 3, after Pay.")
    seen.press("Shift+ArrowLeft")
    seen.hears("Consideration. Position 1 of 1.")
    seen.press("Escape")
    seen.hears("Cancelled, back at position 4.")
    seen.focused("Delay")
    seen.shows(Retention="Board Seat Wifi Delay Refund")
    expect(seen.page.locator("#toasts > *")).to_have_count(0)


def test_toolbar_moves_without_arrow_keys(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.focus("Delay")
    seen.press("Space", "Tab")
    expect(seen.page.get_by_role("button", name="Earlier")).to_be_focused()
    seen.press("Enter", "Enter")
    seen.shows(Retention="Board Delay Seat Wifi Refund")
    seen.page.get_by_role("button", name="Drop").click()
    seen.hears("Dropped. Retention, position 2 of 5.")
    seen.focused("Delay")


def test_m_opens_move_to(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.focus("Delay")
    seen.press("m")
    menu = seen.page.locator("#touchpoint-menu")
    expect(menu.get_by_label("Phase")).to_be_focused()
    menu.get_by_label("Phase").select_option(label="Purchase")
    menu.get_by_label("Position").select_option(label="2 of 3, after Shop")
    menu.get_by_role("button", name="Move", exact=True).click()
    seen.shows(Purchase="Shop Delay Pay")
    seen.focused("Delay")


def test_menu_moves_earlier_and_removes(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.touchpoint("Seat").hover()
    seen.touchpoint("Seat").locator(".touchpoint-grip").click()
    seen.page.get_by_role("button", name="Move earlier").click()
    seen.shows(Retention="Seat Board Wifi Delay Refund")
    seen.focus("Wifi")
    seen.press("Shift+F10", "ArrowDown", "Escape")
    seen.focused("Wifi")
    seen.press("Delete")
    seen.shows(Retention="Seat Board Delay Refund")
    seen.focused("Delay")
    seen.toast("Undo").get_by_role("button", name="Undo").click()
    seen.shows(Retention="Seat Board Wifi Delay Refund")


def test_undo_and_redo_by_key_and_toast(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.focus("Delay")
    seen.press("Space", "ArrowUp", "Enter")
    seen.toast("moved").get_by_role("button", name="Undo").click()
    seen.shows(Retention="Board Seat Wifi Delay Refund")
    seen.settled()
    seen.press("Control+Shift+z")
    seen.shows(Retention="Board Seat Delay Wifi Refund")
    seen.press("Control+z")
    seen.shows(Retention="Board Seat Wifi Delay Refund")
    seen.press("Control+y")
    seen.shows(Retention="Board Seat Delay Wifi Refund")
    expect(seen.page.locator("#toasts > *")).to_have_count(1)


def test_quick_add_says_what_is_wrong_and_keeps_the_text(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda, stands_for="422")
    seen.focus("Shop")
    seen.press("n")
    seen.page.keyboard.type("Cart @nowhere\n")
    expect(seen.phase("Purchase").get_by_role("alert")).to_contain_text("nowhere")
    expect(seen.phase("Purchase").get_by_label("New touchpoint in Purchase")).to_have_value("Cart @nowhere")


def test_single_keys_can_be_switched_off(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.focus("Shop")
    seen.press("?")
    seen.page.get_by_label("Single keys act on the focused touchpoint").uncheck()
    seen.press("Escape")
    seen.focus("Shop")
    seen.press("m", "Delete", "Space")
    expect(seen.page.locator("#touchpoint-menu")).to_be_hidden()
    seen.shows(Purchase="Shop Pay")
    expect(seen.page.locator("#move-bar")).to_be_hidden()


def test_the_sheet_lists_every_key(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.focus("Shop")
    seen.press("?")
    sheet = seen.page.get_by_role("dialog", name="Keys")
    listed = {text for row in sheet.locator("dd").all() for text in row.locator("kbd").all_text_contents()}
    arrows, shifted = {"←", "→", "↑", "↓"}, {"⇧ ←", "⇧ →", "⇧ ↑", "⇧ ↓", "⇧ Tab", "⇧ F10"}
    held = {"Ctrl A", "Ctrl K", "Ctrl Y", "Ctrl Z"}
    named = {"Home", "End", "Tab", "Enter", "Space", "Esc", "Del", "F2"}
    assert listed == arrows | shifted | held | named | {"C", "F", "M", "N", "X", "0", "+", "−", "?"}
    seen.press("Escape")
    seen.focused("Shop")


def test_f2_in_a_cell_of_the_table_writes_there_and_renames_nothing(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda, query="?view=table")
    cell = seen.touchpoint("Seat").locator("[data-field=customer_action]")
    cell.focus()
    seen.press("F2")
    expect(cell.locator("textarea")).to_be_focused()
    expect(seen.page.locator("form.rename")).to_have_count(0)


def test_map_works_without_a_script(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda, java_script_enabled=False)
    seen.page.get_by_role("link", name="Move or change Delay").focus()
    seen.press("Enter")
    purchase = seen.page.locator("form", has_text="Purchase")
    purchase.get_by_label("Purchase").select_option(label="after Shop")
    purchase.get_by_role("button", name="Move").click()
    seen.shows(Purchase="Shop Delay Pay")
    seen.page.get_by_label("Add a touchpoint to Advocacy").click()
    seen.page.get_by_role("textbox", name="New touchpoint in Advocacy").fill("Tell")
    seen.press("Enter")
    seen.shows(Advocacy="Tell")
    seen.page.get_by_role("button", name="Undo").click()
    expect(seen.phase("Advocacy").locator(".touchpoint")).to_have_count(0)
