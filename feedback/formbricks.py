"""What a message of Formbricks says, whichever of its versions sent it."""

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

TEST = {"event": "testEndpoint"}  # sent, unsigned, before a webhook is made: it asks whether anybody is there
EVENTS = frozenset({"responseCreated", "responseUpdated", "responseFinished"})
LONGEST = 120  # of the ids that are kept
SINCE = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)  # there is no answer from before
A_DAY = datetime.timedelta(days=1)


class NotFormbricks(Exception):
    """The JSON is none that Formbricks sends."""


class Filled(NamedTuple):
    """An answered questionnaire: the ids of its survey and of itself, when it was begun, and each question's answer.

    `version`: rises with each change there, and when it is finished. `answers`: by the question's id, in their order.
    """

    survey: str
    response: str
    finished: bool
    begun_at: datetime.datetime
    version: int
    answers: Mapping[str, Any]


def read(body: Any, *, sent_at: datetime.datetime) -> Filled | None:
    """What a message says; None for an event that brings no answers. Raises NotFormbricks."""
    event = body.get("event") if isinstance(body, dict) else None
    if not isinstance(event, str):
        raise NotFormbricks
    if event not in EVENTS:
        return None
    outer = body.get("data")
    inner = outer.get("response", outer) if isinstance(outer, dict) else None
    answers = inner.get("data") if isinstance(inner, dict) else None
    if not isinstance(inner, dict) or not isinstance(answers, dict):
        raise NotFormbricks
    response = inner.get("id")
    survey = next((named for one in (inner, outer, body) if (named := _survey(one))), "")
    if not isinstance(response, str) or not 1 <= len(response) <= LONGEST or len(survey) > LONGEST:
        raise NotFormbricks
    finished = inner.get("finished", event == "responseFinished") is True
    changed_at = _moment(inner.get("updatedAt")) or sent_at
    begun_at = _moment(inner.get("createdAt")) or sent_at
    seconds = int((min(changed_at, sent_at + A_DAY) - SINCE).total_seconds())
    # A questionnaire is often changed and finished in one second; then what is finished counts.
    version = 2 * max(1, seconds) + finished
    return Filled(survey, response, finished, min(begun_at, sent_at), version, answers)


def _survey(said: Mapping[str, Any]) -> str:
    named = said.get("surveyId") or said.get("survey_id")
    return named if isinstance(named, str) else ""


def _moment(written: Any) -> datetime.datetime | None:
    try:
        moment = datetime.datetime.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None and moment > SINCE else None
