"""A touchpoint is opened in more detail, and the way back is found; on a phone, too."""

from typing import Any

import pytest
from playwright.sync_api import expect

from feedback.actions import record_responses
from journeys.actions.history import undo_change
from journeys.actions.placements import archive_placement
from journeys.models import Journey
from personas.models import Persona
from tests.answering import an_answer
from tests.browser.conftest import Open, Visit
from tests.browser.looks import DESK, PHONE, check_looks
from tests.journeys.below import put
from tests.journeys.scene import address, drawn, placed
from tests.journeys.told import scored
from touchpoints.actions import fold_all
from touchpoints.models import HealthScore, Touchpoint
from workspaces import clock
from workspaces.models import User, Workspace


@pytest.fixture
def refund(workspace: Workspace, trip: Journey, edda: User) -> Journey:
    refund = drawn(workspace, edda, "Refund, step by step", purchase="Claim", retention="Money")
    scored(placed(refund, "Claim").touchpoint, 34)
    scored(placed(refund, "Money").touchpoint, 66)
    return refund


def test_a_touchpoint_is_opened_from_its_menu_and_leads_there_and_back(
    open_map: Open, trip: Journey, refund: Journey, edda: User
) -> None:
    seen = open_map(trip, edda)
    seen.focus("Delay")
    seen.press("Shift+F10")
    seen.page.get_by_role("link", name="Open in more detail…").click()
    seen.page.get_by_label("A journey that you have").select_option(label="Refund, step by step")
    check_looks(seen.page)
    seen.page.get_by_role("button", name="Open").click()
    expect(seen.page.get_by_role("heading", level=1)).to_have_text("Refund, step by step")
    seen.page.get_by_role("navigation", name="Part of").get_by_role("link").click()
    expect(seen.page.get_by_role("heading", level=1)).to_have_text(trip.name)
    opened = seen.page.get_by_role("link", name="from Refund, step by step")
    expect(opened).to_be_visible()
    opened.click()
    expect(seen.page.get_by_role("heading", level=1)).to_have_text("Refund, step by step")


def test_a_map_follows_what_happens_on_the_journeys_below_it(
    open_map: Open, trip: Journey, refund: Journey, workspace: Workspace, edda: User, ada: User
) -> None:
    put(refund, trip, "Delay", edda)
    letter = placed(put(drawn(workspace, edda, "Letters", purchase="Letter"), refund, "Money", edda), "Letter")
    seen = open_map(trip, edda)
    delay = seen.touchpoint("Delay")
    expect(seen.page.locator("body")).to_have_attribute("data-live-state", "open")
    expect(delay).to_contain_text("50Weak")
    archive_placement(placed(refund, "Money"), by=ada)
    expect(delay).to_contain_text("34Critical")
    undo_change(refund, by=ada)
    expect(delay).to_contain_text("50Weak")
    HealthScore.objects.filter(subject=placed(refund, "Money").touchpoint.subject).delete()
    answered_well(letter.touchpoint)
    expect(delay).not_to_contain_text("50")
    expect(seen.page.locator("#summary")).not_to_contain_text("50")


def answered_well(touchpoint: Touchpoint) -> None:
    """Thirty customers were content, today."""
    today: Any = {"occurred_at": clock.today(touchpoint.workspace.zone)}
    record_responses(touchpoint.workspace, [an_answer(touchpoint, 5, **today) for _ in range(30)])
    fold_all()


@pytest.mark.parametrize("how", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("view", ["overview", "timeline", "table"])
def test_maps_that_open_others_look_well(
    visit: Visit, trip: Journey, refund: Journey, edda: User, how: dict[str, Any], view: str
) -> None:
    put(refund, trip, "Delay", edda)
    put(drawn(trip.workspace, edda, "Booking in detail"), trip, "purchase", edda)
    for journey in (trip, refund):
        check_looks(visit(edda, f"{address('journey', journey)}?view={view}", **how))


@pytest.mark.parametrize("how", [DESK, PHONE], ids=["desk", "phone"])
def test_pages_across_journeys_look_well(
    visit: Visit, workspace: Workspace, trip: Journey, refund: Journey, edda: User, how: dict[str, Any]
) -> None:
    mara = Persona.objects.create(workspace=workspace, name="Mara Lindner-Öztürk-Wieselburger, die Vielfahrerin")
    for journey in (trip, refund):
        journey.personas.add(mara, through_defaults={"workspace": workspace})
    delay = placed(trip, "Delay").touchpoint
    scored(delay, 34, persona=mara, perception=-1.4, perception_source="emotion", expectation=0.5)
    put(refund, trip, "Delay", edda)
    for name in ("across", f"{mara.pk}/journeys"):
        page = visit(edda, f"/w/{workspace.slug}/personas/{name}/", **how)
        expect(page.locator("main")).to_contain_text("Mara Lindner")
        check_looks(page)
