from django.urls import reverse

from tests.cast import SignIn
from touchpoints.actions import archive_touchpoint, create_touchpoint
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


def address(touchpoint: Touchpoint) -> str:
    return reverse("touchpoint_restore", args=[touchpoint.workspace.slug, touchpoint.pk])


def test_editor_restores_a_touchpoint_with_its_subject(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    touchpoint = archive_touchpoint(create_touchpoint(workspace, name="Delay information", by=edda), by=edda)
    page = sign_in(edda).post(address(touchpoint), follow=True).content.decode()
    assert "“Delay information” is back." in page
    assert Touchpoint.objects.kept().get().subject == touchpoint.subject


def test_a_name_that_was_given_away_is_not_taken_back(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    touchpoint = archive_touchpoint(create_touchpoint(workspace, name="Delay information", by=edda), by=edda)
    create_touchpoint(workspace, name="delay information", by=edda)
    page = sign_in(edda).post(address(touchpoint), follow=True).content.decode()
    assert "There is already a touchpoint of that name." in page


def test_viewer_and_outsider_cannot_restore(
    workspace: Workspace, edda: User, vik: User, otto: User, sign_in: SignIn
) -> None:
    touchpoint = archive_touchpoint(create_touchpoint(workspace, name="Delay information", by=edda), by=edda)
    assert sign_in(vik).post(address(touchpoint)).status_code == 403
    assert sign_in(otto).post(address(touchpoint)).status_code == 404
