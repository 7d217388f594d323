import pytest

from feedback.actions import create_insight
from journeys.models import Journey
from personas.models import Persona
from tests.cast import member_of
from tests.journeys.scene import drawn, placed
from tests.journeys.told import scored
from touchpoints.actions import create_channel
from workspaces.models import Team, User, Workspace


@pytest.fixture
def commute(workspace: Workspace, edda: User) -> Journey:
    """A small map: Shop and Pay are bought, Wait, Ride and Arrive are lived through."""
    return drawn(workspace, edda, purchase="Shop Pay", retention="Wait Ride Arrive")


@pytest.fixture
def dressed(commute: Journey, workspace: Workspace, edda: User) -> Journey:
    """The small map with a channel, owners, a persona, scores and an insight."""
    ride, wait = placed(commute, "Ride").touchpoint, placed(commute, "Wait").touchpoint
    ride.channel = create_channel(workspace, name="App", by=edda, icon="smartphone")
    ride.owner = Team.objects.create(workspace=workspace, name="Fleet")
    ride.save()
    wait.owner = member_of(workspace, edda)
    wait.save()
    commuter = Persona.objects.create(workspace=workspace, name="Commuter", share=40)
    commute.personas.add(commuter, through_defaults={"workspace": workspace})
    scored(ride, 72.4)
    scored(ride, 35.2, persona=commuter, answers=9)
    scored(wait, 33.6, answers=4)
    create_insight(ride, by=edda, kind="pain", text="Too full", mentions=7)
    return commute
