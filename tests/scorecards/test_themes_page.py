"""The suggestions of all touchpoints on one page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from feedback.actions import accept_theme, search_themes
from feedback.models import Theme
from tests.answering import Given
from tests.cast import SignIn
from tests.commenting import lift
from touchpoints.actions import archive_touchpoint
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

pytestmark = pytest.mark.usefixtures("at")


def test_it_lists_what_is_suggested_and_leads_there(
    workspace: Workspace, heard: Touchpoint, edda: User, vik: User, sign_in: SignIn
) -> None:
    client, page = sign_in(vik), reverse("themes", args=[workspace.slug])
    shown = client.get(page).content.decode()
    assert "Broken, lift" in shown
    assert "named by 4 of 24" in shown
    assert f"{reverse('touchpoint', args=[workspace.slug, heard.pk])}#theme-{lift().pk}" in shown
    accept_theme(lift(), by=edda)
    assert "Broken, lift" not in client.get(page).content.decode()


def test_of_archived_touchpoints_nothing_is_listed(
    workspace: Workspace, heard: Touchpoint, edda: User, sign_in: SignIn
) -> None:
    archive_touchpoint(heard, by=edda)
    assert "Broken, lift" not in sign_in(edda).get(reverse("themes", args=[workspace.slug])).content.decode()


def test_more_themes_cost_no_more_statements(
    workspace: Workspace, heard: Touchpoint, counter: Touchpoint, given: Given, vik: User, sign_in: SignIn
) -> None:
    client, page, counted = sign_in(vik), reverse("themes", args=[workspace.slug]), []
    for number in range(2):
        for _ in range(5 * number):
            given(counter, 1, text="Endless queue")
            given(counter, 5, 5, 5, text="Friendly staff, quick answer")
        search_themes(counter)
        with CaptureQueriesContext(connection) as statements:
            client.get(page)
        counted.append((Theme.objects.filter(state="suggested").count(), len(statements)))
    assert counted[0][0] < counted[1][0]
    assert counted[0][1] == counted[1][1]
