"""What customers are asked, and by what they answer."""

import pytest
from django.test import Client

from feedback.models import Survey
from tests.surveying import survey_at
from touchpoints.actions import create_touchpoint
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


@pytest.fixture
def touchpoint(workspace: Workspace, edda: User) -> Touchpoint:
    """Where customers wait."""
    return create_touchpoint(workspace, name="Delay information", by=edda)


@pytest.fixture
def survey(touchpoint: Touchpoint, edda: User) -> Survey:
    """Open, about it: csat5, nps (required), text."""
    return survey_at(touchpoint, by=edda)


@pytest.fixture
def phone() -> Client:
    """Somebody's, who is nobody to us."""
    return Client(enforce_csrf_checks=True)
