"""The slider through the days of a journey: by keyboard and by hand, without script, and back to today."""

from typing import Any

import pytest
from playwright.sync_api import expect

from journeys.actions.placements import archive_placement
from journeys.models import Change, Journey
from tests.browser.looks import DESK, PHONE, check_looks
from tests.journeys.scene import placed
from tests.journeys.told import DAY, closed, scored
from workspaces import clock
from workspaces.models import User


@pytest.fixture
def lived(trip: Journey, edda: User) -> Journey:
    """Begun thirty days ago; Wifi was taken off today, and got better on each of the days."""
    Change.objects.filter(journey=trip).update(at=clock.now() - 30 * DAY)
    wifi = placed(trip, "Wifi")
    today = clock.today(trip.workspace.zone)
    for ago in range(1, 30):
        closed(wifi.touchpoint, today - ago * DAY, 80 - ago)
    scored(placed(trip, "Shop").touchpoint, 66)
    archive_placement(wifi, by=edda)
    return trip


def test_the_slider_walks_through_the_days_by_keyboard(visit: Any, lived: Journey, edda: User) -> None:
    page = visit(edda, f"/w/lindbahn/journeys/{lived.pk}/")
    wifi = page.locator(".touchpoint", has_text="Wifi")
    expect(wifi).to_have_count(0)
    page.get_by_role("link", name="Earlier", exact=True).click()
    expect(wifi).to_contain_text("79")
    slider = page.get_by_role("slider", name="Day")
    slider.focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    expect(wifi).to_contain_text("75")
    expect(slider).to_be_focused()
    day = clock.today(lived.workspace.zone) - 5 * DAY
    expect(page).to_have_url(f"/w/lindbahn/journeys/{lived.pk}/?on={day}")
    expect(page.locator("#announcements")).to_contain_text("As it was on")
    page.go_back()
    expect(wifi).to_contain_text("79")
    slider.focus()
    page.keyboard.press("Home")
    expect(wifi).to_contain_text("No data yet")
    page.keyboard.press("End")
    expect(page).to_have_url(f"/w/lindbahn/journeys/{lived.pk}/")
    expect(page.get_by_role("link", name="Touchpoint", exact=True)).to_be_visible()


def test_a_day_is_typed_and_left_again(visit: Any, lived: Journey, vik: User) -> None:
    day = clock.today(lived.workspace.zone) - 9 * DAY
    page = visit(vik, f"/w/lindbahn/journeys/{lived.pk}/?on={day + DAY}")
    page.locator("#time-date input[type=date]").fill(day.isoformat())
    page.get_by_role("button", name="Go to the day").click()
    expect(page.locator(".touchpoint", has_text="Wifi")).to_contain_text("71")
    page.get_by_role("link", name="Back to today").click()
    expect(page.locator("#time")).to_have_count(0)


def test_it_works_without_script(visit: Any, lived: Journey, vik: User) -> None:
    day = clock.today(lived.workspace.zone) - 9 * DAY
    page = visit(vik, f"/w/lindbahn/journeys/{lived.pk}/?on={day}", java_script_enabled=False)
    page.get_by_role("slider", name="Day").focus()
    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".touchpoint", has_text="Wifi")).to_contain_text("70")


@pytest.mark.parametrize("how", [DESK, {"theme": "dark", "language": "de"}, PHONE])
def test_it_looks_right(visit: Any, lived: Journey, vik: User, how: Any) -> None:
    day = clock.today(lived.workspace.zone) - 9 * DAY
    check_looks(visit(vik, f"/w/lindbahn/journeys/{lived.pk}/?on={day}", **how))
