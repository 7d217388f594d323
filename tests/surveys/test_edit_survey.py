"""What customers see, when it ends, whom it asks."""

import pytest
from django.urls import reverse

from feedback.models import Survey
from tests.cast import SignIn
from workspaces.actions import change_preferences
from workspaces.models import User, Workspace

FACTS = {"name": "On the way", "languages": ["de", "en"], "brand": "#0b4f8a"}


@pytest.fixture
def form(workspace: Workspace, survey: Survey) -> str:
    return reverse("survey_edit", args=[workspace.slug, survey.pk])


def test_all_but_the_questions_can_be_changed(form: str, survey: Survey, edda: User, sign_in: SignIn) -> None:
    said = {
        "privacy_en": "Anonymous.",
        "privacy_de": "Anonym.",
        "privacy_url": "https://example.org/privacy",
        "thanks_en": "Thanks!",
        "quota": "500",
        "closes_on": "2099-12-31",
        "segment": "season tickets",
    }
    client = sign_in(edda)
    client.get(form)
    answer = client.post(form, FACTS | said | {"version": survey.version}, follow=True)
    assert answer.status_code == 200, answer.context["form"].errors
    survey.refresh_from_db()
    assert survey.privacy == {"en": "Anonymous.", "de": "Anonym."}
    assert (survey.thanks, survey.quota, survey.brand) == ({"en": "Thanks!"}, 500, "#0b4f8a")
    assert survey.segment == "season tickets"


def test_a_colour_on_which_white_cannot_be_read_is_refused_with_its_contrast(
    form: str, survey: Survey, edda: User, sign_in: SignIn
) -> None:
    client = sign_in(edda)
    assert "<strong>8.4</strong>" in client.post(form, FACTS | {"version": ""}).content.decode(), "contrast is shown"
    answer = client.post(form, FACTS | {"brand": "#ffcc00", "version": survey.version})
    assert answer.status_code == 422
    assert "have a contrast of 1.5 to 1" in answer.context["form"].errors["brand"][0]
    change_preferences(edda, language="de")
    german = client.post(form, FACTS | {"brand": "#ffcc00", "version": survey.version}).content.decode()
    assert "einen Kontrast von 1,5 zu 1" in german
    assert "<strong>1,5</strong>" in german


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("privacy_url", "http://example.org", "valid URL"),
        ("quota", "0", "greater than or equal to 1"),
        ("privacy_de", "x" * 301, "at most 300"),
        ("closes_on", "9999-01-01", "less than or equal"),
    ],
)
def test_bad_input_is_said_beside_its_field(
    field: str, value: str, said: str, form: str, survey: Survey, edda: User, sign_in: SignIn
) -> None:
    answer = sign_in(edda).post(form, FACTS | {"version": survey.version, field: value})
    assert answer.status_code == 422
    assert said in answer.context["form"].errors[field][0]


def test_two_editors_at_once_lose_no_words(form: str, survey: Survey, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    client.post(form, FACTS | {"version": survey.version, "thanks_en": "Thank you so much"})
    answer = client.post(form, FACTS | {"version": survey.version, "thanks_en": "Many thanks"})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Thank you so much" in shown
    assert "Many thanks" in shown


def test_a_language_without_words_is_refused_while_it_is_open(
    form: str, survey: Survey, edda: User, sign_in: SignIn
) -> None:
    question = survey.questions.first()
    question.wording = {"en": "How?"}
    question.save()
    Survey.objects.update(languages=["en"])
    answer = sign_in(edda).post(form, FACTS | {"version": survey.version})
    assert answer.status_code == 422
    assert "it has no words in German" in answer.content.decode()
