"""What is asked about."""

import pytest

from feedback.models import Survey
from tests.surveying import survey_at
from touchpoints.actions import create_touchpoint
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


@pytest.fixture
def delays(workspace: Workspace, edda: User) -> Touchpoint:
    """What customers are asked about."""
    return create_touchpoint(workspace, name="Delay information", by=edda)


@pytest.fixture
def survey(delays: Touchpoint, edda: User) -> Survey:
    """Open, of three questions: satisfaction, recommendation (must be answered), words."""
    return survey_at(delays, by=edda)
