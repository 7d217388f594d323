"""Who comes to a survey that takes no answers is told so kindly."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from feedback.actions import add_question, archive_survey, close_survey, create_survey, edit_survey, pause_survey
from feedback.models import Response, Survey
from tests.surveying import address, fill_in, posted
from workspaces.models import User, Workspace


def ended(survey: Survey, by: User) -> Any:
    close_survey(survey, by=by)


def paused(survey: Survey, by: User) -> Any:
    pause_survey(survey, by=by)


def archived(survey: Survey, by: User) -> Any:
    archive_survey(survey, by=by)


def over(survey: Survey, by: User) -> Any:
    Survey.objects.filter(pk=survey.pk).update(closes_on="2020-01-01")


def full(survey: Survey, by: User) -> Any:
    edit_survey(survey, version=survey.version, quota=1, by=by)
    fill_in(survey, "a" * 24, 2, 3, None)


@pytest.mark.parametrize(
    ("end", "status", "said"),
    [
        (ended, 410, "This survey has ended"),
        (archived, 410, "This survey has ended"),
        (over, 410, "This survey has ended"),
        (full, 410, "We have heard enough, thank you"),
        (paused, 200, "This survey is taking a break"),
    ],
)
def test_who_comes_to_a_survey_that_takes_nothing_is_told_kindly(
    end: Callable[..., Any], status: int, said: str, phone: Client, survey: Survey, edda: User
) -> None:
    path = posted(phone, address(survey), skip="1").wsgi_request.path
    end(survey, edda)
    before = Response.objects.count()
    for answer in (phone.get(address(survey)), phone.get(path), phone.post(path, {"answer": "9"})):
        assert answer.status_code == status
        assert said in answer.content.decode()
    assert Response.objects.count() == before


def test_a_draft_is_not_shown(phone: Client, workspace: Workspace, edda: User) -> None:
    survey = create_survey(workspace, name="In the making", by=edda)
    add_question(survey, kind="nps", wording={"en": "Secret?"}, by=edda)
    page = phone.get(address(survey)).content.decode()
    assert "This survey has not begun yet" in page
    assert "Secret?" not in page


def test_who_comes_to_a_survey_that_takes_nothing_binds_no_question(
    phone: Client, workspace: Workspace, edda: User
) -> None:
    survey = create_survey(workspace, name="In the making", by=edda)
    question = add_question(survey, kind="nps", wording={"en": "Secret?"}, by=edda)
    assert "has not begun yet" in phone.post(address(survey), {"answer": "9"}).content.decode()
    question.refresh_from_db()
    assert not question.answered, "the team may still make another of it"
