"""Somebody builds a survey, and a customer with a phone answers it."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from feedback.actions import questions_of
from feedback.models import Response, Survey
from tests.browser.conftest import Visit
from tests.browser.looks import DESK, PHONE, check_looks
from tests.surveying import ASKED, asked_at, survey_at
from touchpoints.actions import create_touchpoint
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


@pytest.fixture
def delays(workspace: Workspace, edda: User) -> Touchpoint:
    """What customers are asked about."""
    return create_touchpoint(workspace, name="Delay information", by=edda)


@pytest.fixture
def survey(delays: Touchpoint, edda: User) -> Survey:
    """Of three questions, all of which may be put in any order but the words."""
    survey = survey_at(delays, by=edda, privacy={"en": "Anonymous.", "de": "Anonym."})
    survey.questions.exclude(kind="text").update(required=True)
    return survey


def wordings(page: Page) -> list[str]:
    return page.locator(".question-wording").all_inner_texts()


def test_an_editor_builds_a_survey_and_sees_a_customer_s_answer_counted(
    workspace: Workspace, delays: Touchpoint, edda: User, visit: Visit
) -> None:
    page = visit(edda, f"/w/{workspace.slug}/touchpoints/{delays.pk}/")
    page.get_by_role("link", name="Survey", exact=True).click()
    expect(page.get_by_label("What it asks about")).to_have_value(str(delays.subject_id))
    page.get_by_label("Name", exact=False).last.fill("On the way")
    page.get_by_role("button", name="Make the survey").click()
    page.get_by_role("link", name="Question", exact=True).click()
    page.get_by_role("link", name="Feeling, five faces").click()
    page.get_by_label("Question (English)").fill("How did you feel while you waited?")
    page.get_by_label("Question (German)").fill("Wie ging es Ihnen beim Warten?")
    page.get_by_role("button", name="Add question").click()
    expect(page.locator(".question")).to_have_count(3)
    check_looks(page)
    page.get_by_role("link", name="Open…").click()
    page.get_by_role("button", name="Open").click()
    link = page.locator("#survey-link").inner_text()

    phone = visit(None, re.sub(r"^https?://[^/]+", "", link), **PHONE)
    phone.get_by_text("Sehr zufrieden").click()
    phone.get_by_role("button", name="Weiter").click()
    phone.get_by_role("textbox").fill("Alles rechtzeitig erfahren")
    phone.get_by_role("button", name="Weiter").click()
    phone.locator("label").last.click()
    phone.get_by_role("button", name="Antworten senden").click()
    expect(phone.get_by_role("heading", name="Danke")).to_be_visible()

    page.reload()
    expect(page.locator(".survey-figures")).to_contain_text(re.compile(r"Sent\s*1"))
    page.get_by_role("link", name="Read the answers").click()
    expect(page.get_by_text("Alles rechtzeitig erfahren")).to_be_visible()
    assert sorted(Response.objects.values_list("metric", flat=True)) == ["csat", "emotion"]


def test_questions_are_dragged_into_order(survey: Survey, edda: User, visit: Visit) -> None:
    page = visit(edda, f"/w/{survey.workspace.slug}/surveys/{survey.pk}/")
    before = wordings(page)
    grips = page.locator(".question-grip")
    start, end = grips.nth(1).bounding_box(), page.locator(".question").nth(0).bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(start["x"] + 5, end["y"] + 12, steps=12)
    with page.expect_response(re.compile("/move/")):
        page.mouse.up()
    expect(page.locator(".question-wording").first).to_have_text(before[1])
    assert [question.kind for question in questions_of(survey)] == ["nps", "csat5", "text"]
    page.reload()
    assert wordings(page) == [before[1], before[0], before[2]]


def test_questions_are_put_in_order_by_keyboard(survey: Survey, edda: User, visit: Visit) -> None:
    page = visit(edda, f"/w/{survey.workspace.slug}/surveys/{survey.pk}/")
    before = wordings(page)
    down = page.get_by_role("button", name="Move question 1 down")
    down.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".question-wording").first).to_have_text(before[1])
    assert page.evaluate("document.activeElement.id").startswith("question-down-"), (
        "whoever steps on can go on stepping"
    )
    page.keyboard.press("Enter")
    expect(page.locator(".question-wording").nth(2)).to_have_text(before[0])


def test_what_would_leave_words_without_their_rating_snaps_back_and_is_said(
    survey: Survey, edda: User, visit: Visit
) -> None:
    page = visit(edda, f"/w/{survey.workspace.slug}/surveys/{survey.pk}/", stands_for="409")
    before = wordings(page)
    page.get_by_role("button", name="Move question 3 up").click()
    expect(page.locator(".question-wording").nth(1)).to_have_text(before[2])
    page.get_by_role("button", name="Move question 2 up").click()
    expect(page.locator("#questions").get_by_role("alert")).to_contain_text("words belong to the rating before")
    assert wordings(page)[0] == before[0]


def test_without_a_script_questions_are_ordered_and_removed(survey: Survey, edda: User, visit: Visit) -> None:
    page = visit(edda, f"/w/{survey.workspace.slug}/surveys/{survey.pk}/", java_script_enabled=False)
    before = wordings(page)
    page.get_by_role("button", name="Move question 1 down").click()
    expect(page.locator(".question-wording").first).to_have_text(before[1])
    page.get_by_role("button", name=f"Remove {before[0]}").click()
    expect(page.locator(".question-wording")).to_have_text([before[1], before[2]])


def test_a_colour_is_told_with_its_contrast(survey: Survey, edda: User, visit: Visit) -> None:
    page = visit(edda, f"/w/{survey.workspace.slug}/surveys/{survey.pk}/edit/", stands_for="422")
    page.get_by_label("Colour").fill("#ffcc00")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#contrast")).to_contain_text("1.5 to 1, cannot be read by everybody")


def test_the_link_is_copied(survey: Survey, edda: User, visit: Visit) -> None:
    page = visit(
        edda,
        f"/w/{survey.workspace.slug}/surveys/{survey.pk}/",
        permissions=["clipboard-read", "clipboard-write"],
    )
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#survey-link").inner_text()


@pytest.mark.parametrize("how", [DESK, PHONE], ids=["desk", "phone"])
def test_every_step_of_a_preview_looks_as_it_will(
    how: dict[str, Any], survey: Survey, edda: User, visit: Visit
) -> None:
    page = visit(edda, f"/w/{survey.workspace.slug}/surveys/{survey.pk}/preview/?in=en", **how)
    for number in range(1, 4):
        expect(page.get_by_text(f"Question {number} of 3")).to_be_visible()
        expect(page.get_by_text("Preview: nothing is stored.")).to_be_visible()
        check_looks(page)
        page.locator(".survey-go").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert not Response.objects.exists()


@pytest.mark.parametrize("how", [DESK, PHONE], ids=["desk", "phone"])
def test_the_builder_can_be_read_by_everyone(
    how: dict[str, Any], survey: Survey, delays: Touchpoint, edda: User, visit: Visit
) -> None:
    survey.hosts = ["www.lindbahn.example"]
    survey.save()
    asked_at(delays, "choice", options=[ASKED, ASKED], by=edda)
    home = f"/w/{survey.workspace.slug}/surveys/"
    page = visit(edda, home, **how)
    for address in ("", "?status=open", "new/", f"{survey.pk}/", f"{survey.pk}/edit/", f"{survey.pk}/close/"):
        page.goto(home + address)
        check_looks(page)
    for kind in ("", "?kind=choice", "?kind=csat5"):
        page.goto(f"{home}{survey.pk}/questions/new/{kind}")
        check_looks(page)
