import re
from typing import Any

import pytest
from playwright.sync_api import expect

from journeys.models import Journey
from personas.actions import create_persona
from tests.browser.conftest import Visit
from tests.browser.looks import DESK, PHONE, check_looks
from tests.journeys.scene import order
from tests.journeys.sheets import LIST, workbook
from workspaces.models import User, Workspace


def test_the_first_journey_is_begun_named_and_archived(workspace: Workspace, edda: User, visit: Visit) -> None:
    create_persona(workspace, name="Mara Lindner", by=edda)
    home = f"/w/{workspace.slug}/journeys/"
    page = visit(edda, home)
    page.get_by_role("link", name="Choose a template").click()
    page.get_by_role("link", name="Begin with an empty map").click()
    page.get_by_label("Name").fill("Weekend trip")
    page.get_by_label("Mara Lindner").check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/journeys/*/")

    page.goto(home)
    page.get_by_label("More about Weekend trip").click()
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Retention").fill("Reise & Bindung")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/journeys/*/")
    assert Journey.objects.get().phases.get(kind="retention").label == "Reise & Bindung"

    page.goto(home)
    page.get_by_label("More about Weekend trip").click()
    page.get_by_role("link", name="Archive…").click()
    page.get_by_role("button", name="Archive").click()
    expect(page.get_by_role("button", name="First touchpoint", exact=True)).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Weekend trip")).to_be_visible()


@pytest.mark.parametrize("how", [DESK, PHONE], ids=["desk", "phone"])
def test_the_first_touchpoint_is_typed_at_once(
    how: dict[str, Any], workspace: Workspace, edda: User, visit: Visit
) -> None:
    page = visit(edda, f"/w/{workspace.slug}/journeys/", **how)
    page.locator("button[name=phase][value=purchase]").click()
    page.wait_for_url("**/journeys/*/#add-*")
    field = page.locator(".quick-add[open] [name=text]")
    expect(field).to_be_focused()
    page.keyboard.type("Ticket machine")
    page.keyboard.press("Enter")
    expect(page.locator(".touchpoint-name", has_text="Ticket machine")).to_be_visible()
    assert order(Journey.objects.get()) == {"purchase": "Ticket machine"}


def test_a_template_becomes_a_map_and_the_map_a_plan(workspace: Workspace, edda: User, visit: Visit) -> None:
    page = visit(edda, f"/w/{workspace.slug}/journeys/new/")
    page.get_by_role("link", name="Rail trip").click()
    expect(page.get_by_text("18 touchpoints will stand on the map.")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile(r"/journeys/\d+/$"))
    expect(page.locator(".phase .touchpoint")).to_have_count(18)
    page.goto(f"/w/{workspace.slug}/journeys/")
    expect(page.locator(".sketch circle")).to_have_count(18)
    check_looks(page)
    page.get_by_label("More about Rail trip").click()
    page.get_by_role("link", name="Duplicate…").click()
    page.get_by_role("button", name="Duplicate").click()
    page.wait_for_url(re.compile(r"/journeys/\d+/$"))
    expect(page.get_by_role("heading", name="Rail trip (to be)")).to_be_visible()
    expect(page.locator(".phase .touchpoint")).to_have_count(18)


@pytest.mark.parametrize("how", [DESK, PHONE], ids=["desk", "phone"])
def test_a_spreadsheet_becomes_a_map(how: dict[str, Any], workspace: Workspace, edda: User, visit: Visit) -> None:
    page = visit(edda, f"/w/{workspace.slug}/journeys/spreadsheet/", **how)
    check_looks(page)
    buffer = workbook(LIST)
    page.set_input_files("input[type=file]", {"name": "map.xlsx", "mimeType": "application/zip", "buffer": buffer})
    page.locator(".form .button-primary").click()
    page.wait_for_url(re.compile(r"/spreadsheet/\d+/$"))
    check_looks(page)
    page.locator("#plan_phase_3").select_option("advocacy")
    page.locator(".button-large:not(.button-primary)").last.click()
    expect(page.locator(".preview-phases")).to_contain_text("Umfrage")
    page.locator(".form .button-primary").click()
    page.wait_for_url(re.compile(r"/journeys/\d+/$"))
    assert order(Journey.objects.get())["advocacy"] == "Umfrage"
