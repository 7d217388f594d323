"""What a sub-journey says for the touchpoint or phase that opens it: SCORING §5, docs/health-model.md."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journeys.actions.journeys import archive_journey
from journeys.actions.placements import archive_placement, place_touchpoint
from journeys.board import JourneyMap, glance, read_map
from journeys.models import Journey, Placement
from journeys.overview import maps_of
from journeys.placed import MapTouchpoint
from journeys.views.rows import the_phases
from personas.models import Persona
from scorecards.rolled_up import roll_up_explained
from tests.journeys.below import chain, put
from tests.journeys.scene import drawn, phase, placed
from tests.journeys.told import scored
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


@pytest.fixture
def refund(workspace: Workspace, commute: Journey, edda: User) -> Journey:
    """What Wait tells in more detail: Claim 40 and Money 60, Form unknown; Ride 80 and Pay 60 stand on the commute."""
    refund = drawn(workspace, edda, "Refund", purchase="Claim Form Money")
    for name, score in {"Claim": 40.0, "Money": 60.0}.items():
        scored(placed(refund, name).touchpoint, score)
    scored(placed(commute, "Ride").touchpoint, 80)
    scored(placed(commute, "Pay").touchpoint, 60)
    return put(refund, commute, "Wait", edda)


def seen(journey: Journey, persona: Persona | None = None) -> JourneyMap:
    return read_map(journey, the_phases(journey), persona=persona.pk if persona else None)


def at(journey: Journey, name: str, persona: Persona | None = None) -> MapTouchpoint:
    return next(one for part in seen(journey, persona).phases for one in part.touchpoints if one.name == name)


def test_where_nothing_is_known_the_sub_journey_stands_for_the_touchpoint(commute: Journey, refund: Journey) -> None:
    wait = at(commute, "Wait")
    assert (wait.number, wait.seen.number, wait.seen.band) == (None, 50, "weak")
    assert wait.opens is not None
    assert (wait.opens.name, wait.opens.number) == ("Refund", seen(refund).health.number)
    told = seen(commute)
    assert told.health.number == round((80 + 60 + 50) / 3)
    assert told.health.bands["weak"] == 1
    assert told.health.bands["unknown"] == 2
    assert told.rolled.weakest is not None
    assert (told.rolled.weakest.name, told.rolled.weakest.number) == ("Wait", 50)


def test_phases_still_roll_up_exactly(commute: Journey, refund: Journey) -> None:
    explained = roll_up_explained(seen(commute))
    total = sum(part.rolled.weight * (part.rolled.score or 0) for part in explained.phases)
    assert explained.rolled.score == pytest.approx(total / explained.rolled.weight)
    assert sum(part.points for part in explained.phases) == explained.total


def test_a_touchpoint_keeps_its_own_health(commute: Journey, refund: Journey) -> None:
    scored(placed(commute, "Wait").touchpoint, 90)
    wait = at(commute, "Wait")
    assert wait.opens is not None
    assert (wait.seen.number, wait.opens.number, wait.instead) == (90, 50, None)
    assert wait.counted[1] == 90


def test_less_than_half_of_it_known_stands_for_nothing(
    commute: Journey, refund: Journey, workspace: Workspace, edda: User
) -> None:
    more = drawn(workspace, edda, "More", purchase="Letter Phone")
    for name in ("Letter", "Phone"):
        touchpoint = placed(more, name).touchpoint
        place_touchpoint(refund, touchpoint, phase=phase(refund, "purchase"), after=None, by=edda)
    wait = at(commute, "Wait")
    assert wait.opens is not None
    assert (wait.opens.number, wait.opens.partial, wait.seen.number) == (50, True, None)
    assert seen(commute).health.number == 70


def test_what_stands_on_both_counts_once(commute: Journey, refund: Journey, edda: User) -> None:
    ride = placed(commute, "Ride").touchpoint
    place_touchpoint(refund, ride, phase=phase(refund, "retention"), after=None, by=edda)
    wait = at(commute, "Wait")
    assert wait.opens is not None
    assert wait.instead is not None
    assert wait.opens.number == seen(refund).health.number == 60, "as on its own map"
    assert (wait.instead.number, wait.instead.without) == (50, 1), "Ride counts on the commute, where it stands itself"


def test_health_rolls_up_over_all_levels(workspace: Workspace, edda: User) -> None:
    journeys = chain(workspace, edda, 5)
    scored(placed(journeys[4], "T5").touchpoint, 33)
    assert [seen(journey).health.number for journey in journeys] == [33] * 5
    archive_journey(journeys[2], by=edda)
    assert [seen(journey).health.number for journey in journeys] == [None, None, 33, 33, 33]


def test_a_phase_shows_the_health_beside_its_own(commute: Journey, refund: Journey, edda: User) -> None:
    put(refund, commute, "purchase", edda)
    told = seen(commute)
    purchase = told.phases[2]
    assert purchase.opens is not None
    assert (purchase.opens.name, purchase.opens.number, purchase.health.number) == ("Refund", 50, 60)
    assert told.health.number == 70, "and it counts for nothing there"


def test_it_says_how_sure_it_is(commute: Journey, refund: Journey) -> None:
    assert at(commute, "Wait").seen.evidence == "measured", "two of three touchpoints are"
    scored(placed(refund, "Form").touchpoint, 50, answers=6, sd=9)
    assert at(commute, "Wait").seen.evidence == "measured"
    Placement.objects.filter(pk=placed(refund, "Form").pk).update(moment_of_truth=True)
    Touchpoint.objects.filter(name="Form").update(importance=5)
    assert at(commute, "Wait").seen.evidence == "indicative"


def test_of_one_persona_it_is_theirs(commute: Journey, refund: Journey, workspace: Workspace) -> None:
    mara = Persona.objects.create(workspace=workspace, name="Mara")
    for name in ("Claim", "Money"):
        scored(placed(refund, name).touchpoint, 20, persona=mara)
    assert at(commute, "Wait", mara).seen.number == 20


def test_what_is_archived_opens_nothing(commute: Journey, refund: Journey, edda: User) -> None:
    archive_placement(placed(refund, "Claim"), by=edda)
    assert at(commute, "Wait").seen.number == 60
    archive_journey(refund, by=edda)
    wait = at(commute, "Wait")
    assert (wait.opens, wait.seen.number) == (None, None)


def test_the_list_says_the_same_as_the_map(commute: Journey, refund: Journey, workspace: Workspace) -> None:
    journeys = list(Journey.objects.of(workspace).prefetch_related("phases"))
    shown = maps_of(workspace, journeys)
    assert {pk: one.health for pk, one in shown.items()} == {one.pk: seen(one).health for one in journeys}


def test_a_change_below_changes_the_name_of_what_the_map_shows(commute: Journey, refund: Journey) -> None:
    before = glance(commute).digest
    scored(placed(refund, "Form").touchpoint, 90)
    after = glance(commute).digest
    Journey.objects.filter(pk=refund.pk).update(name="Money back")
    assert len({before, after, glance(commute).digest}) == 3


def test_the_way_back_is_told_from_the_top(workspace: Workspace, commute: Journey, edda: User) -> None:
    top, middle, low = chain(workspace, edda, 3)
    put(top, commute, "retention", edda)
    assert [(one.name, one.via) for one in glance(low).above] == [
        ("Commute", "Retention"),
        ("Level 1", "T1"),
        ("Level 2", "T2"),
    ]
    archive_journey(top, by=edda)
    assert [one.name for one in glance(low).above] == ["Level 2"]
    assert glance(middle).above == ()


def test_as_many_statements_however_deep(workspace: Workspace, edda: User) -> None:
    def statements(journey: Journey) -> int:
        with CaptureQueriesContext(connection) as counted:
            read: Any = glance(journey)
            read_map(journey, the_phases(journey), changes=read.changes)
        return len(counted)

    journeys = chain(workspace, edda, 5)
    statements(journeys[2])  # the changes of the workspace's answers are read once
    assert statements(journeys[0]) == statements(journeys[4]) == 6
