"""Questions are added, worded in each language, put in order and taken out, with and without a script."""

from typing import Any

import pytest
from django.urls import reverse

from feedback.actions import add_question, create_survey, edit_survey, questions_of
from feedback.models import Question, QuestionKind, Survey, new_key
from tests.cast import SignIn
from tests.surveying import ASKED, asked_at, fill_in
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


@pytest.fixture
def draft(workspace: Workspace, delays: Touchpoint, edda: User) -> Survey:
    return create_survey(workspace, name="Winter", subject=delays.subject, by=edda)


def address(name: str, survey: Survey, *named: int) -> str:
    return reverse(f"survey_question_{name}", args=[survey.workspace.slug, survey.pk, *named])


def order(survey: Survey) -> list[str]:
    return [question.kind for question in questions_of(survey)]


def test_each_kind_says_what_it_measures_before_it_is_chosen(draft: Survey, edda: User, sign_in: SignIn) -> None:
    page = sign_in(edda).get(address("create", draft)).content.decode()
    for kind in QuestionKind.values:
        assert f"?kind={kind}" in page
    assert "the gap is what disappoints or delights" in page


@pytest.mark.parametrize("kind", QuestionKind.values)
def test_a_question_of_each_kind_begins_in_its_usual_words(
    kind: str, draft: Survey, edda: User, sign_in: SignIn
) -> None:
    client = sign_in(edda)
    form = client.get(address("create", draft), {"kind": kind}).context["form"]
    sent = {name: field.value() or "" for name in form.fields if (field := form[name])}
    sent = {name: value for name, value in sent.items() if value not in ("", False)}
    if kind == "choice":
        sent |= {"options_en": "Yes\nNo", "options_de": "Ja\nNein"}
    page = client.post(f"{address('create', draft)}?kind={kind}", sent, follow=True)
    assert page.redirect_chain, page.context["form"].errors
    question = Question.objects.get()
    assert question.kind == kind
    assert question.subject_id == (draft.subject_id if question.parts else None)
    assert set(question.wording) == {"en", "de"}


def test_a_question_says_what_it_measures_and_that_can_be_changed(
    workspace: Workspace, draft: Survey, delays: Touchpoint, edda: User, sign_in: SignIn
) -> None:
    client = sign_in(edda)
    sent = {"subject": "company", "wording_en": "Would you recommend us?", "wording_de": "Empfehlen Sie uns?"}
    page = client.post(f"{address('create', draft)}?kind=nps", sent, follow=True).content.decode()
    assert "measures" in page
    assert "Lindbahn as a whole" in page
    question = Question.objects.get()
    client.post(address("edit", draft, question.pk), sent | {"subject": delays.subject_id, "version": question.version})
    question.refresh_from_db()
    assert question.subject == delays.subject


def test_options_stand_line_beside_line_in_each_language(draft: Survey, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    sent = {"wording_en": "Why?", "wording_de": "Wozu?", "options_en": "Work\n\nFun", "options_de": "Arbeit\n\nSpaß"}
    client.post(f"{address('create', draft)}?kind=choice", sent)
    assert Question.objects.get().options == [{"en": "Work", "de": "Arbeit"}, {"en": "Fun", "de": "Spaß"}]
    answer = client.post(f"{address('create', draft)}?kind=choice", sent | {"options_en": "\n".join("abcdefghijklm")})
    assert answer.status_code == 422
    assert "at most 12 options" in answer.content.decode()


def test_an_empty_line_moves_no_words_of_a_language_that_is_not_asked_for_now(
    draft: Survey, edda: User, sign_in: SignIn
) -> None:
    options = [{"en": "Work", "de": "Arbeit"}, {"en": "Fun", "de": "Spaß"}]
    question = add_question(draft, kind="choice", wording=ASKED, options=options, by=edda)
    edit_survey(draft, version=draft.version, languages=["en"], by=edda)
    sent = {"wording_en": "Why?", "options_en": "Work\n\nFun", "version": question.version}
    sign_in(edda).post(address("edit", draft, question.pk), sent)
    question.refresh_from_db()
    assert (question.wording["en"], question.options) == ("Why?", options)


def test_what_cannot_change_once_answered_is_said(
    workspace: Workspace, delays: Touchpoint, edda: User, sign_in: SignIn
) -> None:
    survey, question = asked_at(delays, "nps", by=edda)
    fill_in(survey, new_key(), 9)
    client = sign_in(edda)
    page = client.get(address("edit", survey, question.pk)).content.decode()
    assert "what it measures stays" in page
    question.refresh_from_db()
    sent = {"subject": "company", "wording_en": "Better words?", "wording_de": "Bessere?", "version": question.version}
    client.post(address("edit", survey, question.pk), sent)
    question.refresh_from_db()
    assert (question.subject, question.wording["en"]) == (delays.subject, "Better words?")


def test_no_option_that_was_offered_is_taken_away(delays: Touchpoint, edda: User, sign_in: SignIn) -> None:
    options = [{"en": "Work", "de": "Arbeit"}, {"en": "Fun", "de": "Spaß"}, {"en": "Both", "de": "Beides"}]
    survey, question = asked_at(delays, "choice", options=options, by=edda)
    fill_in(survey, new_key(), 1)
    question.refresh_from_db()
    sent = {"wording_en": "Why?", "wording_de": "Wozu?", "options_en": "Work\nFun", "options_de": "Arbeit\nSpaß"}
    answer = sign_in(edda).post(address("edit", survey, question.pk), sent | {"version": question.version})
    assert answer.status_code == 422
    assert "none can be taken away" in answer.content.decode()


def test_a_question_without_words_is_none(draft: Survey, edda: User, sign_in: SignIn) -> None:
    answer = sign_in(edda).post(f"{address('create', draft)}?kind=nps", {"subject": "company"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"wording_en": ["This field is required."]}


@pytest.mark.parametrize("by_script", [True, False])
def test_questions_are_put_in_order(by_script: bool, survey: Survey, edda: User, sign_in: SignIn) -> None:
    satisfied, recommend, _words = questions_of(survey)
    headers: Any = {"HX-Request": "true"} if by_script else {}
    answer = sign_in(edda).post(address("move", survey, satisfied.pk), {"after": recommend.pk}, headers=headers)
    assert answer.status_code == (409 if by_script else 302), "words would lose the rating that must be answered"
    assert order(survey) == ["csat5", "nps", "text"]
    answer = sign_in(edda).post(address("move", survey, recommend.pk), {"after": ""}, headers=headers)
    assert order(survey) == ["csat5", "nps", "text"], "between them stands a rating that may be skipped"
    survey.questions.update(required=True)
    answer = sign_in(edda).post(address("move", survey, recommend.pk), {"after": ""}, headers=headers)
    assert answer.status_code == (200 if by_script else 302)
    assert order(survey) == ["nps", "csat5", "text"]


def test_a_question_is_taken_out(survey: Survey, edda: User, sign_in: SignIn) -> None:
    client, first = sign_in(edda), questions_of(survey)[0]
    page = client.post(address("remove", survey, first.pk), follow=True).content.decode()
    assert order(survey) == ["nps", "text"]
    assert f'action="{address("restore", survey, first.pk)}"' in page, "with the way back"
    client.post(address("restore", survey, first.pk))
    assert order(survey) == ["nps", "text", "csat5"]


def test_a_question_that_cannot_come_back_says_why(survey: Survey, edda: User, sign_in: SignIn) -> None:
    client, words = sign_in(edda), questions_of(survey)[2]
    client.post(address("remove", survey, words.pk))
    add_question(survey, kind="text", wording=ASKED, by=edda)
    toast = client.post(address("restore", survey, words.pk), headers={"HX-Request": "true"})
    assert (
        "the words for this rating are asked for already" in client.get(toast.headers["HX-Redirect"]).content.decode()
    )
    assert order(survey) == ["csat5", "nps", "text"]


def test_the_last_question_of_an_open_survey_stays(delays: Touchpoint, edda: User, sign_in: SignIn) -> None:
    survey, question = asked_at(delays, "nps", by=edda)
    page = sign_in(edda).post(address("remove", survey, question.pk), follow=True).content.decode()
    assert "There is no question yet." in page
    assert "no longer asked" not in page
    assert order(survey) == ["nps"]


def test_of_an_archived_survey_nothing_can_be_changed(survey: Survey, edda: User, sign_in: SignIn) -> None:
    client, first = sign_in(edda), questions_of(survey)[0]
    client.post(reverse("survey_archive", args=[survey.workspace.slug, survey.pk]))
    assert client.post(address("remove", survey, first.pk)).status_code == 404
    for verb in ("hosts", "open", "pause", "close"):
        assert client.post(reverse(f"survey_{verb}", args=[survey.workspace.slug, survey.pk])).status_code == 404
    assert len(order(survey)) == 3
