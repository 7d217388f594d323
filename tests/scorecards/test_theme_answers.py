"""From a theme to the answers that name it."""

import pytest
from django.urls import reverse

from tests.cast import SignIn
from tests.commenting import lift
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

pytestmark = pytest.mark.usefixtures("at")


def test_the_answers_of_a_theme_are_those_that_name_it(
    workspace: Workspace, heard: Touchpoint, vik: User, sign_in: SignIn
) -> None:
    page = sign_in(vik).get(reverse("touchpoint_answers", args=[workspace.slug, heard.pk]), {"theme": lift().pk})
    assert page.context["page"].paginator.count == lift().commenters == 4
    shown = page.content.decode()
    assert "Again that broken lift" in shown
    assert "Clean carriage" not in shown


def test_a_theme_of_another_touchpoint_is_none(
    workspace: Workspace, heard: Touchpoint, counter: Touchpoint, vik: User, sign_in: SignIn
) -> None:
    page = sign_in(vik).get(reverse("touchpoint_answers", args=[workspace.slug, counter.pk]), {"theme": lift().pk})
    assert "Select a valid choice" in page.content.decode()
