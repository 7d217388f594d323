"""A touchpoint's page says what could be done next, and a proposal becomes a measure; with and without JavaScript."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from feedback.actions import create_insight
from feedback.models import Theme, ThemeSearch
from tests.answering import Given
from tests.browser.conftest import Visit
from tests.browser.looks import DESK, PHONE, check_looks
from tests.journeys.scene import drawn, placed
from touchpoints.actions import fold_all
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


@pytest.fixture
def desk(workspace: Workspace, edda: User, given: Given) -> Touchpoint:
    """A counter that is weak, and what customers suffer there."""
    touchpoint = placed(drawn(workspace, edda, purchase="Counter"), "Counter").touchpoint
    given(touchpoint, *[1, 2, 1] * 15, occurred_at=timezone.now())
    create_insight(touchpoint, kind="pain", text="Rude staff", mentions=12, by=edda)
    create_insight(touchpoint, kind="wish", text="A purple bench", mentions=3, by=edda)
    fold_all()
    return touchpoint


def page_of(touchpoint: Touchpoint) -> str:
    return f"/w/{touchpoint.workspace.slug}/touchpoints/{touchpoint.pk}/"


def test_a_proposal_becomes_a_measure(desk: Touchpoint, edda: User, visit: Visit) -> None:
    page = visit(edda, page_of(desk), **DESK)
    proposed = page.get_by_role("region", name="Next actions")
    expect(proposed.get_by_role("heading", name="Train the people there")).to_be_visible()
    check_looks(page)
    proposed.get_by_role("link", name="Make it a measure… Train the people there").click()
    expect(page.get_by_label("Title")).to_have_value("Train the people there: Rude staff")
    expect(page.get_by_label("training")).to_be_checked()
    page.get_by_role("button", name="Create").or_(page.get_by_role("button", name="Save")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Train the people there: Rude staff")
    page.goto(page_of(desk))
    expect(page.get_by_role("region", name="Next actions")).to_contain_text("Already under way: Train the people there")


def test_what_is_dismissed_is_proposed_no_more(
    desk: Touchpoint, workspace: Workspace, edda: User, visit: Visit
) -> None:
    ThemeSearch.objects.create(workspace=workspace, touchpoint=desk, day=timezone.now(), commenters=60)
    theme: dict[str, Any] = {"kind": "pain", "label": "Broken terminal", "leading": "terminal", "terms": ["terminal"]}
    Theme.objects.create(workspace=workspace, touchpoint=desk, commenters=9, by_month=[0] * 12, **theme)
    page = visit(edda, page_of(desk))
    proposed = page.get_by_role("region", name="Next actions")
    expect(proposed).to_contain_text("Broken terminal")
    page.get_by_role("button", name="Dismiss Broken terminal").click()
    expect(proposed).not_to_contain_text("Broken terminal")
    expect(proposed).to_contain_text("Rude staff")


def test_what_is_not_sorted_leads_to_the_table(desk: Touchpoint, edda: User, visit: Visit) -> None:
    page = visit(edda, page_of(desk), **{**PHONE, "language": "en"})
    page.get_by_role("region", name="Next actions").get_by_role("link", name="See the table").click()
    people = page.get_by_label("People")
    people.fill(f"{people.input_value()}\npurple")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="See the defaults…")).to_be_visible()
    page.goto(page_of(desk))
    expect(page.get_by_role("region", name="Next actions")).to_contain_text("A purple bench")
    expect(page.get_by_role("region", name="Next actions")).not_to_contain_text("Not sorted yet")


def test_without_javascript_a_link_leads_there(desk: Touchpoint, vik: User, visit: Visit) -> None:
    page = visit(vik, page_of(desk), java_script_enabled=False)
    page.get_by_role("link", name="What could be done here next").click()
    expect(page.get_by_role("heading", name="Train the people there")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Counter")
