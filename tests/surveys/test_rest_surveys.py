"""A program makes a survey with its questions, opens it and closes it, by the rules of the pages."""

from typing import Any

import pytest
from django.test import Client

from feedback.actions import questions_of
from feedback.models import Survey, new_key
from journeys.actions.journeys import create_journey
from tests.rest import Rest
from tests.surveying import ASKED, fill_in
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


@pytest.fixture
def rest(tess: Client) -> Rest:
    return Rest(tess)


def made(rest: Rest, **facts: Any) -> dict[str, Any]:
    answer = rest.post("surveys/", {"name": "Winter", **facts})
    assert answer.status_code == 201, answer.content
    told: dict[str, Any] = answer.json()
    return told


def asked(rest: Rest, survey: dict[str, Any], **facts: Any) -> Any:
    return rest.post("questions/", {"survey": survey["id"], "wording": ASKED, **facts})


def test_a_survey_is_made_asked_with_opened_paused_and_closed(rest: Rest, delays: Touchpoint) -> None:
    survey = made(rest, touchpoint=delays.pk, privacy={"en": "Anonymous."}, hosts=["www.example.org"])
    assert (survey["status"], survey["touchpoint"], survey["journey"]) == ("draft", delays.pk, None)
    assert survey["privacy"] == {"en": "Anonymous."}
    refused = rest.post(f"surveys/{survey['id']}/open/", {})
    assert refused.status_code == 422
    assert refused.json()["detail"] == "There is no question yet."
    question = asked(rest, survey, kind="csat5").json()
    assert (question["measures"], question["touchpoint"], question["position"]) == ("touchpoint", delays.pk, 0)
    for verb, status in [("open", "open"), ("pause", "paused"), ("open", "open"), ("close", "closed")]:
        assert rest.post(f"surveys/{survey['id']}/{verb}/", {}).json()["status"] == status
    assert rest.post(f"surveys/{survey['id']}/open/", {}).status_code == 422, "closed for good"
    assert [one["id"] for one in rest.get(f"questions/?survey={survey['id']}").json()["results"]] == [question["id"]]


def test_questions_measure_what_they_say(rest: Rest, workspace: Workspace, delays: Touchpoint, edda: User) -> None:
    journey = create_journey(workspace, name="Trip", by=edda)
    survey = made(rest)
    assert (survey["touchpoint"], survey["journey"]) == (None, None), "about the company"
    assert asked(rest, survey, kind="nps").json()["measures"] == "workspace"
    told = asked(rest, survey, kind="nps", journey=journey.pk).json()
    assert (told["measures"], told["journey"]) == ("journey", journey.pk)
    answer = rest.patch(f"questions/{told['id']}/", {"measures": "workspace", "version": told["version"]})
    assert (answer.json()["measures"], answer.json()["journey"]) == ("workspace", None)
    for faulty in ({"touchpoint": delays.pk, "journey": journey.pk}, {"measures": "touchpoint"}):
        assert asked(rest, survey, kind="nps", **faulty).status_code == 422
    assert asked(rest, survey, kind="text", touchpoint=delays.pk).status_code == 422, "words measure nothing"


def test_questions_move_and_go(rest: Rest, survey: Survey) -> None:
    first, second, words = questions_of(survey)
    assert rest.post(f"questions/{words.pk}/move/", {"after": None}).status_code == 422, "words follow their rating"
    first.required = True
    first.save()
    assert rest.post(f"questions/{second.pk}/move/", {"after": None}).json()["position"] == 0
    assert rest.ask("DELETE", f"questions/{first.pk}/").status_code == 204
    assert [question.kind for question in questions_of(survey)] == ["nps", "text"]
    assert rest.post(f"questions/{first.pk}/restore/", {}).json()["position"] == 2


def test_what_was_answered_keeps_its_meaning(rest: Rest, survey: Survey) -> None:
    fill_in(survey, new_key(), 4, 9, "Fine")
    first = rest.get(f"questions/?survey={survey.pk}").json()["results"][0]
    assert first["answered"] is True
    answer = rest.patch(f"questions/{first['id']}/", {"kind": "csat7", "version": first["version"]})
    assert answer.status_code == 422
    assert "keeps its kind" in answer.json()["detail"]
    assert rest.get(f"surveys/{survey.pk}/").json()["submitted"] == 1


@pytest.mark.parametrize(
    ("facts", "status", "said"),
    [
        ({"brand": "#ffcc00"}, 422, "choose a darker colour"),
        ({"brand": "yellow"}, 400, "brand"),
        ({"privacy_url": "http://example.org"}, 422, "valid URL"),
        ({"privacy": {"fr": "Anonyme"}}, 400, "There is no such field."),
        ({"hosts": ["a..b"]}, 422, "is no host"),
        ({"hosts": ["*"]}, 400, "hosts"),
        ({"languages": []}, 400, "languages"),
        ({"quota": 0}, 400, "quota"),
        ({"wording": {}}, 400, "There is no such field."),
    ],
)
def test_what_a_survey_must_not_be_is_refused(rest: Rest, facts: dict[str, Any], status: int, said: str) -> None:
    answer = rest.post("surveys/", {"name": "Winter", **facts})
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert not Survey.objects.exists()


def test_a_survey_stays_what_it_is_about(rest: Rest, survey: Survey, delays: Touchpoint) -> None:
    same = rest.patch(f"surveys/{survey.pk}/", {"touchpoint": delays.pk, "quota": 9, "version": survey.version})
    assert same.json()["quota"] == 9
    other = rest.patch(f"surveys/{survey.pk}/", {"touchpoint": None, "version": same.json()["version"]})
    assert other.status_code == 422
