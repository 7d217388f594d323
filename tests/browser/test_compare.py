"""Comparing by keyboard, from the map and back; what it looks like on a phone and in German."""

from typing import Any

import pytest
from playwright.sync_api import expect

from journeys.models import Journey
from personas.models import Persona
from tests.browser.looks import DESK, PHONE, check_looks
from tests.journeys.scene import placed
from tests.journeys.told import scored
from workspaces.models import User, Workspace


@pytest.fixture
def compared(trip: Journey, workspace: Workspace) -> Journey:
    """Two personas who judge the trip otherwise, and a third."""
    for number, name in enumerate(("Ada", "Ben", "Cem")):
        persona = Persona.objects.create(workspace=workspace, name=name)
        trip.personas.add(persona, through_defaults={"workspace": workspace})
        for place, at in enumerate(("Shop", "Wifi", "Delay")):
            feelings: Any = {"perception": 1.5 - number - place / 2, "perception_source": "emotion"}
            scored(placed(trip, at).touchpoint, 80 - 20 * number - 5 * place, persona=persona, **feelings)
    return trip


def test_two_personas_are_chosen_and_left_by_keyboard(visit: Any, compared: Journey, vik: User) -> None:
    page = visit(vik, f"/w/lindbahn/journeys/{compared.pk}/")
    page.get_by_role("link", name="Compare", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("This journey serves Ben worse than Ada: health 55 against 75")).to_be_visible()
    page.get_by_role("combobox", name="Second persona").focus()
    page.keyboard.press("c")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Compare")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("This journey serves Cem worse than Ada")).to_be_visible()
    expect(page.locator(".two-lines rect")).to_have_count(3)
    expect(page.locator(".two-lines circle")).to_have_count(3)
    page.get_by_role("link", name="End compare").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"/w/lindbahn/journeys/{compared.pk}/")


@pytest.mark.parametrize("how", [DESK, {"theme": "dark", "language": "de"}, PHONE])
@pytest.mark.parametrize("query", ["", "?view=table", "?kind=days", "?kind=plan"])
def test_it_looks_right(visit: Any, compared: Journey, vik: User, how: Any, query: str) -> None:
    check_looks(visit(vik, f"/w/lindbahn/journeys/{compared.pk}/compare/{query}", **how))


def test_paper_has_both_sides_in_words_every_phase_and_no_control(visit: Any, compared: Journey, vik: User) -> None:
    # Chromium takes a sheet for a window as wide as A4 held upright, even where the page asks for A3 across
    page = visit(vik, f"/w/lindbahn/journeys/{compared.pk}/compare/", viewport={"width": 718, "height": 1000})
    expect(page.locator(".phase-tabs")).to_be_visible()
    page.emulate_media(media="print")
    assert page.locator(".compare-side").all_inner_texts() == ["Ada\n75\nGood", "Ben\n55\nWeak"]
    expect(page.locator(".phase")).to_have_count(5)
    for phase in page.locator(".phase").all():
        expect(phase).to_be_visible()
    assert not [one for one in page.locator("select, input, button, nav, .button").all() if one.is_visible()]


@pytest.mark.parametrize("query", ["", "compare/"])
def test_the_line_lies_over_its_phases_where_the_map_is_wider_than_the_window(
    visit: Any, compared: Journey, vik: User, query: str
) -> None:
    page = visit(vik, f"/w/lindbahn/journeys/{compared.pk}/{query}", viewport={"width": 820, "height": 1180})
    whole = page.evaluate("document.querySelector('.map-scroll').scrollWidth")
    assert whole > 820
    assert page.evaluate("document.querySelector('.curve').getBoundingClientRect().right") == pytest.approx(
        whole, abs=1
    )
