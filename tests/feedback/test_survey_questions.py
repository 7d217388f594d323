"""What the team does with the questions of a survey."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from feedback.actions import (
    add_question,
    create_survey,
    edit_question,
    move_question,
    open_survey,
    questions_of,
    remove_question,
    restore_question,
)
from feedback.models import Question, Response, Survey, new_key
from tests.surveying import ASKED, asked_at, fill_in
from touchpoints.actions import create_touchpoint
from touchpoints.models import Touchpoint
from workspaces.errors import Refused, Stale
from workspaces.models import AuditEntry, User, Workspace

TWO = [{"en": "Train", "de": "Bahn"}, {"en": "Bus", "de": "Bus"}]
FIVE = [{"en": str(step), "de": str(step)} for step in range(5)]


@pytest.fixture
def draft(touchpoint: Touchpoint, edda: User) -> Survey:
    """About the touchpoint, without questions."""
    return create_survey(touchpoint.workspace, name="In the making", subject=touchpoint.subject, by=edda)


def kinds(survey: Survey) -> list[str]:
    questions = questions_of(survey)
    assert [question.position for question in questions] == list(range(len(questions)))
    return [question.kind for question in questions]


def test_a_rating_measures_what_the_survey_is_about_unless_it_says_otherwise(draft: Survey, edda: User) -> None:
    other = create_touchpoint(draft.workspace, name="App", by=edda)
    assert add_question(draft, kind="nps", wording=ASKED, by=edda).subject == draft.subject
    assert add_question(draft, kind="ces", wording=ASKED, subject=other.subject, by=edda).subject == other.subject
    assert add_question(draft, kind="text", wording=ASKED, by=edda).subject is None


def test_each_question_measures_its_own_subject(draft: Survey, edda: User) -> None:
    other = create_touchpoint(draft.workspace, name="App", by=edda)
    add_question(draft, kind="csat5", wording=ASKED, by=edda)
    add_question(draft, kind="ces", wording=ASKED, subject=other.subject, by=edda)
    fill_in(open_survey(draft, by=edda), new_key(), 2, 7)
    told = Response.objects.order_by("id").values_list("subject", "metric", "value")
    assert list(told) == [(draft.subject_id, "csat", 2), (other.subject_id, "ces", 7)]


def test_a_subject_elsewhere_is_refused_by_the_database(
    draft: Survey, elsewhere: Workspace, otto: User, edda: User
) -> None:
    foreign = create_touchpoint(elsewhere, name="Tram", by=otto)
    add_question(draft, kind="nps", wording=ASKED, subject=foreign.subject, by=edda)
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.check_constraints()
    Question.objects.all().delete()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"kind": "csat5", "options": TWO}, "each of the 5 steps"),
        ({"kind": "ces", "options": FIVE}, "each of the 7 steps"),
        ({"kind": "nps", "options": TWO}, "has no options"),
        ({"kind": "text", "options": TWO}, "has no options"),
    ],
)
def test_words_that_fit_no_scale_are_refused(facts: dict[str, Any], said: str, draft: Survey, edda: User) -> None:
    with pytest.raises(Refused, match=said):
        add_question(draft, wording=ASKED, by=edda, **facts)
    assert not Question.objects.exists()


def test_a_survey_takes_twenty_questions(draft: Survey, edda: User) -> None:
    for _ in range(20):
        last = add_question(draft, kind="nps", wording=ASKED, by=edda)
    with pytest.raises(Refused, match="at most 20"):
        add_question(draft, kind="nps", wording=ASKED, by=edda)
    remove_question(last, by=edda)
    add_question(draft, kind="ces", wording=ASKED, by=edda)
    with pytest.raises(Refused, match="at most 20"):
        restore_question(last, by=edda)


def test_a_question_is_reworded(survey: Survey, edda: User) -> None:
    fill_in(survey, new_key(), 2, 3, None)
    first = questions_of(survey)[0]
    edited = edit_question(first, version=first.version, wording={"en": "How?", "de": "Wie?"}, options=FIVE, by=edda)
    assert (str(edited), edited.version) == ("How?", first.version + 1)
    with pytest.raises(Stale):
        edit_question(first, version=first.version, wording={"en": "Why?", "de": "Warum?"}, by=edda)


def test_before_it_is_answered_a_question_may_become_another(draft: Survey, edda: User) -> None:
    question = add_question(draft, kind="nps", wording=ASKED, by=edda)
    question = edit_question(question, version=question.version, kind="text", by=edda)
    assert (question.kind, question.subject) == ("text", None)
    question = edit_question(question, version=question.version, kind="csat7", by=edda)
    assert (question.kind, question.subject) == ("csat7", draft.subject)


@pytest.mark.parametrize("what", ["kind", "subject"])
def test_what_was_answered_keeps_what_it_measures(what: str, survey: Survey, edda: User) -> None:
    fill_in(survey, new_key(), 2)  # one answer that nobody has sent yet is enough
    first = questions_of(survey)[0]
    other = create_touchpoint(survey.workspace, name="App", by=edda)
    with pytest.raises(Refused, match="Customers have answered this question"):
        edit_question(
            first, version=first.version, by=edda, **{what: {"kind": "csat7", "subject": other.subject}[what]}
        )


def test_options_that_were_chosen_among_are_not_taken_away(touchpoint: Touchpoint, edda: User) -> None:
    survey, question = asked_at(touchpoint, "choice", options=TWO, by=edda)
    fill_in(survey, new_key(), 1)
    question.refresh_from_db()
    three = [*TWO, {"en": "On foot", "de": "Zu Fuß"}]
    question = edit_question(question, version=question.version, options=three, by=edda)
    with pytest.raises(Refused, match="none can be taken away"):
        edit_question(question, version=question.version, options=TWO, by=edda)


def test_questions_are_moved(survey: Survey, draft: Survey, edda: User) -> None:
    a, b, c = (add_question(draft, kind=kind, wording=ASKED, by=edda) for kind in ("nps", "csat5", "ces"))
    move_question(c, after=None, by=edda)
    assert kinds(draft) == ["ces", "nps", "csat5"]
    move_question(c, after=b, by=edda)
    assert kinds(draft) == ["nps", "csat5", "ces"]
    audited = AuditEntry.objects.filter(verb="question.move").count()
    move_question(b, after=a, by=edda)
    assert AuditEntry.objects.filter(verb="question.move").count() == audited
    with pytest.raises(Refused, match="no longer asked"):
        move_question(a, after=questions_of(survey)[0], by=edda)


def test_words_of_an_open_survey_do_not_lose_their_rating(survey: Survey, edda: User) -> None:
    _rating, recommend, words = questions_of(survey)
    with pytest.raises(Refused, match="words belong to the rating before"):
        move_question(words, after=None, by=edda)
    with pytest.raises(Refused, match="words belong to the rating before"):
        remove_question(recommend, by=edda)
    with pytest.raises(Refused, match="words belong to the rating before"):
        edit_question(recommend, version=recommend.version, required=False, by=edda)
    assert kinds(survey) == ["csat5", "nps", "text"]


def test_a_question_that_was_removed_keeps_its_answers_and_can_come_back(survey: Survey, edda: User) -> None:
    fill_in(survey, new_key(), 2, 3, None)
    first = questions_of(survey)[0]
    remove_question(first, by=edda)
    remove_question(first, by=edda)
    assert kinds(survey) == ["nps", "text"]
    assert Response.objects.filter(question=str(first.pk)).count() == 1
    restore_question(first, by=edda)
    assert kinds(survey) == ["nps", "text", "csat5"]


def test_the_last_question_of_an_open_survey_stays(touchpoint: Touchpoint, edda: User) -> None:
    _survey, question = asked_at(touchpoint, "nps", by=edda)
    with pytest.raises(Refused, match="There is no question yet"):
        remove_question(question, by=edda)
