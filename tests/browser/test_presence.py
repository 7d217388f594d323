"""Who else is on the map, and at what they are."""

from playwright.sync_api import expect

from journeys.models import Journey
from tests.browser.conftest import Open
from tests.browser.hands import box_of
from tests.browser.looks import check_looks
from workspaces.models import User

PARTS = ("#summary", ".map-actions", ".map-scroll")  # which must not jump when somebody comes


def test_two_people_see_each_other_and_what_the_other_lifts(
    open_map: Open, trip: Journey, edda: User, vik: User
) -> None:
    his = open_map(trip, vik)
    expect(his.page.locator("body")).to_have_attribute("data-live-state", "open")
    expect(his.page.locator("#present > *")).to_have_count(0)
    alone = [box_of(his.page.locator(part)) for part in PARTS]
    hers = open_map(trip, edda)
    expect(his.page.locator("#present").get_by_role("img", name="Edda")).to_be_visible()
    expect(hers.page.locator("#present").get_by_role("img", name="Vik")).to_be_visible()
    assert [box_of(his.page.locator(part)) for part in PARTS] == alone
    hers.focus("Delay")
    hers.press("Space")
    card = his.touchpoint("Delay")
    expect(card).to_have_attribute("data-busy", "Edda")
    expect(hers.page.locator("[data-busy]")).to_have_count(0)
    check_looks(his.page)
    hers.press("ArrowUp", "Enter")
    his.shows(Retention="Board Seat Delay Wifi Refund")
    expect(card).not_to_have_attribute("data-busy", "Edda")
    hers.touchpoint("Wifi").locator(".touchpoint-name").focus()
    hers.press("F2")
    expect(his.touchpoint("Wifi")).to_have_attribute("data-busy", "Edda")
    hers.page.close()
    expect(his.page.locator("#present > *")).to_have_count(0)
