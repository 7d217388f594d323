"""What the team does with a survey: make, edit, open, pause, close, put away."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from feedback.actions import (
    add_question,
    archive_survey,
    close_survey,
    create_survey,
    edit_survey,
    open_survey,
    pause_survey,
    problems_of,
    restore_survey,
    survey_for,
)
from feedback.models import Survey, new_key
from tests.answering import Clock
from tests.surveying import ASKED, fill_in
from touchpoints.actions import subject_of
from touchpoints.models import Touchpoint
from workspaces.errors import Refused, Stale
from workspaces.models import AuditEntry, User, Workspace


@pytest.fixture
def draft(workspace: Workspace, edda: User) -> Survey:
    """Without questions."""
    return create_survey(workspace, name="In the making", by=edda)


def verbs(workspace: Workspace) -> list[str]:
    return list(AuditEntry.objects.of(workspace).order_by("id").values_list("verb", flat=True))


def test_a_new_survey_is_a_draft_about_the_relationship_at_an_address_of_its_own(
    draft: Survey, workspace: Workspace
) -> None:
    assert (draft.status, draft.subject, draft.languages) == ("draft", subject_of(workspace), ["en", "de"])
    assert draft.url.endswith(f"/q/{draft.key}/")
    assert len(draft.key) == 24
    assert len({new_key() for _ in range(100)}) == 100
    assert verbs(workspace)[-1] == "survey.create"


def test_a_name_is_given_once(draft: Survey, workspace: Workspace, edda: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        create_survey(workspace, name="IN THE MAKING", by=edda)


def test_an_edit_of_a_stale_version_is_refused(draft: Survey, edda: User) -> None:
    edit_survey(draft, version=draft.version, name="Spring", by=edda)
    with pytest.raises(Stale):
        edit_survey(draft, version=draft.version, name="Summer", by=edda)


@pytest.mark.parametrize(
    "facts",
    [
        {"languages": []},
        {"languages": ["fr"]},
        {"brand": "red"},
        {"quota": 0},
        {"closes_on": "2500-01-01"},
        {"thanks": {"en": "x" * 3000}},
        {"privacy": {"en": "x" * 3000}},
    ],
)
def test_the_database_keeps_what_no_survey_may_be(facts: dict[str, Any], draft: Survey, edda: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        edit_survey(draft, version=draft.version, by=edda, **facts)


def test_a_draft_without_questions_is_not_opened(draft: Survey, edda: User) -> None:
    with pytest.raises(Refused, match="There is no question yet"):
        open_survey(draft, by=edda)
    draft.refresh_from_db()
    assert draft.status == "draft"


@pytest.mark.parametrize(
    ("questions", "problem"),
    [
        ([{"kind": "nps", "wording": {"en": "How likely?"}}], "Question 1: it has no words in German."),
        ([{"kind": "choice", "options": [{"en": "A", "de": "A"}]}], "Question 1: give at least two options."),
        (
            [{"kind": "choice", "options": [{"en": "A", "de": "A"}, {"en": "B"}]}],
            "Question 1: it has no words in German.",
        ),
        ([{"kind": "text"}], "Question 1: words belong to the rating before"),
        ([{"kind": "nps"}, {"kind": "text"}], "Question 2: words belong to the rating before"),
        (
            [{"kind": "nps", "required": True}, {"kind": "text"}, {"kind": "text"}],
            "Question 3: the words for this rating are asked for already.",
        ),
    ],
)
def test_it_says_what_is_missing(questions: list[dict[str, Any]], problem: str, draft: Survey, edda: User) -> None:
    for question in questions:
        add_question(draft, by=edda, **{"wording": ASKED, **question})
    assert problems_of(draft)[0].startswith(problem)
    with pytest.raises(Refused):
        open_survey(draft, by=edda)


def test_it_is_opened_paused_opened_again_and_closed_for_good(survey: Survey, workspace: Workspace, edda: User) -> None:
    before = len(verbs(workspace))
    assert pause_survey(survey, by=edda).status == "paused"
    assert open_survey(survey, by=edda).status == "open"
    assert open_survey(survey, by=edda).status == "open"
    assert close_survey(survey, by=edda).status == "closed"
    assert close_survey(survey, by=edda).status == "closed"
    assert verbs(workspace)[before:] == ["survey.pause", "survey.open", "survey.close"]
    for verb in (open_survey, pause_survey):
        with pytest.raises(Refused, match="“On the way” is closed"):
            verb(survey, by=edda)


def test_a_draft_cannot_pause(draft: Survey, edda: User) -> None:
    with pytest.raises(Refused, match="is draft"):
        pause_survey(draft, by=edda)


def test_an_open_survey_keeps_words_in_all_its_languages(touchpoint: Touchpoint, edda: User) -> None:
    survey = create_survey(touchpoint.workspace, name="English only", languages=["en"], by=edda)
    add_question(survey, kind="nps", wording={"en": "How likely?"}, by=edda)
    survey = open_survey(survey, by=edda)
    with pytest.raises(Refused, match="no words in German"):
        edit_survey(survey, version=survey.version, languages=["en", "de"], by=edda)
    survey.refresh_from_db()
    assert survey.languages == ["en"]


def test_the_limit_is_never_below_what_was_given(survey: Survey, edda: User) -> None:
    for _customer in range(2):
        fill_in(survey, new_key(), 2, 3, None)
    with pytest.raises(Refused, match="2 have answered already"):
        edit_survey(survey, version=survey.version, quota=1, by=edda)
    assert edit_survey(survey, version=survey.version, quota=2, by=edda).is_full


def test_a_survey_that_was_put_away_takes_nothing_until_it_is_back(survey: Survey, edda: User) -> None:
    archive_survey(survey, by=edda)
    assert not survey_for(survey.key).survey.takes_answers
    restore_survey(survey, by=edda)
    assert survey_for(survey.key).survey.takes_answers


def test_a_survey_whose_last_day_has_passed_is_edited_and_not_opened(survey: Survey, at: Clock, edda: User) -> None:
    survey = edit_survey(survey, version=survey.version, closes_on=at.today, by=edda)
    assert survey_for(survey.key).survey.takes_answers
    at.pass_days(1)
    assert not survey_for(survey.key).survey.takes_answers
    survey = edit_survey(survey, version=survey.version, name="Last spring", by=edda)
    pause_survey(survey, by=edda)
    with pytest.raises(Refused, match="Its last day has passed"):
        open_survey(survey, by=edda)
    survey.refresh_from_db()
    edit_survey(survey, version=survey.version, closes_on=at.today, by=edda)
    assert open_survey(survey, by=edda).takes_answers
