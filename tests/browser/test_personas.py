from typing import Any

import pytest
from playwright.sync_api import expect

from personas.actions import create_persona
from personas.models import LISTS, Persona
from tests.browser.conftest import Visit
from tests.browser.looks import check_looks
from workspaces.models import User, Workspace

LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenberechtigte und weitere Reisende"


@pytest.fixture
def mara(workspace: Workspace, edda: User) -> Persona:
    """A persona of whom everything is known."""
    lists: dict[str, Any] = dict.fromkeys(LISTS, "One\nTwo")
    facts: dict[str, Any] = {
        "share": 38,
        "age": 34,
        "quote": "I mind the silence.",
        "segment": LONG,
        "evidence": "researched",
    }
    return create_persona(workspace, name="Mara Lindner", **facts, **lists, by=edda)


def test_a_persona_is_written_archived_and_taken_back(workspace: Workspace, edda: User, visit: Visit) -> None:
    page = visit(edda, f"/w/{workspace.slug}/personas/", stands_for="422")
    page.get_by_role("link", name="First persona").click()
    page.get_by_label("Share of customers, %").fill("138")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.get_by_role("link", name="Name: This field is required.").click()
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type("Mara Lindner")
    page.get_by_label("Share of customers, %").fill("38")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mara Lindner")

    page.locator(".persona-bar").get_by_label("More").click()
    page.get_by_role("link", name="Archive…").click()
    page.get_by_role("button", name="Archive").click()
    expect(page.get_by_role("status").get_by_text("“Mara Lindner” is archived.")).to_be_visible()
    expect(page.get_by_role("link", name="First persona")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mara Lindner")
    expect(page.get_by_role("link", name="Edit", exact=True)).to_be_visible()


def test_of_two_who_write_at_once_neither_loses_a_word(mara: Persona, edda: User, ada: User, visit: Visit) -> None:
    address = f"/w/{mara.workspace.slug}/personas/{mara.pk}/edit/"
    hers, mine = visit(ada, address), visit(edda, address, stands_for="409")
    for page, quote in ((hers, "Nobody told us anything."), (mine, "Two taps, done.")):
        page.get_by_label("Quote").fill(quote)
        page.get_by_role("button", name="Save").click()
    expect(mine.get_by_role("alert").filter(has_text="Somebody saved a newer version")).to_be_visible()
    expect(mine.get_by_role("textbox", name="Quote", exact=False).first).to_have_value("Two taps, done.")
    expect(mine.get_by_role("group", name="Quote, as stored by now").locator("textarea")).to_have_value(
        "Nobody told us anything."
    )
    check_looks(mine)
    mine.get_by_role("button", name="Save").click()
    expect(mine.get_by_text("Two taps, done.")).to_be_visible()
