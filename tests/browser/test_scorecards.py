"""The table of scorecards: sorted and narrowed by a click, each state an address that can be sent to others."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.answering import Given
from tests.browser.conftest import Visit
from tests.browser.looks import PHONE, check_looks
from touchpoints.actions import create_channel, create_touchpoint, fold_all
from workspaces.models import Team, User, Workspace


@pytest.fixture
def scored(workspace: Workspace, edda: User, given: Given) -> Workspace:
    """Lindbahn with one touchpoint that is critical, one that is strong, and one that nobody has answered about."""
    team = Team.objects.create(workspace=workspace, name="Ops control")
    push = create_channel(workspace, name="Push", icon="bell", by=edda)
    delays = create_touchpoint(workspace, name="Delay information", channel=push, owner=team, by=edda)
    given(delays, *[1] * 40, occurred_at=timezone.now())
    given(create_touchpoint(workspace, name="Conductor", by=edda), *[5] * 40, occurred_at=timezone.now())
    create_touchpoint(workspace, name="Station poster", by=edda)
    fold_all()
    return workspace


def shows(page: Page, *names: str) -> None:
    """Wait until the table holds these touchpoints, in this order."""
    expect(page.locator(".scorecard-table tbody td:first-child a")).to_have_text(list(names))


def test_what_is_worth_most_stands_first_and_a_heading_sorts(scored: Workspace, vik: User, visit: Visit) -> None:
    page = visit(vik, f"/w/{scored.slug}/scorecards/")
    expect(page.get_by_text("1 of 3 touchpoints is weak or critical.")).to_be_visible()
    shows(page, "Delay information", "Conductor", "Station poster")
    health = page.get_by_role("columnheader", name="Health")
    health.get_by_role("link").click()
    expect(health).to_have_attribute("aria-sort", "ascending")
    shows(page, "Delay information", "Conductor", "Station poster")
    health.get_by_role("link").click()
    expect(health).to_have_attribute("aria-sort", "descending")
    shows(page, "Conductor", "Delay information", "Station poster")  # the unknown one last, either way
    page.get_by_role("columnheader", name="Touchpoint").get_by_role("link").click()
    shows(page, "Conductor", "Delay information", "Station poster")


def test_the_table_is_narrowed_and_the_address_follows(scored: Workspace, vik: User, visit: Visit) -> None:
    page = visit(vik, f"/w/{scored.slug}/scorecards/?sort=name")
    page.get_by_role("combobox", name="Owner", exact=True).select_option("Ops control")
    shows(page, "Delay information")
    expect(page).to_have_url(re.compile(r"owner=team-\d+"))
    page.get_by_role("combobox", name="Owner", exact=True).select_option("All owners")
    shows(page, "Conductor", "Delay information", "Station poster")
    page.get_by_label("Below target").check()
    shows(page, "Delay information")
    expect(page).to_have_url(re.compile("missed=on"))
    page.reload()
    shows(page, "Delay information")
    page.get_by_label("Band").select_option("Strong")
    expect(page.get_by_text("Nothing matches.")).to_be_visible()
    page.get_by_role("link", name="Show all").click()
    shows(page, "Delay information", "Conductor", "Station poster")


def test_of_choices_in_quick_succession_none_is_lost(scored: Workspace, vik: User, visit: Visit) -> None:
    page = visit(vik, f"/w/{scored.slug}/scorecards/?sort=name")
    page.evaluate(
        """() => {
            for (const [name, value] of [["owner", 1], ["band", 1], ["channel", 1]]) {
                const chosen = document.querySelector(`.scorecard-period [name=${name}]`)
                chosen.selectedIndex = value
                chosen.dispatchEvent(new Event("change", {bubbles: true}))
            }
        }"""
    )
    expect(page).to_have_url(re.compile(r"channel=[^&]+.*owner=[^&]+.*band=[^&]+"))
    for name in ["owner", "band", "channel"]:
        expect(page.locator(f".scorecard-period [name={name}]")).not_to_have_value("")


def test_figures_follow_the_period_and_health_does_not(scored: Workspace, vik: User, visit: Visit) -> None:
    page = visit(vik, f"/w/{scored.slug}/scorecards/")
    row = page.get_by_role("row", name="Conductor")
    expect(row).to_contain_text("n 40")
    page.locator(".scorecard-days summary").click()
    page.get_by_label("To", exact=True).fill("2020-02-01")
    page.get_by_label("From", exact=True).fill("2020-01-01")
    expect(row).not_to_contain_text("n 40")
    expect(row).to_contain_text("Strong")


def test_the_phone_names_every_figure_and_sorts(scored: Workspace, vik: User, visit: Visit) -> None:
    page = visit(vik, f"/w/{scored.slug}/scorecards/", **{**PHONE, "language": "en"})
    page.get_by_label("Sort by").select_option("Health ↓")
    shows(page, "Conductor", "Delay information", "Station poster")
    check_looks(page)
