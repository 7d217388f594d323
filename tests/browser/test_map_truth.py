"""The server is right: what it refuses goes back, what it did not hear waits, what others do comes by itself."""

from playwright.sync_api import Route, expect

from journeys.actions.placements import archive_placement, move_placement
from journeys.models import Journey
from tests.browser.conftest import Open
from tests.cast import member_of
from tests.journeys.scene import phase, placed
from workspaces.actions.members import change_role
from workspaces.models import Role, User, Workspace


def move(journey: Journey, name: str, kind: str, after: str | None = None, *, by: User) -> None:
    """Somebody moves a touchpoint while another one's page is open."""
    placement = placed(journey, name)
    neighbour = placed(journey, after) if after else None
    move_placement(placement, to_phase=phase(journey, kind), after=neighbour, version=placement.version, by=by)


def test_move_of_what_someone_else_moved_goes_back_to_their_order(
    open_map: Open, trip: Journey, edda: User, ada: User
) -> None:
    seen = open_map(trip, edda, deaf=True, stands_for="409")
    move(trip, "Delay", "advocacy", by=ada)
    seen.focus("Delay")
    seen.press("Space", "ArrowUp", "Enter")
    seen.shows(Advocacy="Delay", Retention="Board Seat Wifi Refund")
    card = seen.touchpoint("Delay")
    expect(card).to_have_attribute("data-state", "rejected")
    expect(card).to_have_attribute("data-flag", "Moved back")
    expect(seen.page.locator("#toasts > [data-kind=error]")).to_contain_text("Ada has changed “Delay” since")
    expect(seen.page.locator("#alerts")).to_contain_text("Not saved")
    seen.focused("Delay")
    seen.page.get_by_role("button", name="Try again").click()
    seen.shows(Retention="Board Seat Delay Wifi Refund")
    seen.settled()
    seen.page.reload()
    seen.shows(Retention="Board Seat Delay Wifi Refund")


def test_neighbours_that_moved_are_no_conflict(open_map: Open, trip: Journey, edda: User, ada: User) -> None:
    seen = open_map(trip, edda, deaf=True)
    move(trip, "Board", "retention", "Refund", by=ada)
    seen.drag("Delay", seen.touchpoint("Seat"))
    seen.shows(Retention="Seat Delay Wifi Refund Board")


def test_what_was_taken_off_the_map_leaves_it(open_map: Open, trip: Journey, edda: User, ada: User) -> None:
    seen = open_map(trip, edda, deaf=True, stands_for="409")
    archive_placement(placed(trip, "Delay"), by=ada)
    seen.drag("Delay", seen.touchpoint("Board"))
    seen.shows(Retention="Board Seat Wifi Refund")
    expect(seen.page.locator("#toasts > [data-kind=error]")).to_contain_text("Delay")


def test_who_lost_the_right_sees_it_go_back(
    open_map: Open, trip: Journey, workspace: Workspace, edda: User, olga: User
) -> None:
    seen = open_map(trip, edda, deaf=True, stands_for="403")
    member = member_of(workspace, edda)
    change_role(member, to=Role.VIEWER, version=member.version, by=olga)
    seen.drag("Delay", seen.touchpoint("Board"))
    expect(seen.page.locator("#toasts > [data-kind=error]")).to_contain_text("role")
    seen.shows(Retention="Board Seat Wifi Delay Refund")


def test_moves_without_a_connection_wait_and_are_sent(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda, stands_for="ERR_INTERNET_DISCONNECTED|Failed to fetch")
    seen.page.context.set_offline(True)
    for key in ("ArrowUp", "Home"):
        seen.focus("Delay")
        seen.press("Space", key, "Enter")
    expect(seen.page.locator("#map-offline")).to_contain_text("wait to be sent: 2")
    seen.shows(Retention="Delay Board Seat Wifi Refund")
    expect(seen.touchpoint("Delay")).to_have_attribute("data-state", "saving")
    seen.page.context.set_offline(False)
    seen.settled()
    expect(seen.page.locator("#map-offline")).to_be_hidden()
    seen.page.reload()
    seen.shows(Retention="Delay Board Seat Wifi Refund")


def test_one_change_travels_at_a_time(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    waiting: list[Route] = []

    def wait(route: Route) -> None:
        waiting.append(route)

    seen.page.route("**/move/", wait)
    for name in ("Board", "Seat", "Wifi"):
        seen.focus(name)
        seen.press("Space", "End", "Enter")
    seen.shows(Retention="Delay Refund Board Seat Wifi")
    expect(seen.page.locator(".touchpoint[data-state=saving]")).to_have_count(3)
    for _ in range(3):
        seen.until(lambda: len(waiting) > 0)
        assert len(waiting) == 1
        seen.shows(Retention="Delay Refund Board Seat Wifi")
        waiting.pop().continue_()
    seen.settled()


def test_second_browser_follows_and_keeps_focus_caret_and_scroll(
    open_map: Open, trip: Journey, edda: User, ada: User
) -> None:
    hers, theirs = open_map(trip, edda), open_map(trip, ada, viewport={"width": 1100, "height": 500})
    expect(theirs.page.locator("body")).to_have_attribute("data-live-state", "open")
    theirs.focus("Refund")
    theirs.press("n")
    theirs.page.keyboard.type("half a wo")
    theirs.press("ArrowLeft", "ArrowLeft")
    theirs.page.wait_for_timeout(1600)  # news wait while somebody types
    scroll = theirs.page.evaluate("document.querySelector('.map-scroll').scrollTop")
    hers.focus("Delay")
    hers.press("Space", "Home", "Enter")
    hers.hears("Dropped. Retention, position 1 of 5.")
    expect(theirs.touchpoint("Delay")).to_have_attribute("data-state", "changed", timeout=1_000)
    theirs.shows(Retention="Delay Board Seat Wifi Refund")
    field = theirs.phase("Retention").get_by_role("textbox")
    expect(field).to_be_focused()
    assert field.evaluate("field => [field.value, field.selectionStart]") == ["half a wo", 7]
    assert theirs.page.evaluate("document.querySelector('.map-scroll').scrollTop") == scroll


def test_news_wait_while_something_is_carried(open_map: Open, trip: Journey, edda: User, ada: User) -> None:
    seen = open_map(trip, edda)
    expect(seen.page.locator("body")).to_have_attribute("data-live-state", "open")
    seen.focus("Delay")
    seen.press("Space")
    move(trip, "Board", "advocacy", by=ada)
    seen.page.wait_for_timeout(600)
    seen.shows(Retention="Board Seat Wifi Delay Refund")
    seen.press("ArrowDown", "Enter")
    seen.shows(Advocacy="Board", Retention="Seat Wifi Refund Delay")


def test_page_follows_by_poll_where_no_stream_comes_through(
    open_map: Open, trip: Journey, edda: User, ada: User
) -> None:
    seen = open_map(trip, edda, deaf=True)
    move(trip, "Board", "advocacy", by=ada)
    seen.page.evaluate("document.body.dispatchEvent(new CustomEvent('etappe:news', {detail: {resync: true}}))")
    seen.shows(Advocacy="Board", Retention="Seat Wifi Delay Refund")
