"""A manager's first step: signed in, she lands where it is said what changed, and goes on to what fell."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.answering import Given
from tests.browser.conftest import Visit
from tests.browser.looks import PHONE, check_looks
from tests.cast import member_of
from touchpoints.actions import comment_on, create_touchpoint, fold_all
from workspaces.models import User, Workspace


@pytest.fixture
def fallen(workspace: Workspace, edda: User, vik: User, given: Given) -> Workspace:
    """Delay information, which is Vik's, fell; Edda asks him about it."""
    delays = create_touchpoint(workspace, name="Delay information", owner=member_of(workspace, vik), by=edda)
    given(delays, *[5] * 40, occurred_at=timezone.now() - datetime.timedelta(days=100))
    given(delays, *[2] * 40, occurred_at=timezone.now())
    comment_on(delays, text="@Vik which provider sends the push?", by=edda)
    fold_all()
    return workspace


@pytest.mark.parametrize("how", [{}, {**PHONE, "theme": "light", "language": "en"}], ids=["desk", "phone"])
def test_she_lands_on_what_changed_and_goes_on_to_it(
    fallen: Workspace, vik: User, visit: Visit, how: dict[str, str]
) -> None:
    page = visit(vik, "/", **how)
    page.wait_for_url(f"**/w/{fallen.slug}/")
    expect(page.get_by_role("heading", name="Welcome, Vik")).to_be_visible()
    changed = page.get_by_role("region", name="1 change beyond chance")
    expect(changed).to_contain_text("−75 real change Delay information")
    expect(page.get_by_role("region", name="Your touchpoints").get_by_role("row")).to_have_count(2)
    check_looks(page)
    changed.get_by_role("link", name="Delay information").click()
    expect(page.get_by_role("heading", level=1, name="Delay information")).to_be_visible()


def test_what_waits_is_read_without_scripts(fallen: Workspace, vik: User, visit: Visit) -> None:
    page = visit(vik, f"/w/{fallen.slug}/", java_script_enabled=False)
    page.get_by_role("button", name="which provider sends the push?").click()
    page.wait_for_url("**/touchpoints/**")
    page.goto(f"/w/{fallen.slug}/")
    expect(page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()
