"""A suggestion is dismissed, and may be taken back."""

import pytest
from django.test import Client
from django.urls import reverse

from feedback.actions import accept_theme, dismiss_theme, restore_theme, search_themes
from tests.cast import SignIn
from tests.commenting import lift
from touchpoints.models import Touchpoint
from workspaces.errors import Refused
from workspaces.models import User, Workspace

pytestmark = pytest.mark.usefixtures("at")


def test_editor_dismisses_a_suggestion_and_takes_that_back(
    workspace: Workspace, heard: Touchpoint, edda: User, sign_in: SignIn
) -> None:
    client = sign_in(edda)
    dismiss, restore = (reverse(f"theme_{verb}", args=[workspace.slug, lift().pk]) for verb in ("dismiss", "restore"))
    page = client.post(dismiss, follow=True).content.decode()
    assert "will not be suggested again" in page
    assert restore in page
    assert "named by 4 of 24" not in page
    assert "1 dismissed or merged" in page
    page = client.post(restore, follow=True).content.decode()
    assert "“Broken, lift” is back." in page
    assert "named by 4 of 24" in page


def test_what_was_taken_back_stays_through_the_next_search(heard: Touchpoint, edda: User) -> None:
    dismiss_theme(lift(), by=edda)
    restore_theme(lift(), by=edda)
    search_themes(heard)
    assert lift().state == "suggested"


def test_twice_is_harmless(heard: Touchpoint, edda: User) -> None:
    for _ in range(2):
        assert dismiss_theme(lift(), by=edda).version == 2
    for _ in range(2):
        assert restore_theme(lift(), by=edda).version == 3


def test_an_accepted_theme_is_not_dismissed(heard: Touchpoint, edda: User) -> None:
    accept_theme(lift(), by=edda)
    for verb in (dismiss_theme, restore_theme):
        with pytest.raises(Refused):
            verb(lift(), by=edda)


@pytest.mark.parametrize("verb", ["dismiss", "restore"])
def test_viewer_and_outsider_cannot(
    verb: str, workspace: Workspace, heard: Touchpoint, vik: User, otto: User, sign_in: SignIn
) -> None:
    address = reverse(f"theme_{verb}", args=[workspace.slug, lift().pk])
    assert sign_in(vik).post(address).status_code == 403
    assert sign_in(otto).post(address).status_code == 404
    assert lift().state == "suggested"


def test_program_dismisses_and_restores(heard: Touchpoint, tess: Client) -> None:
    address = f"/api/v1/themes/{lift().pk}"
    assert tess.post(f"{address}/dismiss/").json()["state"] == "dismissed"
    assert tess.post(f"{address}/restore/").json()["state"] == "suggested"
