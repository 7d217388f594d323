"""The sample asks its customers, too."""

import pytest

from feedback.actions import problems_of, questions_of
from feedback.models import Survey
from journeys.sample.load import create_sample, write_sample
from workspaces.models import JobState, User


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["After a delay", "Once a year: Lindbahn as a whole"]),
        ("de", ["Einmal im Jahr: Lindbahn insgesamt", "Nach einer Verspätung"]),
    ],
)
def test_one_survey_is_open_and_one_is_a_draft_that_could_be(language: str, names: list[str], olga: User) -> None:
    workspace = create_sample(language=language, by=olga, state=JobState.DONE).workspace
    write_sample(workspace, by=olga)
    surveys = list(Survey.objects.of(workspace).order_by("name"))
    assert [survey.name for survey in surveys] == names
    assert sorted(survey.status for survey in surveys) == ["draft", "open"]
    assert all(problems_of(survey) == [] for survey in surveys)
    asked = next(questions_of(survey) for survey in surveys if survey.status == "open")
    assert [question.kind for question in asked] == ["csat5", "text", "emotion"]
    assert asked[0].subject.touchpoint.name in {"Delay information", "Verspätungsinformation"}
