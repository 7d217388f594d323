"""What a person does at the map, and what they see of it."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

STEPS = 8  # moves of the pointer between two places: SortableJS follows a hand, not a jump


class Map:
    """A tab that shows a map."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def phase(self, name: str) -> Locator:
        return self.page.locator(".phase", has=self.page.get_by_role("heading", name=name, exact=True))

    def touchpoint(self, name: str) -> Locator:
        link = self.page.get_by_role("link", name=name, exact=True)
        return self.page.locator(".phase .touchpoint", has=link)

    def order(self) -> dict[str, str]:
        """The names in each phase that holds any, in the order in which they stand."""
        seen = {}
        for phase in self.page.locator("#map .phase").all():
            if names := phase.locator(".touchpoint:not([hidden]) .touchpoint-name").all_text_contents():
                seen[phase.locator("h2").inner_text()] = " ".join(names)
        return seen

    def shows(self, **phases: str) -> None:
        """Wait until these phases hold these names, in this order: `shows(Purchase="Shop Pay")`."""
        for name, names in phases.items():
            link = self.phase(name).locator(".touchpoint:not([hidden]) .touchpoint-name")
            expect(link).to_have_text(names.split())

    def settled(self) -> None:
        """Wait until everything is saved."""
        expect(self.page.locator("#map [data-state=saving]")).to_have_count(0)

    def grab(self, name: str) -> None:
        """Press the mouse on a touchpoint and move beyond the threshold."""
        self.touchpoint(name).scroll_into_view_if_needed()
        x, y = middle(self.touchpoint(name))
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + 5, y + 5, steps=3)
        expect(self.page.locator("#map-carried .touchpoint")).to_be_visible()

    def carry(self, where: Locator, *, at: float = 0.75) -> None:
        """Move what is carried over a place: `at` is how far down it, from 0 to 1."""
        box = box_of(where)
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * at
        self.page.mouse.move(x, y, steps=STEPS)
        self.page.mouse.move(x + 1, y, steps=2)
        self.frames()

    def drop(self) -> None:
        self.page.mouse.up()

    def drag(self, name: str, where: Locator, *, at: float = 0.75) -> None:
        """Drag a touchpoint behind (or, with a small `at`, before) what is there."""
        self.grab(name)
        self.carry(where, at=at)
        self.drop()

    def frames(self) -> None:
        """Let the page draw what it has seen: two frames."""
        self.page.wait_for_timeout(50)

    def focus(self, name: str) -> None:
        self.touchpoint(name).locator(".touchpoint-name").focus()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def focused(self, name: str) -> None:
        """Wait until focus is on that touchpoint."""
        expect(self.touchpoint(name).locator(".touchpoint-name")).to_be_focused()

    def hears(self, text: str, *, now: bool = False) -> None:
        """Wait until a screen reader would have said this: politely, or at once."""
        expect(self.page.locator("#alerts" if now else "#announcements")).to_have_text(text)

    def until(self, true: Callable[[], bool]) -> None:
        """Let the page go on until something is true outside of it; fail after five seconds."""
        for _ in range(100):
            if true():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError("It has not become true.")

    def toast(self, text: str) -> Locator:
        return self.page.locator("#toasts > [data-toast]", has_text=text)


def box_of(where: Locator) -> Any:
    box = where.bounding_box()
    assert box, f"{where} is not to be seen"
    return box


def middle(where: Locator) -> tuple[float, float]:
    """The middle of it, in pixels of the window."""
    box = box_of(where)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
