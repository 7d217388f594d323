import pytest

from feedback.actions import Used, record_usage
from personas.models import Persona
from tests.answering import TODAY, Clock, Given, health
from touchpoints.models import Touchpoint
from workspaces.models import Workspace


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
