"""What is chosen in a survey can fill an attribute, by which answers are cut."""

import pytest
from django.db import IntegrityError

from feedback.actions import (
    Closed,
    add_question,
    advice_of,
    answer_question,
    create_survey,
    edit_question,
    edit_survey,
    open_survey,
    questions_of,
    remove_question,
    restore_question,
    survey_for,
)
from feedback.models import Filling, Question, Response, Submission, new_key
from tests.rest import Rest
from tests.surveying import ASKED, fill_in
from workspaces.actions import archive_attribute, create_attribute
from workspaces.errors import Refused

WHY = [{"en": "Work", "de": "Arbeit"}, {"en": "Fun", "de": "Spaß"}]


@pytest.fixture
def reason(workspace, edda):
    return create_attribute(workspace, name="Reason", by=edda)


@pytest.fixture
def draft(touchpoint, edda):
    """A draft: csat5, which may be skipped."""
    survey = create_survey(
        touchpoint.workspace, name="Why", subject=touchpoint.subject, languages=["de", "en"], by=edda
    )
    add_question(survey, kind="csat5", wording=ASKED, by=edda)
    return survey


@pytest.fixture
def choice(draft, reason, edda):
    return add_question(draft, kind="choice", wording=ASKED, options=WHY, attribute=reason, by=edda)


@pytest.fixture
def opened(draft, choice, edda):
    return open_survey(draft, by=edda)


def said():
    return list(Submission.objects.order_by("pk").values_list("attributes", flat=True))


def test_what_is_chosen_is_the_value_in_the_surveys_first_language(opened):
    fill_in(opened, new_key(), 4, 1)
    assert said() == [{"reason": "Spaß"}], "though it was answered in English"


def test_who_chooses_nothing_says_nothing_of_it(opened):
    fill_in(opened, new_key(), 4, None)
    assert said() == [{}]


def test_a_choice_alone_is_sent_and_counted_but_there_is_nothing_to_cut_by_it(opened):
    filling = fill_in(opened, new_key(), None, 1)
    opened.refresh_from_db()
    assert (bool(filling.submitted_at), opened.submitted, Submission.objects.count()) == (True, 1, 0)
    assert Filling.objects.get().answers == {str(questions_of(opened)[1].pk): 1}


def test_an_archived_attribute_is_not_filled_and_the_page_says_so(opened, reason, edda, sign_in):
    archive_attribute(reason, by=edda)
    fill_in(opened, new_key(), 4, 1)
    assert said() == [{}]
    page = sign_in(edda).get(f"/w/{opened.workspace.slug}/surveys/{opened.pk}/").content.decode()
    assert "fills nothing" in page
    assert "is archived and not filled" in page


def test_archived_at_this_moment_it_is_asked_once_more_and_nothing_is_lost(opened, reason, edda):
    key = new_key()
    fill_in(opened, key, 4)
    asked = survey_for(opened.key)
    archive_attribute(reason, by=edda)
    last = asked.questions[-1]
    with pytest.raises(Closed):
        answer_question(asked, key, last, {str(last.pk): 1}, language="en")
    assert said() == []
    assert answer_question(survey_for(opened.key), key, last, {str(last.pk): 1}, language="en").submitted_at
    assert said() == [{}]


def test_the_page_says_what_is_filled_and_that_a_rating_is_needed(draft, choice, edda, sign_in):
    page = sign_in(edda).get(f"/w/{draft.workspace.slug}/surveys/{draft.pk}/").content.decode()
    assert "fills Reason" in page
    assert "let one be required" in page
    rating = questions_of(draft)[0]
    edit_question(rating, version=1, required=True, by=edda)
    assert not any("let one be required" in words for words in advice_of(draft, questions_of(draft)))


def test_sending_takes_no_statement_more(opened, django_assert_num_queries):
    fill_in(opened, new_key(), 4, 1)
    key = new_key()
    fill_in(opened, key, 2)
    with django_assert_num_queries(7 + 2):  # the test's own transaction makes two savepoints of ours
        asked = survey_for(opened.key)
        last = asked.questions[-1]
        assert answer_question(asked, key, last, {str(last.pk): 0}, language="en").submitted_at


def test_options_that_are_too_long_for_an_attribute_are_refused(draft, choice, edda):
    long = [*WHY, {"en": "x" * 201, "de": "kurz"}]
    with pytest.raises(Refused, match="at most 200"):
        edit_question(choice, version=1, options=long, by=edda)
    free = add_question(draft, kind="choice", wording=ASKED, options=long, by=edda)
    other = create_attribute(draft.workspace, name="Line", by=edda)
    with pytest.raises(Refused, match="at most 200"):
        edit_question(free, version=1, attribute=other, by=edda)


def test_two_questions_cannot_fill_the_same_attribute(draft, choice, reason, edda):
    with pytest.raises(IntegrityError, match="question_attribute_once"):
        add_question(draft, kind="choice", wording=ASKED, options=WHY, attribute=reason, by=edda)


def test_a_restored_question_leaves_the_attribute_to_the_one_that_fills_it_by_now(draft, choice, reason, edda):
    remove_question(choice, by=edda)
    other = add_question(draft, kind="choice", wording=ASKED, options=WHY, attribute=reason, by=edda)
    assert restore_question(choice, by=edda).attribute is None
    other.refresh_from_db()
    assert other.attribute == reason


def test_nothing_but_a_choice_fills_an_attribute(draft, reason, edda):
    with pytest.raises(IntegrityError, match="question_attribute_if_chosen"):
        add_question(draft, kind="nps", wording=ASKED, attribute=reason, by=edda)


def test_an_editor_chooses_the_attribute(draft, reason, edda, sign_in):
    client = sign_in(edda)
    new = f"/w/{draft.workspace.slug}/surveys/{draft.pk}/questions/new/?kind="
    assert "attribute" not in client.get(f"{new}nps").context["form"].fields
    sent = {"wording_en": "Why?", "wording_de": "Wozu?", "options_en": "Work\nFun", "options_de": "Arbeit\nSpaß"}
    client.post(f"{new}choice", sent | {"attribute": str(reason.pk)})
    assert Question.objects.get(kind="choice").attribute == reason
    again = client.post(f"{new}choice", sent | {"attribute": str(reason.pk)})
    assert again.status_code == 422
    assert "fills this attribute already" in again.content.decode()


def test_where_there_is_no_attribute_none_is_offered(draft, edda, sign_in):
    page = sign_in(edda).get(f"/w/{draft.workspace.slug}/surveys/{draft.pk}/questions/new/?kind=choice")
    assert "attribute" not in page.context["form"].fields


def test_a_program_names_the_attribute(draft, reason, tess):
    rest = Rest(tess)
    body = {"survey": draft.pk, "kind": "choice", "wording": ASKED, "options": WHY, "attribute": reason.pk}
    made = rest.post("questions/", body)
    assert (made.status_code, made.json()["attribute"]) == (201, reason.pk)
    assert rest.post("questions/", body | {"kind": "nps", "options": []}).status_code == 422
    assert rest.post("questions/", body).status_code in {409, 422}
    cleared = rest.patch(f"questions/{made.json()['id']}/", {"attribute": None, "version": 1})
    assert cleared.json()["attribute"] is None


def test_another_order_of_languages_changes_what_new_answers_say(opened, edda):
    fill_in(opened, new_key(), 4, 0)
    edit_survey(opened, version=opened.version, languages=["en", "de"], by=edda)
    fill_in(opened, new_key(), 4, 0)
    assert said() == [{"reason": "Arbeit"}, {"reason": "Work"}]
    assert Response.objects.count() == 2


def test_passing_a_question_over_leaves_its_meaning_open(opened):
    fill_in(opened, new_key(), None)
    assert not Question.objects.filter(answered=True).exists()
    fill_in(opened, new_key(), 3)
    assert Question.objects.get(answered=True).kind == "csat5"
