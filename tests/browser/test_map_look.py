"""The map as it is met: accessible in both languages and themes, complete on a phone, light when large."""

import pytest
from playwright.sync_api import expect

from journeys.actions.quick_add import add_lines
from journeys.models import Journey
from tests.browser.conftest import Open
from tests.browser.looks import check_looks
from tests.journeys.scene import drawn, phase
from workspaces.models import User, Workspace


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("de", "dark")])
def test_map_is_accessible(open_map: Open, trip: Journey, edda: User, language: str, theme: str) -> None:
    seen = open_map(trip, edda, language=language, theme=theme)
    expect(seen.page.locator("html")).to_have_attribute("lang", language)
    check_looks(seen.page)
    seen.focus("Shop")
    seen.press("m")
    expect(seen.page.locator("#touchpoint-menu")).to_be_visible()
    check_looks(seen.page)
    seen.press("Escape", "Space")
    expect(seen.page.locator("#move-bar")).to_be_visible()
    check_looks(seen.page)
    seen.press("ArrowDown", "Enter")
    seen.settled()
    seen.page.locator("#library-opener").click()
    expect(seen.page.locator("#library .touchpoint").first).to_be_visible()
    check_looks(seen.page)


@pytest.mark.parametrize("width", [320, 390])
def test_phone_shows_one_phase_and_never_scrolls_sideways(
    open_map: Open, trip: Journey, edda: User, width: int
) -> None:
    seen = open_map(trip, edda, viewport={"width": width, "height": 640})
    expect(seen.touchpoint("Shop")).to_be_hidden()
    seen.page.locator(".phase-tabs a", has_text="Retention").click()
    expect(seen.touchpoint("Delay")).to_be_visible()
    expect(seen.touchpoint("Shop")).to_be_hidden()
    check_looks(seen.page)


def test_phases_are_headed_ordered_lists_in_order(open_map: Open, trip: Journey, vik: User) -> None:
    seen = open_map(trip, vik)
    lists = seen.page.locator("#map ol")
    expect(lists).to_have_count(5)
    for name in ("Awareness", "Consideration", "Purchase", "Retention", "Advocacy"):
        expect(seen.page.get_by_role("list", name=name, exact=True)).to_be_attached()
    expect(seen.page.get_by_role("list", name="Retention", exact=True)).to_have_attribute("start", "3")


def test_empty_map_offers_the_first_step(open_map: Open, workspace: Workspace, edda: User) -> None:
    seen = open_map(drawn(workspace, edda, "Blank"), edda)
    seen.page.get_by_role("link", name="First touchpoint").click()
    seen.page.keyboard.type("Poster\n")
    seen.shows(Awareness="Poster")
    expect(seen.page.get_by_text("Five phases are ready")).to_be_hidden()


@pytest.mark.parametrize(("count", "density"), [(40, "compact"), (120, "tile")])
def test_large_maps_show_less_of_each(
    open_map: Open, workspace: Workspace, edda: User, count: int, density: str
) -> None:
    journey = drawn(workspace, edda, "Large")
    names = [f"T{number}" for number in range(count)]
    add_lines(journey, texts=names, phase=phase(journey, "retention"), after=None, by=edda)
    seen = open_map(journey, edda)
    expect(seen.page.locator(".map")).to_have_attribute("data-density", density)
    expect(seen.touchpoint("T9").locator(".bars")).to_be_visible()  # colour alone would not tell the bands apart
    seen.drag("T9", seen.touchpoint("T2"), at=0.9)
    expect(seen.page.locator("#map .touchpoint-name").nth(3)).to_have_text("T9")
    check_looks(seen.page)


def test_reduced_motion_stills_the_map(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda, reduced_motion="reduce")
    seen.focus("Delay")
    seen.press("Space", "ArrowUp", "Enter")
    seen.settled()
    assert seen.page.evaluate("document.getAnimations().filter(a => a.effect.getTiming().duration > 1).length") == 0
