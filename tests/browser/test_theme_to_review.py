"""A CX lead's whole way: from a theme that customers name, by insight, opportunity and measure, to the verdict."""

import datetime
import re

import pytest
from playwright.sync_api import Page, expect

from feedback.actions import record_responses, search_themes
from measures.models import Measure, Review
from tests.answering import NUMBERS, an_answer
from tests.browser.conftest import Visit
from tests.browser.looks import check_looks
from tests.commenting import LIFT, OTHERS
from touchpoints.actions import create_touchpoint, fold_all
from touchpoints.models import Touchpoint
from workspaces import clock
from workspaces.models import User, Workspace

BADLY, WELL = [1, 2, 2, 3, 3, 3, 4, 4] * 5, [3, 4, 4, 4, 5, 5, 5, 5] * 5


def said(here: bool, value: int) -> str:
    """A comment: who is not satisfied names the lift where it is broken, and everybody else this and that."""
    number = next(NUMBERS)
    return LIFT[number % 3].format(number) if here and value == 1 else f"{OTHERS[number % 5]} on train {number}"


@pytest.fixture
def today(workspace: Workspace) -> datetime.date:
    """The servers' own day."""
    return clock.today(workspace.zone)


@pytest.fixture
def platform(workspace: Workspace, edda: User, today: datetime.date) -> Touchpoint:
    """Customers named a pain there until it was mended ten weeks ago; at three other touchpoints nothing happened."""
    names = ("Platform", "Boarding", "Counter", "Wi-Fi")
    touchpoint, *quiet = (create_touchpoint(workspace, name=name, by=edda) for name in names)
    before, since = (today - datetime.timedelta(days=days) for days in (90, 30))
    for one in (touchpoint, *quiet):
        for day, values in ((before, BADLY), (since, WELL if one == touchpoint else BADLY)):
            given = [an_answer(one, value, occurred_at=day, text=said(one == touchpoint, value)) for value in values]
            record_responses(workspace, given, cases=False)
    fold_all()
    for one in (touchpoint, *quiet):
        search_themes(one)
    return touchpoint


def accept_and_gather(page: Page) -> None:
    """The theme becomes an insight, and that an opportunity."""
    theme = page.locator(".theme", has_text="lift").first
    theme.get_by_role("button", name=re.compile("^Accept")).click()
    expect(page.locator("#learned")).to_contain_text("counted over the last 365 days")
    page.get_by_role("link", name=re.compile("^Gather .*lift.* into an opportunity", re.IGNORECASE)).first.click()
    page.get_by_label("Title").fill("Reach the platform in time")
    page.locator("main form button.button-primary").click()


def think_of_it_and_cost_it(page: Page) -> None:
    """A measure is born of the opportunity, and said what it costs and brings."""
    page.get_by_role("link", name="Measure…").click()
    page.get_by_label("Title").fill("Mend the lift")
    page.locator("main form button.button-primary").click()
    page.get_by_role("link", name="Add cost and benefit").first.click()
    for label, amount in (("Cost, once", "1000"), ("Cost a year", "0"), ("Expected health points", "15")):
        page.get_by_label(label, exact=False).first.fill(amount)
    page.get_by_label("Why it pays", exact=False).first.select_option("typed")
    for label, amount in (("At least", "300"), ("Likely", "500"), ("At most", "600")):
        page.get_by_label(label, exact=False).first.fill(amount)
    page.get_by_label("Why this is assumed", exact=False).first.fill("The vendor's offer")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("243 EUR")  # SCORING §8: 243.4260


def decide(page: Page, live_on: datetime.date) -> None:
    """It is assessed, begun, and brought to customers."""
    for status in ("Assessed", "In progress", "Live"):
        page.locator("summary", has_text="Move to…").click()
        page.get_by_role("link", name=status, exact=True).click()
        if status == "Live":
            page.get_by_label("Live since").fill(str(live_on))
        page.get_by_role("button", name="Move", exact=True).click()
        expect(page.locator(".measure-status")).to_have_text(status)


@pytest.mark.timeout(300)
def test_from_a_theme_to_the_verdict(
    workspace: Workspace, platform: Touchpoint, edda: User, today: datetime.date, visit: Visit
) -> None:
    page = visit(edda, f"/w/{workspace.slug}/touchpoints/{platform.pk}/")
    accept_and_gather(page)
    think_of_it_and_cost_it(page)
    decide(page, today - datetime.timedelta(days=70))
    review = page.locator("#review")
    expect(review).to_contain_text("Works")
    expect(review).to_contain_text("By 40 answers before and 40 since.")
    for name in ("Boarding", "Counter", "Wi-Fi"):
        expect(review.get_by_role("link", name=name)).to_be_visible()
    check_looks(page)
    review.get_by_role("link", name="Give the verdict").click()
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.locator(".measure-status")).to_have_text("Reviewed")
    expect(review).to_contain_text("The verdict was given on")
    page.goto(f"/w/{workspace.slug}/measures/")
    expect(page.locator(".lead")).to_contain_text("1 of 1 reviewed measure worked.")
    assert Review.objects.get(measure=Measure.objects.get()).is_closed
    check_looks(page)
