"""How many began, how many sent it, and where the others stopped."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from feedback.actions import add_question, answer_question, questions_of, survey_for
from feedback.funnel import funnel_of
from feedback.models import Survey, new_key
from tests.cast import SignIn
from tests.surveying import ASKED, fill_in
from workspaces.models import User, Workspace


def test_where_customers_stopped_is_told_question_by_question(
    workspace: Workspace, survey: Survey, vik: User, sign_in: SignIn
) -> None:
    fill_in(survey, new_key(), 4, 9, "Fine")
    fill_in(survey, new_key(), None, 3, None)  # passed over what may be
    fill_in(survey, new_key(), 5)
    fill_in(survey, new_key(), 5)
    fill_in(survey, new_key(), 5, 6)
    questions = questions_of(survey)
    funnel = funnel_of(survey, questions)
    assert (funnel.begun, funnel.finished, funnel.underway) == (5, 2, 3)
    assert [funnel.left[question.pk] for question in questions] == [0, 2, 1]
    page = sign_in(vik).get(reverse("survey", args=[workspace.slug, survey.pk])).content.decode()
    assert "2 came no further than this." in page
    assert "1 came no further than this." in page


def test_of_a_pair_half_an_answer_is_none(survey: Survey, edda: User) -> None:
    pair = add_question(survey, kind="pair", wording=ASKED, by=edda)
    asked = survey_for(survey.key)
    key = new_key()
    for question, value in zip(asked.questions[:3], (4, 9, "Fine"), strict=True):
        answer_question(asked, key, question, dict.fromkeys(question.names(), value), language="en")
    assert funnel_of(survey, questions_of(survey)).left[pair.pk] == 1


def test_its_answers_are_read_without_those_of_other_sources(
    workspace: Workspace, survey: Survey, vik: User, sign_in: SignIn
) -> None:
    fill_in(survey, new_key(), 4, 9, "Fine words")
    client = sign_in(vik)
    page = client.get(reverse("survey", args=[workspace.slug, survey.pk])).content.decode()
    way = f"{reverse('answers', args=[workspace.slug])}?source=survey%20{survey.pk}"
    assert way in page
    assert "Fine words" in client.get(way).content.decode()
    other = client.get(reverse("answers", args=[workspace.slug]), {"source": "elsewhere"}).content.decode()
    assert "Fine words" not in other
    assert "Nothing matches." in other


def test_statements_do_not_grow_with_questions(survey: Survey, edda: User, sign_in: SignIn) -> None:
    client, page = sign_in(edda), reverse("survey", args=[survey.workspace.slug, survey.pk])
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for _ in range(8):
        add_question(survey, kind="csat5", wording=ASKED, by=edda)
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(many) == len(few) <= 12
