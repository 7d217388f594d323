"""A manager comes once a week: from home by the finding to the weakest touchpoint, its customers, and out with it."""

import csv

from django.utils import timezone
from playwright.sync_api import expect

from tests.answering import Given
from tests.browser.conftest import Visit
from tests.browser.test_scorecards import scored
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

__all__ = ["scored"]


def test_from_home_to_what_customers_say_and_out(scored: Workspace, given: Given, vik: User, visit: Visit) -> None:
    delays = Touchpoint.objects.of(scored).get(name="Delay information")
    given(delays, 1, text="Nobody told us anything, write to me@example.org", occurred_at=timezone.now())
    page = visit(vik, f"/w/{scored.slug}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("link", name="Scorecards").first.click()
    expect(page.locator(".finding")).to_contain_text("1 of 3 touchpoints is weak or critical.")
    with page.expect_download() as begun:
        page.get_by_text("Export").click()
        page.get_by_role("link", name="CSV").click()
    first, *_others = csv.DictReader(begun.value.path().read_text(encoding="utf-8-sig").splitlines())
    assert first["Touchpoint"] == "Delay information"
    page.locator(".scorecard-table tbody td:first-child a").first.click()
    expect(page.locator(".finding")).to_contain_text("Health is critical")
    expect(page.locator(".score-figure")).to_contain_text(first["Health"])
    expect(page.get_by_text("Nobody told us anything, write to •••")).to_be_visible()
    with page.expect_download() as begun:
        page.get_by_role("link", name="PDF").click()
    assert begun.value.suggested_filename == "delay-information.pdf"
    assert begun.value.path().read_bytes().startswith(b"%PDF")
