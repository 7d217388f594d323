"""What stands where, with how many answers."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from feedback.actions import create_survey
from feedback.models import Survey, new_key
from tests.cast import SignIn
from tests.surveying import fill_in
from workspaces.models import User, Workspace


def page_of(client: Client, workspace: Workspace, **asked: str) -> str:
    return client.get(reverse("surveys", args=[workspace.slug]), asked).content.decode()


def test_a_first_visit_says_what_surveys_are_for(workspace: Workspace, edda: User, vik: User, sign_in: SignIn) -> None:
    assert "Make the first survey" in page_of(sign_in(edda), workspace)
    assert "Make the first survey" not in page_of(sign_in(vik), workspace)


def test_each_says_how_it_stands_and_how_many_have_answered(
    workspace: Workspace, survey: Survey, vik: User, sign_in: SignIn
) -> None:
    fill_in(survey, new_key(), 4, 9, "Fine")
    Survey.objects.update(quota=10)
    page = page_of(sign_in(vik), workspace)
    assert "On the way" in page
    assert "1 of 10" in page
    assert "Delay information" in page
    assert "never" not in page


def test_only_those_that_stand_so(workspace: Workspace, survey: Survey, edda: User, sign_in: SignIn) -> None:
    create_survey(workspace, name="Winter", by=edda)
    client = sign_in(edda)
    drafts = page_of(client, workspace, status="draft")
    assert "Winter" in drafts
    assert "On the way" not in drafts
    assert "Nothing matches." in page_of(client, workspace, status="closed")
    assert "On the way" in page_of(client, workspace, status="nonsense")


def test_an_archived_survey_leaves_the_list_and_comes_back(
    workspace: Workspace, survey: Survey, edda: User, sign_in: SignIn
) -> None:
    client = sign_in(edda)
    page = client.post(reverse("survey_archive", args=[workspace.slug, survey.pk]), follow=True).content.decode()
    assert "Make the first survey" in page
    assert "On the way" in page_of(client, workspace, archived="1")
    client.post(reverse("survey_restore", args=[workspace.slug, survey.pk]))
    assert "On the way" in page_of(client, workspace)


def test_statements_do_not_grow_with_the_list(
    workspace: Workspace, survey: Survey, edda: User, sign_in: SignIn
) -> None:
    client = sign_in(edda)
    page_of(client, workspace)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page_of(client, workspace)
    for number in range(12):
        create_survey(workspace, name=f"Survey {number}", subject=survey.subject, by=edda)
    Survey.objects.update(status="open", closes_on="2026-03-01")
    with CaptureQueriesContext(connection) as many:
        page_of(client, workspace)
    assert len(many) == len(few)
    assert page_of(client, workspace).count(">ended<") == 13
