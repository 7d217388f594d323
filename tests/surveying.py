"""A survey to answer, as a team would make it."""

from typing import Any

from django.test import Client

from feedback.actions import Asked, add_question, answer_question, create_survey, open_survey, survey_for
from feedback.models import Filling, Question, Survey
from touchpoints.models import Touchpoint
from workspaces.models import User

ASKED = {"en": "How well did we keep you informed?", "de": "Wie gut haben wir Sie informiert?"}
RECOMMEND = {"en": "How likely are you to recommend us?", "de": "Wie wahrscheinlich empfehlen Sie uns weiter?"}
WORDS = {"en": "What should we have done differently?", "de": "Was hätten wir anders machen sollen?"}


def survey_at(touchpoint: Touchpoint, *, by: User, **facts: Any) -> Survey:
    """An open survey of three questions about a touchpoint: satisfaction may be skipped, words belong to NPS."""
    facts = {"name": "On the way", "subject": touchpoint.subject, **facts}
    survey = create_survey(touchpoint.workspace, by=by, **facts)
    add_question(survey, kind="csat5", wording=ASKED, by=by)
    add_question(survey, kind="nps", wording=RECOMMEND, required=True, by=by)
    add_question(survey, kind="text", wording=WORDS, by=by)
    return open_survey(survey, by=by)


def asked_at(touchpoint: Touchpoint, kind: str, *, by: User, **facts: Any) -> tuple[Survey, Question]:
    """An open survey of one question of that kind."""
    survey = create_survey(touchpoint.workspace, name=f"Only {kind}", subject=touchpoint.subject, by=by)
    question = add_question(survey, kind=kind, wording=ASKED, by=by, **facts)
    return open_survey(survey, by=by), question


def fill_in(survey: Survey, key: str, *values: object) -> Filling:
    """Answer the questions in turn, each with one value; after the last it is sent."""
    asked: Asked = survey_for(survey.key)
    for question, value in zip(asked.questions, values, strict=False):
        filling = answer_question(asked, key, question, dict.fromkeys(question.names(), value), language="en")
    return filling


def address(survey: Survey) -> str:
    """Where customers answer it, below the site."""
    return f"/q/{survey.key}/"


def posted(phone: Client, path: str, **sent: str) -> Any:
    """The page to which a form leads that is sent there."""
    return phone.post(path, sent, follow=True)
