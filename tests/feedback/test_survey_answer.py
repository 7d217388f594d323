import datetime
from typing import Any

import pytest
from django.utils import timezone

from feedback.actions import (
    Closed,
    add_question,
    answer_question,
    edit_survey,
    forget_left,
    pause_survey,
    remove_question,
    survey_for,
)
from feedback.models import Filling, Response, Submission, Survey, new_key
from tests.surveying import ASKED, asked_at, fill_in, survey_at
from touchpoints.models import Observation, Touchpoint
from workspaces.models import User, Workspace


def said(survey: Survey) -> list[tuple[str, str, int, str]]:
    """Metric, scale, value and words of all that was sent."""
    sent = Response.objects.of(survey.workspace).filter(submission__source=survey.source).order_by("id")
    return list(sent.values_list("metric", "scale", "value", "text"))


def test_what_was_answered_is_one_submission_about_the_touchpoint(survey: Survey, touchpoint: Touchpoint) -> None:
    filling = fill_in(survey, new_key(), 2, 3, "Tell us the reason")
    assert filling.submitted_at
    assert said(survey) == [("csat", "1-5", 2, ""), ("nps", "0-10", 3, "Tell us the reason")]
    submission = Submission.objects.get(source=survey.source)
    assert submission.external_id == filling.key
    assert set(Response.objects.values_list("subject", flat=True)) == {touchpoint.subject_id}
    assert Observation.objects.filter(subject=touchpoint.subject).count() == 2


def test_words_are_kept_in_the_response_alone(survey: Survey) -> None:
    filling = fill_in(survey, new_key(), 2, 3, "Tell us the reason")
    filling = Filling.objects.get(key=filling.key)
    assert filling.answers == {}


def test_what_is_passed_over_is_no_answer(survey: Survey) -> None:
    fill_in(survey, new_key(), None, 9, None)
    assert said(survey) == [("nps", "0-10", 9, "")]


def test_nothing_is_sent_before_the_last_question(survey: Survey) -> None:
    filling = fill_in(survey, new_key(), 2, 3)
    assert filling.submitted_at is None
    assert not said(survey)


def test_nothing_is_sent_while_a_required_answer_is_missing(survey: Survey) -> None:
    key, asked = new_key(), survey_for(survey.key)
    filling = answer_question(asked, key, asked.questions[2], {str(asked.questions[2].pk): "Hello"}, language="de")
    assert filling.submitted_at is None
    assert Filling.objects.get(key=key).language == "de"


def test_going_back_changes_the_answer(survey: Survey) -> None:
    key, asked = new_key(), survey_for(survey.key)
    fill_in(survey, key, 2, 3)
    answer_question(asked, key, asked.questions[0], {str(asked.questions[0].pk): 5}, language="en")
    fill_in(survey, key, 5, 3, None)
    assert said(survey) == [("csat", "1-5", 5, ""), ("nps", "0-10", 3, "")]


def test_what_was_sent_stays_as_it_is(survey: Survey) -> None:
    key = new_key()
    fill_in(survey, key, 2, 3, "Slow")
    again = fill_in(survey, key, 5, 10, "Fast")
    assert again.submitted_at
    assert said(survey) == [("csat", "1-5", 2, ""), ("nps", "0-10", 3, "Slow")]
    assert Survey.objects.get().submitted == 1


def test_expected_and_found_are_two_ratings(touchpoint: Touchpoint, edda: User) -> None:
    survey, question = asked_at(touchpoint, "pair", by=edda)
    expected, found = question.names()
    answer_question(survey_for(survey.key), new_key(), question, {expected: 1, found: -2}, language="en")
    assert said(survey) == [("expectation", "-2-2", 1, ""), ("emotion", "-2-2", -2, "")]


def test_a_choice_is_no_rating_and_stays_with_the_filling(touchpoint: Touchpoint, edda: User) -> None:
    options = [{"en": "By train", "de": "Bahn"}, {"en": "By bus", "de": "Bus"}]
    survey, question = asked_at(touchpoint, "choice", options=options, by=edda)
    filling = fill_in(survey, new_key(), 1)
    assert filling.submitted_at
    assert not said(survey)
    assert Filling.objects.get().answers == {str(question.pk): 1}
    assert Survey.objects.get().submitted == 1


def test_who_passes_over_everything_is_thanked_and_not_counted(touchpoint: Touchpoint, edda: User) -> None:
    survey, _question = asked_at(touchpoint, "csat7", by=edda)
    assert fill_in(survey, new_key(), None).submitted_at
    assert not Submission.objects.exists()
    assert Survey.objects.get().submitted == 0


def test_who_answered_only_what_is_asked_no_longer_is_thanked_and_not_counted(
    touchpoint: Touchpoint, edda: User
) -> None:
    survey, first = asked_at(touchpoint, "csat7", by=edda)
    add_question(survey, kind="ces", wording=ASKED, by=edda)
    key = new_key()
    fill_in(survey, key, 4)
    remove_question(first, by=edda)
    assert fill_in(survey, key, None).submitted_at
    assert not Submission.objects.exists()
    assert Survey.objects.get().submitted == 0


def test_the_audience_is_what_answers_are_of(survey: Survey, workspace: Workspace, edda: User) -> None:
    edit_survey(survey, version=survey.version, segment="Commuters", by=edda)
    fill_in(survey, new_key(), 2, 3, None)
    assert Submission.objects.get().segment == "Commuters"


def test_a_survey_that_pauses_takes_nothing(survey: Survey, edda: User) -> None:
    key = new_key()
    fill_in(survey, key, 2, 3)
    pause_survey(survey, by=edda)
    with pytest.raises(Closed):
        fill_in(survey, key, 2, 3, None)
    assert not said(survey)


def test_a_full_survey_takes_no_more(survey: Survey, edda: User) -> None:
    edit_survey(survey, version=survey.version, quota=1, by=edda)
    fill_in(survey, new_key(), 2, 3, None)
    with pytest.raises(Closed):
        fill_in(survey, new_key(), 2, 3, None)
    assert Submission.objects.count() == 1


def test_a_filling_belongs_to_its_survey(survey: Survey, touchpoint: Touchpoint, edda: User) -> None:
    other = survey_at(touchpoint, name="Another", by=edda)
    key = new_key()
    fill_in(survey, key, 2)
    with pytest.raises(Filling.DoesNotExist):
        fill_in(other, key, 5)


def test_sending_takes_seven_statements(survey: Survey, django_assert_num_queries: Any) -> None:
    fill_in(survey, new_key(), 2, 3, "Fine")
    key = new_key()
    fill_in(survey, key, 2, 3)
    with django_assert_num_queries(7 + 2):  # the test's own transaction makes two savepoints of ours
        asked = survey_for(survey.key)
        last = asked.questions[-1]
        assert answer_question(asked, key, last, {str(last.pk): "Good"}, language="en").submitted_at


def test_what_was_begun_and_left_is_forgotten_after_thirty_days(survey: Survey) -> None:
    left, sent, begun = new_key(), new_key(), new_key()
    fill_in(survey, left, 2)
    fill_in(survey, sent, 2, 3, None)
    Filling.objects.update(begun_at=timezone.now() - datetime.timedelta(days=31))
    fill_in(survey, begun, 2)
    assert forget_left(timezone.now()) == 1
    assert set(Filling.objects.values_list("key", flat=True)) == {sent, begun}
