"""A touchpoint is added where one stands, by a line that stays open for the next."""

from playwright.sync_api import expect

from journeys.models import Journey
from tests.browser.conftest import Open
from workspaces.models import User


def test_a_click_on_add_lets_one_type_at_once_and_the_next_after_it(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.page.get_by_label("Add a touchpoint to Purchase").click()
    seen.page.keyboard.type("Kiosk")
    seen.press("Enter")
    seen.shows(Purchase="Shop Pay Kiosk")
    seen.page.keyboard.type("Bus *")
    seen.press("Enter")
    seen.shows(Purchase="Shop Pay Kiosk Bus")
    expect(seen.touchpoint("Bus").locator(".star")).to_be_visible()
    seen.press("Escape")
    expect(seen.page.get_by_label("Add a touchpoint to Purchase")).to_be_focused()


def test_n_adds_behind_the_focused_touchpoint_and_stays_open_for_the_next(
    open_map: Open, trip: Journey, edda: User
) -> None:
    seen = open_map(trip, edda)
    seen.focus("Shop")
    seen.press("n")
    seen.page.keyboard.type("Cart\n")
    seen.shows(Purchase="Shop Cart Pay")
    field = seen.phase("Purchase").get_by_role("textbox")
    expect(field).to_be_focused()
    seen.page.keyboard.type("Basket *\n")
    seen.shows(Purchase="Shop Cart Basket Pay")
    seen.page.keyboard.type("@nowhere")
    seen.press("Escape")
    expect(field).to_be_hidden()


def test_what_cannot_be_added_stays_in_its_field_beside_the_reason(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda, stands_for="422")
    seen.page.get_by_label("Add a touchpoint to Purchase").click()
    seen.page.keyboard.type("Kiosk @nowhere")
    seen.press("Enter")
    field = seen.phase("Purchase").get_by_role("textbox")
    expect(field).to_have_value("Kiosk @nowhere")
    expect(seen.phase("Purchase").get_by_role("alert")).to_be_visible()
    seen.shows(Purchase="Shop Pay")
