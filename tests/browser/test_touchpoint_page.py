"""A touchpoint's own page: what moved its figures, noted where it is read, and charts that need no script."""

import datetime
import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.answering import Given
from tests.browser.conftest import Visit
from tests.browser.looks import DESK, PHONE, check_looks
from touchpoints.actions import create_channel, create_touchpoint, fold_all
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


@pytest.fixture
def heard(workspace: Workspace, edda: User, given: Given) -> Touchpoint:
    """Delay information, about which much was said by the app and at the counter, for months."""
    touchpoint = create_touchpoint(workspace, name="Delay information", by=edda)
    app, counter = (create_channel(workspace, name=name, icon="bell", by=edda).pk for name in ("App", "Counter"))
    now = timezone.now()
    for months in range(6):
        when = now - datetime.timedelta(days=30 * months)
        given(touchpoint, *[1, 2, 2] * 10, channel=app, text="Nobody told us anything.", occurred_at=when)
        given(touchpoint, *[4, 5, 5] * 10, channel=counter, text="Well explained.", occurred_at=when)
    given(touchpoint, *[0, 9, 10] * 10, metric="nps", occurred_at=now)
    fold_all()
    return touchpoint


def page_of(touchpoint: Touchpoint) -> str:
    return f"/w/{touchpoint.workspace.slug}/touchpoints/{touchpoint.pk}/"


@pytest.mark.parametrize("how", [DESK, PHONE], ids=["desk", "phone"])
def test_all_charts_are_there_and_well_drawn(how: dict[str, Any], heard: Touchpoint, vik: User, visit: Visit) -> None:
    page = visit(vik, page_of(heard), **how)
    for chart in (".months-drawing", ".answer-bars", ".shares", ".cut"):
        box = page.locator(chart).first.bounding_box()
        assert box
        assert box["width"] > 200, chart
        assert box["height"] > 30, chart
    check_looks(page)
    page.locator("#months summary").click()
    expect(page.locator("#months tbody tr")).to_have_count(12)
    check_looks(page)


def test_an_event_is_noted_where_the_trend_is_read(heard: Touchpoint, edda: User, visit: Visit) -> None:
    page = visit(edda, page_of(heard))
    page.get_by_role("link", name="Note an event").click()
    page.get_by_label("what happened").fill("Push provider changed")
    page.get_by_label("day").fill(str(timezone.localdate() - datetime.timedelta(days=40)))
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".months-mark-word")).to_contain_text("Push provider changed")
    expect(page.locator(".happened")).to_contain_text("Push provider changed")
    page.get_by_role("link", name="Archive “Push provider changed”").click()
    page.get_by_role("button", name="Archive").click()
    expect(page.locator(".months-drawing")).to_be_visible()
    expect(page.locator(".months-mark")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False])
def test_comments_and_cuts_are_chosen_with_and_without_script(
    scripts: bool, heard: Touchpoint, vik: User, visit: Visit
) -> None:
    page = visit(vik, page_of(heard), java_script_enabled=scripts)
    page.locator(".said-filter select[name=band]").select_option("strong")
    if not scripts:
        page.locator(".said-filter button").click()
    expect(page.locator("#said")).not_to_contain_text("Nobody told us anything.")
    expect(page.locator("#said")).to_contain_text("Well explained.")
    device = page.locator("#cut nav").get_by_role("link", name="Device")
    expect(device).to_have_attribute("href", re.compile("band=strong"))  # the cut is drawn anew, too
    device.click()
    expect(page.locator("#cut nav [aria-current]")).to_have_text("Device")
    expect(page.locator("#cut svg").first).to_contain_text("not known")
