"""A touchpoint is added where one stands, by a line that stays open for the next."""

from playwright.sync_api import expect

from journeys.models import Journey
from tests.browser.conftest import Open
from tests.browser.looks import check_looks
from tests.journeys.scene import placed
from touchpoints.actions.channels import create_channel
from workspaces.models import Team, User, Workspace


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
    field = seen.phase("Purchase").get_by_label("New touchpoint in Purchase")
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
    field = seen.phase("Purchase").get_by_label("New touchpoint in Purchase")
    expect(field).to_have_value("Kiosk @nowhere")
    expect(seen.phase("Purchase").get_by_role("alert")).to_be_visible()
    seen.shows(Purchase="Shop Pay")


def test_marks_are_suggested_and_shown_as_they_will_be_taken(
    open_map: Open, trip: Journey, workspace: Workspace, edda: User
) -> None:
    create_channel(workspace, name="In person", icon="user", by=edda)
    create_channel(workspace, name="Intercom", by=edda)
    Team.objects.create(workspace=workspace, name="Service desk")
    seen = open_map(trip, edda)
    seen.focus("Shop")
    seen.press("n")
    field = seen.phase("Purchase").get_by_role("combobox")
    seen.page.keyboard.type("Lounge @in")
    expect(seen.page.locator("#quick-add-names [role=option]")).to_have_text(["In person", "Intercom"])
    expect(seen.phase("Purchase").locator(".tag")).to_have_count(0)
    check_looks(seen.page)
    seen.press("ArrowDown", "Enter")
    expect(field).to_have_value("Lounge @In person ")
    expect(seen.phase("Purchase").locator(".tag")).to_have_text("In person")
    seen.page.keyboard.type("#serv")
    expect(seen.phase("Purchase").locator(".tag")).to_have_text(["In person", "Service desk"])
    seen.press("Escape")
    expect(seen.page.locator("#quick-add-names")).to_be_hidden()
    seen.press("Enter")
    seen.shows(Purchase="Shop Lounge Pay")
    expect(seen.phase("Purchase").locator(".tag")).to_have_count(0)
    assert str(placed(trip, "Lounge").touchpoint.channel) == "In person"
    assert str(placed(trip, "Lounge").touchpoint.owner) == "Service desk"
