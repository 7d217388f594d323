"""More than a person can follow at once waits until they ask for it."""

from playwright.sync_api import expect

from journeys.models import Journey
from tests.browser.conftest import Open
from tests.browser.hands import middle
from tests.journeys.scene import drawn, placed
from touchpoints.actions import edit_touchpoint
from workspaces.models import User, Workspace

TELL = "document.body.dispatchEvent(new CustomEvent('etappe:news', {detail: {resync: true}}))"


def rename(journey: Journey, names: str, *, by: User) -> None:
    for name in names.split():
        known = placed(journey, name).touchpoint
        edit_touchpoint(known, version=known.version, by=by, name=f"{name}s")


def test_seven_changes_wait_to_be_shown_and_two_do_not(
    open_map: Open, workspace: Workspace, edda: User, ada: User
) -> None:
    journey = drawn(workspace, edda, "Trip", purchase="A B C", retention="D E F G H I")
    seen = open_map(journey, edda, deaf=True)
    seen.focus("I")
    rename(journey, "A B", by=ada)
    seen.page.evaluate(TELL)
    seen.shows(Purchase="As Bs C")
    expect(seen.touchpoint("As")).to_have_attribute("data-state", "changed")
    seen.focused("I")
    bar = seen.page.locator("#map-news")
    expect(bar).to_be_hidden()
    rename(journey, "C D E F G H", by=ada)
    seen.page.evaluate(TELL)
    expect(bar).to_contain_text("Others have made 6 changes")
    seen.hears("Others have made 6 changes")
    seen.shows(Purchase="As Bs C", Retention="D E F G H I")
    seen.focused("I")
    rename(journey, "I", by=ada)
    seen.page.evaluate(TELL)
    expect(bar).to_contain_text("7 changes")
    bar.get_by_role("button", name="Show").click()
    seen.shows(Purchase="As Bs Cs", Retention="Ds Es Fs Gs Hs Is")
    expect(bar).to_be_hidden()
    seen.focused("Cs")
    expect(seen.touchpoint("Is")).to_have_attribute("data-state", "changed")


def test_news_between_press_and_lift_do_not_end_the_drag(open_map: Open, trip: Journey, edda: User, ada: User) -> None:
    seen = open_map(trip, edda, deaf=True)
    link = seen.touchpoint("Delay").get_by_role("link", name="Delay", exact=True)  # a browser drags links by itself
    x, y = middle(link)
    seen.page.mouse.move(x, y)
    seen.page.mouse.down()
    rename(trip, "Pay", by=ada)
    seen.page.evaluate(TELL)
    seen.shows(Purchase="Shop Pays")
    seen.carry(seen.touchpoint("Shop"))
    seen.drop()
    seen.shows(Purchase="Shop Delay Pays")
    seen.settled()
