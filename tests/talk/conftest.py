import pytest

from journeys.models import Journey
from tests.journeys.conftest import commute  # noqa: F401 - a map to speak about
from tests.journeys.scene import placed
from touchpoints.models import Touchpoint


@pytest.fixture
def ride(commute: Journey) -> Touchpoint:  # noqa: F811
    """What people speak about."""
    return placed(commute, "Ride").touchpoint
