"""A touchpoint's side panel on the map: what it says, and the way in and out."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from journeys.models import Journey
from tests.answering import Given
from tests.browser.conftest import Open
from tests.browser.looks import DESK, PHONE, check_looks
from touchpoints.actions import fold_all
from touchpoints.models import Touchpoint
from workspaces.models import User


@pytest.fixture
def answered(trip: Journey, given: Given) -> Journey:
    """The trip, with forty answers about its delay."""
    delay = Touchpoint.objects.of(trip.workspace).get(name="Delay")
    given(delay, *[1, 2] * 20, text="Nobody told us anything.", occurred_at=timezone.now())
    fold_all()
    return trip


@pytest.mark.parametrize("how", [DESK, {**PHONE, "language": "en"}], ids=["desk", "phone"])
def test_it_says_what_the_score_is_made_of(how: dict[str, Any], answered: Journey, vik: User, open_map: Open) -> None:
    seen = open_map(answered, vik, **how)
    if "is_mobile" in how:
        seen.page.locator(".phase-tabs a", has_text="Retention").click()
    seen.touchpoint("Delay").get_by_role("link", name="Delay", exact=True).click()
    panel = seen.page.locator("#panel")
    expect(panel.get_by_role("heading", name="Delay")).to_be_focused()
    expect(panel).to_contain_text("Critical")
    expect(panel).to_contain_text("40 answers")
    expect(panel.get_by_text("Nobody told us anything.").first).to_be_visible()
    check_looks(seen.page)
    panel.get_by_role("link", name="30 days").click()
    expect(panel.get_by_role("link", name="30 days")).to_have_attribute("aria-current", "true")
    panel.get_by_role("link", name="Explain every figure").click()
    expect(seen.page.get_by_role("heading", level=1)).to_have_text("How this health came about")


def test_closing_it_leads_back_to_the_touchpoint(answered: Journey, vik: User, open_map: Open) -> None:
    seen = open_map(answered, vik)
    seen.touchpoint("Delay").get_by_role("link", name="Delay", exact=True).click()
    expect(seen.page.locator("#panel-title")).to_be_focused()
    seen.page.locator("#panel").get_by_role("button", name="Close").click()
    seen.focused("Delay")
