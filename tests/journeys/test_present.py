"""Which moments of a journey are presented."""

from journeys.board import read_map
from journeys.models import Journey
from journeys.moments import SHOWN, presentation
from journeys.views.rows import the_phases
from tests.cast import SignIn
from tests.journeys.scene import address, drawn, placed
from workspaces.models import User, Workspace


def test_moments_of_truth_and_extremes_in_the_order_of_the_journey(workspace: Workspace, edda: User) -> None:
    names = [f"T{number}" for number in range(12)]
    journey = drawn(workspace, edda, "Long", purchase=" ".join(names))
    for number, name in enumerate(names):
        placement = placed(journey, name)
        placement.assumed_emotion, placement.moment_of_truth = (number - 6) / 4, number == 6
        placement.save()
    told = presentation(read_map(journey, the_phases(journey)))
    assert [moment.station.touchpoint.name for moment in told.moments] == ["T0", "T1", "T2", "T3", "T6", "T10", "T11"]
    assert len(told.moments) == SHOWN


def test_a_cause_is_the_pain_point_named_most(dressed: Journey) -> None:
    told = presentation(read_map(dressed, the_phases(dressed)))
    causes = {moment.station.touchpoint.name: moment.cause for moment in told.moments}
    assert causes["Ride"] is not None
    assert causes["Ride"].text == "Too full"
    assert causes["Shop"] is None


def test_an_empty_map_says_so_and_an_outsider_finds_none(
    workspace: Workspace, edda: User, vik: User, otto: User, sign_in: SignIn
) -> None:
    url = address("journey_present", drawn(workspace, edda, "Empty"))
    assert "Nothing to present yet" in sign_in(vik).get(url).content.decode()
    assert sign_in(otto).get(url).status_code == 404
