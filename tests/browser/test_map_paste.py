"""Several lines pasted into quick add are shown first, then added as one step."""

from playwright.sync_api import expect

from journeys.models import Journey
from tests.browser.conftest import Open
from tests.browser.hands import Map
from tests.browser.looks import PHONE, check_looks
from workspaces.models import User

PASTE = """text => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def paste(seen: Map, text: str) -> None:
    seen.page.evaluate(PASTE, text)


def test_pasted_lines_are_shown_then_added_behind_the_focused_one(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.focus("Shop")
    seen.press("n")
    paste(seen, "Cart\nBasket *\n")
    dialog = seen.page.get_by_role("dialog", name="Add several touchpoints")
    expect(dialog.get_by_role("listitem")).to_have_text(["Cart", "Basket moment of truth"])
    expect(dialog.get_by_role("button", name="Add 2 touchpoints")).to_be_focused()
    check_looks(seen.page)
    seen.press("Enter")
    seen.shows(Purchase="Shop Cart Basket Pay")
    seen.toast("2 touchpoints added").get_by_role("button", name="Undo").click()
    seen.shows(Purchase="Shop Pay")


def test_a_wrong_line_is_corrected_in_the_dialog(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda, **{**PHONE, "is_mobile": False})
    seen.page.locator(".phase-tabs a").nth(2).click()
    seen.phase("Kauf").locator(".quick-add summary").click()
    expect(seen.phase("Kauf").locator("[name=text]")).to_be_focused()
    paste(seen, "Cart @nowhere\nBasket")
    dialog = seen.page.locator("#paste-dialog")
    expect(dialog.locator("[data-wrong]")).to_contain_text("nowhere")
    check_looks(seen.page)
    dialog.get_by_role("textbox").fill("Cart\nBasket")
    dialog.locator("button:not([name])").last.click()
    dialog.locator("[name=add]").click()
    seen.shows(Kauf="Shop Pay Cart Basket")


def test_one_line_is_pasted_as_text(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.focus("Shop")
    seen.press("n")
    paste(seen, "Cart\n")
    expect(seen.page.locator("#paste-dialog")).to_be_hidden()
