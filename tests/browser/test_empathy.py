"""The empathy map by mouse, finger and keyboard, and a persona's facts where they stand."""

import pytest
from playwright.sync_api import Page, expect

from personas.actions import add_notes, notes_of
from personas.models import Persona
from tests.browser.conftest import Visit
from tests.browser.hands import STEPS, box_of
from tests.browser.looks import PHONE, check_looks
from tests.personas.scene import mara
from workspaces.models import User, Workspace


@pytest.fixture
def persona(workspace: Workspace, edda: User) -> Persona:
    made = mara(workspace, edda, quote="I mind the silence.", portrait="bob", goals="Arrive relaxed")
    add_notes(made, "thinks", ["A cheap fare has a catch.", "Trains should beat the car."], by=edda)
    add_notes(made, "feels", ["Helpless when nobody gives a reason."], evidence="interviewed", heard=12, by=edda)
    return made


def opened(persona: Persona) -> str:
    return f"/w/{persona.workspace.slug}/personas/{persona.pk}/"


def says(page: Page, kind: str, *texts: str) -> None:
    """Wait until that list holds these notes, in this order, and all is saved."""
    expect(page.locator(".note[data-state=saving]")).to_have_count(0)
    expect(page.locator(f"#notes-{kind} .note-text")).to_have_text([*texts])


def stored(persona: Persona, kind: str) -> list[str]:
    return [note.text for note in notes_of(persona, kind)]


def carry(page: Page, text: str, kind: str) -> None:
    """Grab a note by the mouse and hold it over the end of another list."""
    note = box_of(page.locator(".note", has_text=text))
    page.mouse.move(note["x"] + 60, note["y"] + note["height"] / 2)
    page.mouse.down()
    page.mouse.move(note["x"] + 70, note["y"] + note["height"] / 2 + 6, steps=3)
    there = box_of(page.locator(f"#notes-{kind} .note-list"))
    page.mouse.move(there["x"] + 80, there["y"] + there["height"] - 4, steps=STEPS)
    page.mouse.move(there["x"] + 81, there["y"] + there["height"] - 3, steps=2)
    expect(page.locator(f"#notes-{kind} .note-list > .note", has_text=text)).to_have_count(1)


def test_a_note_is_typed_and_the_field_is_empty_for_the_next(persona: Persona, edda: User, visit: Visit) -> None:
    page = visit(edda, opened(persona))
    field = page.get_by_label("New under Says")
    for text in ("Two taps, done.", "Nobody told us anything."):
        field.fill(text)
        field.press("Enter")
        expect(field).to_have_value("")
    says(page, "says", "Two taps, done.", "Nobody told us anything.")
    expect(field).to_be_focused()
    check_looks(page)


def test_many_lines_are_pasted_as_many_notes(persona: Persona, edda: User, visit: Visit) -> None:
    page = visit(edda, opened(persona))
    page.get_by_label("New under Does").focus()
    page.evaluate(
        """() => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text", "Books on Thursday\\nAsks twice");
          const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
          document.activeElement.dispatchEvent(event);
        }"""
    )
    says(page, "does", "Books on Thursday", "Asks twice")


def test_a_note_is_dragged_to_another_quadrant_and_stays(persona: Persona, edda: User, visit: Visit) -> None:
    page = visit(edda, opened(persona))
    carry(page, "A cheap fare", "feels")
    page.mouse.up()
    says(page, "feels", "Helpless when nobody gives a reason.", "A cheap fare has a catch.")
    says(page, "thinks", "Trains should beat the car.")
    page.reload()
    says(page, "feels", "Helpless when nobody gives a reason.", "A cheap fare has a catch.")
    carry(page, "Helpless", "does")
    page.mouse.up()
    says(page, "does", "Helpless when nobody gives a reason.")


def test_escape_puts_a_dragged_note_back(persona: Persona, edda: User, visit: Visit) -> None:
    page = visit(edda, opened(persona))
    carry(page, "A cheap fare", "feels")
    page.keyboard.press("Escape")
    page.mouse.up()
    says(page, "thinks", "A cheap fare has a catch.", "Trains should beat the car.")
    assert stored(persona, "feels") == ["Helpless when nobody gives a reason."]


def test_a_finger_carries_a_note_after_a_press(persona: Persona, edda: User, visit: Visit) -> None:
    page = visit(edda, opened(persona), **{**PHONE, "language": "en"})
    note = page.locator(".note", has_text="Trains should beat")
    note.scroll_into_view_if_needed()
    there = page.locator("#notes-feels .note-list")
    touch = page.context.new_cdp_session(page)
    box, to = box_of(note), box_of(there)
    x, y = box["x"] + 80, box["y"] + box["height"] / 2

    def at(kind: str, *points: tuple[float, float]) -> None:
        touched = [{"x": one, "y": two} for one, two in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})

    at("touchStart", (x, y))
    page.wait_for_timeout(320)  # a press of 250 ms is no scroll
    end = to["y"] + to["height"] - 6
    for step in range(1, STEPS + 1):
        at("touchMove", (x, y + (end - y) * step / STEPS))
        page.wait_for_timeout(20)
    at("touchEnd")
    says(page, "feels", "Helpless when nobody gives a reason.", "Trains should beat the car.")
    check_looks(page)


def test_keys_lift_carry_and_drop_a_note(persona: Persona, edda: User, visit: Visit) -> None:
    page = visit(edda, opened(persona))
    note = page.locator(".note", has_text="A cheap fare")
    note.focus()
    hears = expect(page.locator("#announcements"))
    page.keyboard.press("Space")
    hears.to_have_text("Picked up “A cheap fare has a catch.”, Thinks, position 1 of 2.")
    page.keyboard.press("ArrowDown")
    hears.to_have_text("Thinks, position 2 of 2.")
    page.keyboard.press("ArrowRight")
    hears.to_have_text("Feels, position 2 of 2.")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    says(page, "feels", "A cheap fare has a catch.", "Helpless when nobody gives a reason.")
    hears.to_have_text("Feels, position 1")
    expect(note).to_be_focused()
    assert stored(persona, "feels")[0] == "A cheap fare has a catch."


def test_escape_puts_a_lifted_note_back(persona: Persona, edda: User, visit: Visit) -> None:
    page = visit(edda, opened(persona))
    page.locator(".note", has_text="A cheap fare").focus()
    for key in ("Space", "ArrowRight", "Escape"):
        page.keyboard.press(key)
    says(page, "thinks", "A cheap fare has a catch.", "Trains should beat the car.")
    expect(page.locator("#announcements")).to_have_text("Cancelled, back in Thinks, position 1.")
    assert stored(persona, "thinks") == ["A cheap fare has a catch.", "Trains should beat the car."]


def test_the_menu_moves_edits_and_takes_away(persona: Persona, edda: User, visit: Visit) -> None:
    page = visit(edda, opened(persona))
    note = page.locator(".note", has_text="A cheap fare")
    note.hover()
    note.locator("summary").click()
    note.get_by_role("button", name="To Pains").click()
    says(page, "pain", "A cheap fare has a catch.")
    note.hover()
    note.locator("summary").click()
    note.get_by_role("link", name="Edit").click()
    expect(page.get_by_label("text")).to_be_focused()
    page.get_by_role("radio", name="interviews").check()
    page.get_by_label("heard how often").fill("4")
    page.get_by_role("button", name="Save").click()
    expect(note.locator(".note-heard")).to_have_text("4")
    note.hover()
    note.locator("summary").click()
    note.get_by_role("button", name="Take away").click()
    says(page, "pain")
    page.get_by_role("button", name="Undo").click()
    says(page, "pain", "A cheap fare has a catch.")


def test_a_fact_is_written_where_it_stands(persona: Persona, edda: User, visit: Visit) -> None:
    page = visit(edda, opened(persona), stands_for="422")
    page.get_by_role("link", name="Household").click()
    field = page.get_by_role("textbox", name="household")
    field.fill("With Ben, in Leipzig")
    field.press("Enter")
    expect(page.locator("#fact-household")).to_contain_text("With Ben, in Leipzig")
    page.locator("#fact-quote").hover()
    page.get_by_role("link", name="Edit: quote").click()
    page.get_by_role("textbox", name="quote").fill("I mind not knowing.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#fact-quote blockquote")).to_have_text("I mind not knowing.")
    page.get_by_role("link", name="Age").click()
    page.get_by_role("spinbutton", name="age").fill("400")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    check_looks(page)


def test_who_only_looks_sees_no_way_to_change(persona: Persona, vik: User, visit: Visit) -> None:
    page = visit(vik, opened(persona), **PHONE)
    expect(page.get_by_text("A cheap fare has a catch.")).to_be_visible()
    expect(page.locator(".note-input, .note-menu, .fact-edit")).to_have_count(0)
    check_looks(page)
