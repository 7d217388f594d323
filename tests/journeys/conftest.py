from decimal import Decimal

import pytest

from feedback.actions import create_insight
from journeys.models import Journey, Lane, LaneCell, MetNeed, usual_lanes
from personas.models import Persona
from tests.cast import member_of
from tests.journeys.scene import Company, drawn, placed
from tests.journeys.told import scored
from touchpoints.actions import create_channel
from workspaces.models import Team, User, Workspace


@pytest.fixture
def commute(workspace: Workspace, edda: User) -> Journey:
    """A small map: Shop and Pay are bought, Wait, Ride and Arrive are lived through."""
    return drawn(workspace, edda, purchase="Shop Pay", retention="Wait Ride Arrive")


@pytest.fixture
def company(workspace: Workspace) -> Company:
    return Company(workspace)


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


@pytest.fixture
def full(dressed: Journey) -> Journey:
    """The dressed map with everything that may be said of it."""
    ride, at = placed(dressed, "Ride"), {"workspace": dressed.workspace, "journey": dressed}
    ride.customer_action, ride.quote, ride.assumed_emotion, ride.expectation = (
        "Sits",
        "Ä „full“\nride",
        -1,
        Decimal("0.5"),
    )
    ride.share, ride.alternative_group, ride.moment_of_truth, ride.backstage = 40, "ways", True, "Dispatch"
    ride.save()
    Lane.objects.filter(journey=dressed).delete()
    Lane.objects.bulk_create(usual_lanes(dressed))
    for place, (name, kind, said) in enumerate(
        [("Weather", "text", {"text": "fair"}), ("Cost", "number", {"number": "12.5"})], start=20
    ):
        lane = Lane.objects.create(kind=kind, name=name, position=place, shown=place == 20, **at)
        LaneCell.objects.create(lane=lane, placement=ride, **said, **at)
    persona = dressed.personas.get()
    MetNeed.objects.create(placement=ride, persona=persona, need="a seat", how_well="not", **at)
    dressed.phases.filter(kind="purchase").update(label="Buy it")
    return dressed
