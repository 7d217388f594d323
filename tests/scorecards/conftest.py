from typing import Any

import pytest
from django.urls import reverse

from feedback.actions import Used, record_usage
from personas.models import Persona
from tests.answering import TODAY, Clock, Given, health
from tests.cast import SignIn
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


@pytest.fixture
def said(at: Clock, workspace: Workspace, delays: Touchpoint, given: Given, commuter: Persona) -> Touchpoint:
    """Delay information, about which everything was asked, on more than one scale, and counted."""
    given(delays, *[1, 2, 3, 4, 5, 5, 5, 4] * 3, persona=commuter)
    given(delays, *[2, 6, 7], scale="1-7")
    given(delays, *[7, 5, 4, 2, 6, 6], metric="ces")
    given(delays, *[10, 9, 7, 3], metric="nps")
    given(delays, 1, 2, metric="complaint")
    record_usage(workspace, [Used("log", delays.subject_id, TODAY, contacts=190, visits=80, completed=61)])
    health(delays)
    return delays


@pytest.fixture
def page(workspace: Workspace, vik: User, sign_in: SignIn, delays: Touchpoint) -> Any:
    """`page(day="2026-03-01")` is the page as Vik sees it."""
    client = sign_in(vik)

    def see(of: Touchpoint = delays, **asked: Any) -> str:
        answer = client.get(reverse("touchpoint_explain", args=[workspace.slug, of.pk]), asked)
        assert answer.status_code == 200
        return answer.content.decode()

    return see
