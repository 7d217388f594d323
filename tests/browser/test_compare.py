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
