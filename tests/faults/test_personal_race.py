"""One person with a personal link, in two tabs, who sends at the same moment as often as they can."""

from functools import partial

import pytest
from django.test import Client

from feedback.actions import answer_question, edit_survey, survey_for
from feedback.links import link_to
from feedback.models import Filling, Respondent, Submission, Survey, new_key
from tests.elsewhere import at_once
from tests.surveying import address, asked_at, survey_at
from touchpoints.actions import create_touchpoint
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

ROUNDS, AT_ONCE = 3, 20


@pytest.fixture
def delays(transactional_db: None, workspace: Workspace, edda: User) -> Touchpoint:
    return create_touchpoint(workspace, name="Delay information", by=edda)


@pytest.fixture
def survey(delays: Touchpoint, edda: User) -> Survey:
    """Open, of one question, so that its first form is the one that sends."""
    survey, _question = asked_at(delays, "csat5", by=edda)
    return edit_survey(survey, version=survey.version, cooldown=30, by=edda)


def send(survey: Survey, key: str = "") -> str:
    """Send the form to which a personal link leads; where that led."""
    path = address(survey) + link_to(survey, "K-1001").partition(address(survey))[2]
    return str(Client().post(path, {"answer": "4", "filling": key}).headers["Location"])


def send_without_link(survey: Survey) -> object:
    """As a link would work whose form brings a key of its own each time."""
    asked = survey_for(survey.key)
    return answer_question(asked, new_key(), asked.questions[0], {str(asked.questions[0].pk): 4}, language="en")


@pytest.mark.parametrize("number", range(ROUNDS))
def test_one_person_who_sends_twenty_times_at_once_has_answered_once(survey: Survey, number: int) -> None:
    led = at_once(*[partial(send, survey, new_key() if tab % 2 else "") for tab in range(AT_ONCE)])
    key = Filling.objects.get().key
    assert led == [f"{address(survey)}{key}/"] * AT_ONCE
    assert Submission.objects.count() == Respondent.objects.count() == 1
    assert Survey.objects.get().submitted == 1


def test_without_the_link_each_of_twenty_forms_is_another_answer(survey: Survey) -> None:
    at_once(*[partial(send_without_link, survey)] * AT_ONCE)
    assert Submission.objects.count() > 1


@pytest.mark.parametrize("number", range(ROUNDS))
def test_one_person_who_begins_in_twenty_tabs_is_on_one_way(delays: Touchpoint, edda: User, number: int) -> None:
    survey = survey_at(delays, cooldown=30, by=edda)
    led = set(map(str, at_once(*[partial(send, survey)] * AT_ONCE)))
    assert len(led) == 1
    assert Filling.objects.count() == 1
