"""A customer with a phone, and what becomes of what they say."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from feedback.actions import add_question, create_survey, open_survey
from feedback.models import Response, Survey
from tests.answering import Given
from tests.browser.conftest import Visit
from tests.browser.looks import PHONE, check_looks
from tests.surveying import ASKED, RECOMMEND, WORDS
from touchpoints.actions import create_touchpoint, fold_all
from touchpoints.models import HealthScore, Touchpoint
from workspaces.models import User, Workspace

SMALL: dict[str, Any] = {**PHONE, "java_script_enabled": False}


@pytest.fixture
def delays(workspace: Workspace, edda: User, given: Given) -> Touchpoint:
    """Of which five customers thought well."""
    touchpoint = create_touchpoint(workspace, name="Delay information", by=edda)
    given(touchpoint, 5, 5, 5, 5, 4)
    fold_all()
    return touchpoint


@pytest.fixture
def survey(delays: Touchpoint, edda: User) -> Survey:
    """Of every kind of question."""
    survey = create_survey(
        delays.workspace,
        name="On the way",
        subject=delays.subject,
        brand="#0b4f8a",
        privacy={"en": "Anonymous.", "de": "Anonym."},
        privacy_url="https://lindbahn.example/privacy",
        by=edda,
    )
    options = [{"en": "Train", "de": "Bahn"}, {"en": "Bus", "de": "Bus"}]
    questions: tuple[dict[str, Any], ...] = (
        {"kind": "csat5"},
        {"kind": "emotion"},
        {"kind": "pair"},
        {"kind": "ces"},
        {"kind": "choice", "options": options},
        {"kind": "nps", "required": True, "wording": RECOMMEND},
        {"kind": "text", "wording": WORDS},
    )
    for facts in questions:
        add_question(survey, by=edda, **{"wording": ASKED, **facts})
    return open_survey(survey, by=edda)


def go(page: Page) -> None:
    page.locator(".survey-go").click()


def test_on_a_phone_in_german_from_the_first_question_to_thanks_without_a_script(
    survey: Survey, delays: Touchpoint, visit: Visit
) -> None:
    before = HealthScore.objects.get(subject=delays.subject, persona=None).score
    page = visit(None, f"/q/{survey.key}/", **SMALL)
    expect(page.get_by_text("Frage 1 von 7")).to_be_visible()
    page.get_by_label("Sehr unzufrieden").check()
    go(page)
    page.get_by_label("frustriert").check()
    go(page)
    page.get_by_label("sehr gut").first.check(force=True)
    page.get_by_label("schlecht", exact=True).last.check(force=True)
    go(page)
    page.get_by_role("button", name="Frage überspringen").click()
    page.get_by_label("Bus").check()
    go(page)
    page.get_by_label("3", exact=True).check(force=True)
    page.reload()
    page.get_by_label("3", exact=True).check(force=True)
    go(page)
    page.get_by_role("textbox").fill("Niemand wusste etwas.")
    page.get_by_role("button", name="Antworten senden").click()
    expect(page.get_by_role("heading", name="Danke")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Danke")).to_be_visible()
    fold_all()
    assert HealthScore.objects.get(subject=delays.subject, persona=None).score < before
    said = Response.objects.filter(submission__source=survey.source).order_by("id")
    assert list(said.values_list("metric", "value", "text")) == [
        ("csat", 1, ""),
        ("emotion", -2, ""),
        ("expectation", 2, ""),
        ("emotion", -1, ""),
        ("nps", 3, "Niemand wusste etwas."),
    ]


def test_a_problem_is_focused_and_leads_to_the_answer(survey: Survey, visit: Visit) -> None:
    page = visit(None, f"/q/{survey.key}/", stands_for="422", **PHONE)
    go(page)
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Es gibt ein Problem")
    summary.get_by_role("link", name="Wählen Sie eine Antwort oder überspringen Sie die Frage").click()
    expect(page.get_by_label("Sehr zufrieden")).to_be_focused()
    check_looks(page)


def test_keys_alone_are_enough(survey: Survey, visit: Visit) -> None:
    page = visit(None, f"/q/{survey.key}/", language="en")
    page.get_by_label("Very satisfied").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Satisfied", exact=True)).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Question 2 of 7")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Question 1 of 7")).to_be_visible()


def test_another_language_keeps_the_place(survey: Survey, visit: Visit) -> None:
    page = visit(None, f"/q/{survey.key}/", **SMALL)
    page.get_by_role("button", name="Frage überspringen").click()
    page.get_by_role("link", name="English").click()
    expect(page.get_by_text("Question 2 of 7")).to_be_visible()
    page.get_by_role("button", name="Skip this question").click()
    expect(page.get_by_text("Question 3 of 7")).to_be_visible()
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_text("Question 2 of 7")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1440])
def test_every_kind_of_question_is_well_drawn(theme: str, width: int, survey: Survey, visit: Visit) -> None:
    page = visit(
        None,
        f"/q/{survey.key}/",
        stands_for="422",
        language="de",
        theme=theme,
        viewport={"width": width, "height": 844},
    )
    for number in range(1, 8):
        expect(page.get_by_text(f"Frage {number} von 7")).to_be_visible()
        go(page)  # of which nothing comes but what is wrong with it
        if number < 7:
            expect(page.get_by_role("alert")).to_be_visible()
            check_looks(page)
            page.locator("label:last-child").first.click()
            if page.get_by_role("group").count() > 1:
                page.locator("label:last-child").last.click()
            check_looks(page)
            go(page)
    expect(page.get_by_role("heading", name="Danke")).to_be_visible()
    check_looks(page)
