"""Many customers, and one customer many times, at the same moment."""

from functools import partial

import pytest
from django.test import Client

from feedback.actions import Answer, Closed, answer_question, edit_survey, record_responses, survey_for
from feedback.models import Filling, Response, Submission, Survey, new_key
from tests.elsewhere import at_once
from tests.surveying import fill_in, survey_at
from touchpoints.actions import create_touchpoint
from touchpoints.models import Observation
from workspaces import clock, limits
from workspaces.models import User, Workspace

ROUNDS, AT_ONCE, CUSTOMERS, QUOTA = 3, 20, 50, 10


@pytest.fixture
def survey(transactional_db: None, workspace: Workspace, edda: User) -> Survey:
    """Open, of three questions."""
    return survey_at(create_touchpoint(workspace, name="Delay information", by=edda), by=edda)


def send(survey: Survey, key: str) -> str:
    """Answer the last question, as the last form of a filling does; what came of it."""
    asked = survey_for(survey.key)
    last = asked.questions[-1]
    try:
        filling = answer_question(asked, key, last, {str(last.pk): "Slow"}, language="en")
    except Closed:
        return "closed"
    return "sent" if filling.submitted_at else "begun"


def send_by_looking(survey: Survey, number: int) -> object:
    """As many do it: look whether there is room, then store."""
    if Submission.objects.filter(source=survey.source).count() >= QUOTA:
        return "closed"
    one = Answer(
        source=survey.source,
        external_id=f"by looking {number}",
        subject=survey.subject_id,
        metric="nps",
        value=3,
        occurred_at=clock.now(),
    )
    return record_responses(survey.workspace, [one])


@pytest.mark.parametrize("number", range(ROUNDS))
def test_one_filling_sent_twenty_times_at_once_is_one_submission(survey: Survey, number: int) -> None:
    key = new_key()
    fill_in(survey, key, 2, 3)
    assert at_once(*[partial(send, survey, key)] * AT_ONCE) == ["sent"] * AT_ONCE
    assert Submission.objects.count() == 1
    assert Response.objects.count() == Observation.objects.count() == 2
    assert Survey.objects.get().submitted == 1


def test_a_quota_of_ten_is_ten_when_fifty_send_at_once(survey: Survey, edda: User) -> None:
    edit_survey(survey, version=survey.version, quota=QUOTA, by=edda)
    keys = [new_key() for _ in range(CUSTOMERS)]
    for key in keys:
        fill_in(survey, key, 2, 3)
    fates = at_once(*[partial(send, survey, key) for key in keys])
    assert sorted(map(str, fates)) == ["closed"] * (CUSTOMERS - QUOTA) + ["sent"] * QUOTA
    assert Submission.objects.count() == Filling.objects.exclude(submitted_at=None).count() == QUOTA
    assert Survey.objects.get().submitted == QUOTA


def test_without_the_counter_more_than_the_quota_are_stored(survey: Survey) -> None:
    at_once(*[partial(send_by_looking, survey, number) for number in range(CUSTOMERS)])
    assert Submission.objects.count() > QUOTA


def test_first_answers_of_many_are_all_taken(survey: Survey) -> None:
    began = at_once(*[partial(fill_in, survey, new_key(), 2) for _ in range(AT_ONCE)])
    assert not [fate for fate in began if isinstance(fate, Exception)]
    assert Filling.objects.count() == AT_ONCE


def test_a_limit_of_five_is_five_whatever_is_said_of_where_they_come_from(
    survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.LIMITS, "questionnaire", (limits.Limit(limits.address, 5, 86_400),))

    def post(number: int) -> int:
        claimed = {"X-Forwarded-For": f"203.0.113.{number}"}
        return Client().post(f"/q/{survey.key}/", {"skip": "1"}, headers=claimed).status_code

    answers = at_once(*[partial(post, number) for number in range(AT_ONCE)])
    assert sorted(map(str, answers)) == ["302"] * 5 + ["429"] * (AT_ONCE - 5)
