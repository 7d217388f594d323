"""A suggestion is called otherwise."""

import pytest
from django.test import Client
from django.urls import reverse

from feedback.actions import rename_theme
from tests.cast import SignIn
from tests.commenting import lift
from touchpoints.models import Touchpoint
from workspaces.errors import Stale
from workspaces.models import User, Workspace

pytestmark = pytest.mark.usefixtures("at")


def test_editor_renames_a_suggestion(workspace: Workspace, heard: Touchpoint, edda: User, sign_in: SignIn) -> None:
    rename = reverse("theme_rename", args=[workspace.slug, lift().pk])
    facts = {"label": "Lifts out of order", "version": 1}
    for _ in range(2):
        page = sign_in(edda).post(rename, facts, follow=True).content.decode()
        assert "Lifts out of order" in page
    assert lift().version == 2


def test_who_saw_an_older_version_does_not_overwrite_it(
    workspace: Workspace, heard: Touchpoint, edda: User, sign_in: SignIn
) -> None:
    seen = lift()
    rename_theme(seen, version=1, label="Lifts out of order", by=edda)
    with pytest.raises(Stale):
        rename_theme(seen, version=1, label="Elevators", by=edda)
    rename = reverse("theme_rename", args=[workspace.slug, seen.pk])
    answer = sign_in(edda).post(rename, {"label": "Elevators", "version": 1}, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert "Somebody changed it meanwhile." in answer.content.decode()
    assert lift().label == "Lifts out of order"


def test_a_theme_needs_a_name(workspace: Workspace, heard: Touchpoint, edda: User, sign_in: SignIn) -> None:
    rename = reverse("theme_rename", args=[workspace.slug, lift().pk])
    for label in ("", "x" * 301):
        answer = sign_in(edda).post(rename, {"label": label, "version": 1}, headers={"HX-Request": "true"})
        assert answer.status_code == 422
    assert lift().label == "Broken, lift"


def test_viewer_and_outsider_cannot(
    workspace: Workspace, heard: Touchpoint, vik: User, otto: User, sign_in: SignIn
) -> None:
    rename = reverse("theme_rename", args=[workspace.slug, lift().pk])
    assert sign_in(vik).post(rename, {"label": "Lifts", "version": 1}).status_code == 403
    assert sign_in(otto).post(rename, {"label": "Lifts", "version": 1}).status_code == 404


def test_program_renames(heard: Touchpoint, tess: Client) -> None:
    address = f"/api/v1/themes/{lift().pk}/"
    told = tess.patch(address, {"label": "Lifts out of order", "version": 1}, content_type="application/json")
    assert (told.json()["label"], told.headers["ETag"]) == ("Lifts out of order", '"2"')
    stale = tess.patch(address, {"label": "Elevators", "version": 1}, content_type="application/json")
    assert stale.status_code == 412
