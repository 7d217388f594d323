"""The team sees each screen as customers will, and stores nothing by it."""

from django.test import Client
from django.urls import reverse

from feedback.actions import create_survey
from feedback.models import Filling, Response, Survey
from tests.cast import SignIn
from workspaces.models import User, Workspace


def test_every_screen_can_be_seen_in_each_language_and_nothing_is_stored(
    workspace: Workspace, survey: Survey, vik: User, sign_in: SignIn
) -> None:
    client, preview = sign_in(vik), reverse("survey_preview", args=[workspace.slug, survey.pk])
    first = client.get(preview, {"in": "de"}).content.decode()
    assert "Wie gut haben wir Sie informiert?" in first
    assert 'method="get"' in first
    assert 'method="post"' not in first
    second = client.get(preview, {"in": "en", "step": "2", "answer": "4"}).content.decode()
    assert "How likely are you to recommend us?" in second
    assert "Preview" in second
    assert "Send answers" in client.get(preview, {"in": "en", "step": "3"}).content.decode()
    for beyond in ("4", "99", "0", "x", "²"):
        assert client.get(preview, {"step": beyond}).status_code == 200
    assert "Thank you" in client.get(preview, {"in": "en", "step": "4"}).content.decode()
    assert client.post(preview, {"answer": "4"}).status_code == 405
    assert not Filling.objects.exists()
    assert not Response.objects.exists()


def test_a_survey_without_questions_has_no_preview(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    survey = create_survey(workspace, name="Empty", by=edda)
    answer = sign_in(edda).get(reverse("survey_preview", args=[workspace.slug, survey.pk]))
    assert answer.headers["Location"] == reverse("survey", args=[workspace.slug, survey.pk])


def test_customers_are_shown_no_preview(survey: Survey, client: Client) -> None:
    assert "Preview" not in client.get(f"/q/{survey.key}/?preview=1&step=2").content.decode()
