"""A survey begins with sensible questions, about what was chosen, in the languages that were chosen."""

import pytest
from django.urls import reverse

from feedback.actions import problems_of, questions_of
from feedback.models import Survey
from journeys.actions.journeys import create_journey
from tests.cast import SignIn
from touchpoints.models import SubjectKind, Touchpoint
from workspaces.models import User, Workspace

FACTS = {"subject": "company", "start": "csat", "languages": ["en", "de"], "name": "Spring"}


def address(workspace: Workspace) -> str:
    return reverse("survey_create", args=[workspace.slug])


def test_a_survey_begins_with_satisfaction_and_its_reason_and_could_be_opened(
    workspace: Workspace, delays: Touchpoint, edda: User, sign_in: SignIn
) -> None:
    client = sign_in(edda)
    form = client.get(address(workspace), {"about": delays.subject_id}).content.decode()
    assert f'<option value="{delays.subject_id}" selected>' in form, "from the touchpoint's page it is chosen already"
    page = client.post(address(workspace), FACTS | {"subject": delays.subject_id}, follow=True).content.decode()
    assert "How satisfied are you with Delay information?" in page
    assert "Nothing keeps it from being open." in page
    survey = Survey.objects.get()
    assert survey.status == "draft", "nobody is asked yet"
    rating, words = questions_of(survey)
    assert (rating.kind, rating.required, rating.subject) == ("csat5", True, delays.subject)
    assert (words.kind, words.required, words.subject) == ("text", False, None)
    assert rating.wording["de"] == "Wie zufrieden sind Sie mit Delay information?"
    assert problems_of(survey) == []


@pytest.mark.parametrize(("start", "kinds"), [("nps", ["nps", "text"]), ("ces", ["ces", "text"]), ("nothing", [])])
def test_it_begins_as_was_chosen(
    start: str, kinds: list[str], workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    sign_in(edda).post(address(workspace), FACTS | {"start": start})
    assert [question.kind for question in questions_of(Survey.objects.get())] == kinds


def test_it_may_be_about_the_company_or_a_journey(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    journey = create_journey(workspace, name="Weekend trip", by=edda)
    client = sign_in(edda)
    page = client.post(address(workspace), FACTS, follow=True).content.decode()
    assert "Lindbahn as a whole" in page
    assert Survey.objects.get().subject.kind == SubjectKind.WORKSPACE
    about = FACTS | {"subject": journey.subject_id, "name": "Trip"}
    page = client.post(address(workspace), about, follow=True).content.decode()
    assert "measures" in page
    assert "Weekend trip" in page


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "This field is required."),
        ("subject", "0", "Select a valid choice."),
        ("languages", [], "Choose at least one language."),
        ("start", "all", "Select a valid choice."),
    ],
)
def test_bad_input_is_said_beside_its_field(
    field: str, value: object, said: str, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    answer = sign_in(edda).post(address(workspace), FACTS | {field: value})
    assert answer.status_code == 422
    assert said in answer.context["form"].errors[field][0]
    assert not Survey.objects.exists()


def test_a_name_is_given_once(workspace: Workspace, survey: Survey, edda: User, sign_in: SignIn) -> None:
    answer = sign_in(edda).post(address(workspace), FACTS | {"name": survey.name})
    assert answer.status_code == 422
    assert "already a survey of that name" in answer.content.decode()


def test_what_belongs_to_others_is_not_offered(
    workspace: Workspace, elsewhere: Workspace, otto: User, edda: User, sign_in: SignIn
) -> None:
    journey = create_journey(elsewhere, name="Their trip", by=otto)
    answer = sign_in(edda).post(address(workspace), FACTS | {"subject": journey.subject_id})
    assert answer.status_code == 422
    assert "Their trip" not in answer.content.decode()
