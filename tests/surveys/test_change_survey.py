"""A survey is opened, paused and closed by those who edit, knowing what it means."""

from django.urls import reverse

from feedback.actions import begin_survey, create_survey
from feedback.models import Survey
from tests.cast import SignIn
from workspaces.models import User, Workspace


def address(verb: str, survey: Survey) -> str:
    return reverse(f"survey_{verb}", args=[survey.workspace.slug, survey.pk])


def test_what_is_missing_is_said_instead_of_a_button(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    survey = create_survey(workspace, name="Empty", by=edda)
    client = sign_in(edda)
    page = client.get(address("open", survey)).content.decode()
    assert "There is no question yet." in page
    assert '<button class="button button-large' not in page
    assert "There is no question yet." in client.post(address("open", survey), follow=True).content.decode()
    survey.refresh_from_db()
    assert survey.status == "draft"


def test_it_is_opened_paused_opened_again_and_closed_for_good(
    workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    survey = begin_survey(workspace, name="Spring", start="nps", about="Lindbahn", by=edda)
    client = sign_in(edda)
    for verb, means, becomes in [
        ("open", "each answer counts at once", "open"),
        ("pause", "can be opened again at any time", "paused"),
        ("open", "each answer counts at once", "open"),
        ("close", "It cannot be opened again", "closed"),
    ]:
        assert means in client.get(address(verb, survey)).content.decode()
        survey.refresh_from_db()
        assert survey.status != becomes, "looking changes nothing"
        client.post(address(verb, survey))
        survey.refresh_from_db()
        assert survey.status == becomes
    page = client.post(address("open", survey), follow=True).content.decode()
    assert "this cannot be done" in page


def test_a_missing_privacy_line_is_said_and_keeps_nobody_from_opening(
    workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    survey = begin_survey(workspace, name="Spring", start="nps", about="Lindbahn", by=edda)
    page = sign_in(edda).get(reverse("survey", args=[workspace.slug, survey.pk])).content.decode()
    assert "There is no privacy line in German." in page
    assert "Nothing keeps it from being open." in page
