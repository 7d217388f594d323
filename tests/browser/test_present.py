"""Presenting a journey: one moment a page."""

from typing import Any

from playwright.sync_api import expect

from journeys.actions.cells import write_cell
from journeys.actions.placements import edit_placement
from journeys.models import Journey
from tests.browser.looks import PHONE, check_looks
from tests.journeys.scene import placed
from workspaces.models import User


def test_moments_are_walked_by_key_and_escape_leads_back(visit: Any, trip: Journey, edda: User, vik: User) -> None:
    wifi = placed(trip, "Wifi")
    edit_placement(wifi, version=wifi.version, by=edda, moment_of_truth=True)
    write_cell(wifi, lane="quote", was="", value="Nothing loads", by=edda)
    page = visit(vik, f"/w/lindbahn/journeys/{trip.pk}/")
    page.get_by_role("link", name="Present", exact=True).click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Shop")
    for name in ("Pay", "Board", "Seat"):
        page.keyboard.press("ArrowRight")
        expect(heading).to_have_text(name)
    page.get_by_role("link", name="Next moment").click()
    expect(heading).to_contain_text("Wifi")
    expect(page.get_by_text("“Nothing loads”")).to_be_visible()
    expect(page).to_have_url(f"/w/lindbahn/journeys/{trip.pk}/present/?moment=5")
    page.keyboard.press("ArrowLeft")
    expect(heading).to_have_text("Seat")
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"/w/lindbahn/journeys/{trip.pk}/")


def test_it_looks_right_on_a_phone_in_german(visit: Any, trip: Journey, vik: User) -> None:
    page = visit(vik, f"/w/lindbahn/journeys/{trip.pk}/present/", **PHONE)
    expect(page.get_by_role("link", name="Nächster Moment")).to_be_visible()
    check_looks(page)
