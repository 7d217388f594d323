"""Dragging: by mouse, by finger, from the library."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Route, expect

from journeys.models import Journey
from tests.browser.conftest import Open
from tests.browser.hands import Map, box_of, middle
from touchpoints.actions.library import create_touchpoint
from workspaces.models import User, Workspace

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_touchpoint_stays_where_it_was_dropped(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.drag("Delay", seen.touchpoint("Board"))
    seen.shows(Retention="Board Delay Seat Wifi Refund")
    expect(seen.toast("Undo")).to_be_visible()
    seen.page.reload()
    seen.shows(Retention="Board Delay Seat Wifi Refund")


def test_touchpoint_is_dragged_into_another_phase_and_an_empty_one(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    seen.drag("Wifi", seen.touchpoint("Shop"), at=0.2)
    seen.shows(Purchase="Wifi Shop Pay", Retention="Board Seat Delay Refund")
    seen.settled()
    seen.drag("Refund", seen.phase("Advocacy").locator(".phase-touchpoints"), at=0.3)
    seen.shows(Advocacy="Refund", Retention="Board Seat Delay")
    seen.settled()
    seen.page.reload()
    seen.shows(Purchase="Wifi Shop Pay", Retention="Board Seat Delay", Advocacy="Refund")


def test_line_shows_the_place_while_neighbours_stand_still(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    before = seen.order()
    seen.grab("Delay")
    seen.carry(seen.touchpoint("Shop"))
    line, shop, pay = (box_of(seen.page.locator(one)) for one in ("#map-slot", name("Shop"), name("Pay")))
    assert shop["y"] + shop["height"] <= line["y"] + 2 <= pay["y"] + 2
    assert line["height"] == pytest.approx(3, abs=0.5)
    assert seen.order() == before
    expect(seen.touchpoint("Delay")).to_have_css("opacity", "0.35")
    seen.press("Escape")
    expect(seen.page.locator("#map-carried .touchpoint")).to_have_count(0)
    seen.drop()
    assert seen.order() == before
    expect(seen.page.locator("#toasts > *")).to_have_count(0)


def test_number_follows_the_touchpoint_at_once(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    with held(seen):
        seen.drag("Refund", seen.touchpoint("Shop"), at=0.2)
        seen.shows(Purchase="Refund Shop Pay")
        expect(seen.touchpoint("Refund")).to_have_attribute("data-state", "saving")
        expect(seen.phase("Retention").locator("ol")).to_have_attribute("start", "4")
        expect(seen.phase("Retention").locator(".count")).to_have_text("4")
    seen.settled()


def test_small_twitch_is_a_click_and_no_drag(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    x, y = middle(seen.touchpoint("Seat").locator(".touchpoint-number"))
    seen.page.mouse.move(x, y)
    seen.page.mouse.down()
    seen.page.mouse.move(x + 2, y + 1, steps=2)
    expect(seen.page.locator("#map-carried .touchpoint")).to_have_count(0)
    seen.page.mouse.move(x, y)
    seen.page.keyboard.press("Escape")
    seen.page.mouse.move(5, 5, steps=3)
    seen.drop()


def test_library_touchpoint_is_dragged_onto_the_map(
    open_map: Open, trip: Journey, workspace: Workspace, edda: User
) -> None:
    create_touchpoint(workspace, name="Lounge", by=edda)
    seen = open_map(trip, edda)
    seen.page.get_by_role("link", name="Library").click()
    entry = seen.page.locator("#library .touchpoint", has_text="Lounge")
    expect(entry).to_contain_text("not used yet")
    expect(seen.page.locator("#library .touchpoint", has_text="Shop")).to_contain_text("on this map")
    x, y = middle(entry)
    seen.page.mouse.move(x, y)
    seen.page.mouse.down()
    seen.page.mouse.move(x - 8, y, steps=3)
    seen.carry(seen.touchpoint("Shop"))
    seen.drop()
    seen.shows(Purchase="Shop Lounge Pay")
    expect(entry).to_contain_text("on this map")
    seen.page.reload()
    seen.shows(Purchase="Shop Lounge Pay")


def test_library_touchpoint_is_found_and_added_by_key(
    open_map: Open, trip: Journey, workspace: Workspace, edda: User
) -> None:
    create_touchpoint(workspace, name="Lounge", by=edda)
    seen = open_map(trip, edda)
    seen.focus("Pay")
    seen.page.locator("#library-opener").focus()
    seen.press("Enter")
    expect(seen.page.get_by_placeholder("Find a touchpoint")).to_be_focused()
    seen.page.keyboard.type("oung")
    expect(seen.page.locator("#library .touchpoint")).to_have_count(1)
    seen.press("Tab", "Tab", "Enter")
    seen.shows(Purchase="Shop Pay Lounge")
    expect(seen.page.locator("#library .touchpoint[data-here]")).to_have_count(1)
    expect(
        seen.page.get_by_role("button", name="Lounge", exact=True)
    ).to_be_focused()  # it says so, and keeps the focus
    seen.press("Escape")
    expect(seen.page.locator("#library-opener")).to_be_focused()


def test_finger_drags_by_the_grip_after_a_press(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda, **PHONE)
    seen.page.locator(".phase-tabs a", has_text="Retention").tap()
    with finger(seen, seen.touchpoint("Board").locator(".touchpoint-grip")) as hand:
        hand.move(seen.touchpoint("Wifi"))
    seen.shows(Retention="Seat Wifi Board Delay Refund")


def test_finger_waits_over_a_tab_to_change_the_phase(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda, **PHONE)
    seen.page.locator(".phase-tabs a", has_text="Retention").tap()
    with finger(seen, seen.touchpoint("Board").locator(".touchpoint-grip")) as hand:
        hand.move(seen.page.locator(".phase-tabs a", has_text="Purchase"), at=0.5)
        expect(seen.touchpoint("Shop")).to_be_visible()
        hand.move(seen.touchpoint("Shop"))
    seen.shows(Purchase="Shop Board Pay")


def test_finger_elsewhere_than_on_the_grip_scrolls(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda, **{**PHONE, "viewport": {"width": 390, "height": 500}})
    seen.page.locator(".phase-tabs a", has_text="Retention").tap()
    before = seen.order()
    with finger(seen, seen.touchpoint("Delay").locator(".touchpoint-name"), hold=300) as hand:
        hand.move(seen.page.locator(".phase-tabs a", has_text="Retention"))
    assert seen.page.evaluate("scrollY") > 0
    assert seen.order() == before


def test_viewer_cannot_drag(open_map: Open, trip: Journey, vik: User) -> None:
    seen = open_map(trip, vik)
    expect(seen.page.locator(".touchpoint-grip, .quick-add, #library-opener")).to_have_count(0)
    before = seen.order()
    x, y = middle(seen.touchpoint("Delay"))
    seen.page.mouse.move(x, y)
    seen.page.mouse.down()
    seen.page.mouse.move(x - 300, y, steps=8)
    seen.page.mouse.up()
    assert seen.order() == before


def name(of: str) -> str:
    return f'#map .touchpoint:has(.touchpoint-name:text-is("{of}"))'


@contextmanager
def held(seen: Map) -> Iterator[None]:
    """While the block runs, what the page sends waits on its way."""
    waiting: list[Route] = []

    def wait(route: Route) -> None:
        waiting.append(route)

    seen.page.route("**/move/", wait)
    yield
    for route in waiting:
        route.continue_()


class Finger:
    """A finger on the glass, by Chromium's own input events."""

    def __init__(self, seen: Map, x: float, y: float) -> None:
        self.seen, self.x, self.y = seen, x, y
        self.input = seen.page.context.new_cdp_session(seen.page)

    def send(self, kind: str, *, lifted: bool = False) -> None:
        points = [] if lifted else [{"x": self.x, "y": self.y}]
        self.input.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def move(self, where: Locator, *, at: float = 0.8, steps: int = 8) -> None:
        box = box_of(where)
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * at
        from_x, from_y = self.x, self.y
        for step in range(1, steps + 1):
            self.x, self.y = from_x + (x - from_x) * step / steps, from_y + (y - from_y) * step / steps
            self.send("touchMove")
            self.seen.page.wait_for_timeout(16)
        self.seen.frames()


@contextmanager
def finger(seen: Map, where: Locator, hold: int = 350) -> Iterator[Finger]:
    """Press there for so many milliseconds, do what the block does, and let go."""
    hand = Finger(seen, *middle(where))
    hand.send("touchStart")
    seen.page.wait_for_timeout(hold)
    yield hand
    hand.send("touchEnd", lifted=True)
