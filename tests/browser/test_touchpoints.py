import re

import pytest
from playwright.sync_api import expect

from feedback.actions.insights import create_insight
from journeys.actions.journeys import create_journey
from journeys.models import Placement
from tests.browser.conftest import Visit
from touchpoints.actions import create_channel, create_touchpoint
from touchpoints.models import Touchpoint
from workspaces.models import Team, User, Workspace


@pytest.fixture
def delay(workspace: Workspace, edda: User) -> Touchpoint:
    """Where customers wait: in the library, on a journey, with what they say."""
    team = Team.objects.create(workspace=workspace, name="Ops control")
    journey = create_journey(workspace, name="Weekend trip", by=edda)
    channel = create_channel(workspace, name="Push", icon="bell", by=edda)
    delay = create_touchpoint(workspace, name="Delay information", channel=channel, owner=team, by=edda)
    create_touchpoint(workspace, name="Refund claim", by=edda)
    phase = journey.phases.get(kind="retention")
    Placement.objects.create(workspace=workspace, journey=journey, phase=phase, touchpoint=delay, position=0)
    for kind in ("pain", "praise", "wish"):
        create_insight(delay, kind=kind, text=f"What they call a {kind}", mentions=3, by=edda)
    return delay


def test_the_library_is_searched_and_a_search_can_be_sent_to_others(
    delay: Touchpoint, edda: User, visit: Visit
) -> None:
    page = visit(edda, f"/w/{delay.workspace.slug}/touchpoints/")
    expect(page.get_by_text("2 touchpoints")).to_be_visible()
    page.get_by_label("Channel").select_option("Push")
    page.get_by_label("Owner").select_option("Ops control")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("1 touchpoint", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile(r"owner=team-\d+"))
    page.get_by_role("searchbox", name="Search").fill("nowhere")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing matches.")).to_be_visible()
    page.get_by_role("link", name="Clear the search").click()
    expect(page.get_by_text("2 touchpoints")).to_be_visible()


def test_a_touchpoint_is_written_and_archived_knowing_where_it_stands(
    delay: Touchpoint, edda: User, visit: Visit
) -> None:
    page = visit(edda, f"/w/{delay.workspace.slug}/touchpoints/", stands_for="422")
    page.get_by_role("link", name="Touchpoint", exact=True).click()
    page.get_by_label("Name").fill("delay INFORMATION")
    page.get_by_label("Owner").select_option("Ops control")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".field-error")).to_have_text("There is already a touchpoint of that name.")
    page.get_by_label("Name").fill("Platform change")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Platform change")

    page.goto(f"/w/{delay.workspace.slug}/touchpoints/{delay.pk}/")
    page.get_by_role("link", name="Archive…").click()
    expect(page.get_by_text("It stands on 1 journey")).to_be_visible()
    page.get_by_role("button", name="Archive").click()
    expect(page.get_by_text("“Delay information” is archived.")).to_be_visible()
    page.get_by_role("link", name="Archived 1").click()
    page.get_by_role("button", name="Restore Delay information").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Delay information")


def test_an_insight_is_written_corrected_and_archived(delay: Touchpoint, edda: User, visit: Visit) -> None:
    page = visit(edda, f"/w/{delay.workspace.slug}/touchpoints/{delay.pk}/")
    page.get_by_role("link", name="Insight", exact=True).click()
    page.get_by_label("wish").check()
    page.get_by_label("Text").fill("A forecast within five minutes")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Edit “A forecast within five minutes”").click()
    page.get_by_label("Mentions").fill("64")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("64 mentions")).to_be_visible()
    page.get_by_role("link", name="Archive “A forecast within five minutes”").click()
    page.get_by_role("button", name="Archive").click()
    expect(page.get_by_text("64 mentions")).to_be_hidden()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("64 mentions")).to_be_visible()
