import pytest

from journeys.models import Journey
from tests.journeys.scene import drawn
from workspaces.models import User, Workspace


@pytest.fixture
def commute(workspace: Workspace, edda: User) -> Journey:
    """A small map: Shop and Pay are bought, Wait, Ride and Arrive are lived through."""
    return drawn(workspace, edda, purchase="Shop Pay", retention="Wait Ride Arrive")
