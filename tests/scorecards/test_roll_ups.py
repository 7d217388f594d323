"""Health by journey, phase and persona: the numbers of the maps, and where to act first."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journeys.actions.journeys import create_journey, edit_journey
from journeys.board import read_map
from journeys.models import Journey
from journeys.views.rows import the_phases
from personas.models import Persona
from tests.answering import Clock, Given
from tests.cast import SignIn
from tests.journeys.scene import drawn, placed
from tests.scorecards.pages import table, text
from touchpoints.actions import fold_all
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

See = Callable[[], str]


@pytest.fixture
def see(workspace: Workspace, vik: User, sign_in: SignIn) -> See:
    client = sign_in(vik)

    def seen() -> str:
        answer = client.get(reverse("roll_ups", args=[workspace.slug]))
        assert answer.status_code == 200
        return answer.content.decode()

    return seen


@pytest.fixture
def commute(at: Clock, workspace: Workspace, edda: User, given: Given) -> Journey:
    """A journey of which two of three touchpoints are known, one of them bad."""
    journey = drawn(workspace, edda, purchase="Shop Pay", retention="Ride")
    given(placed(journey, "Shop").touchpoint, *[5, 4, 5] * 15)
    given(placed(journey, "Pay").touchpoint, *[1, 2, 1] * 15)
    fold_all()
    return journey


def head(journey: Journey, persona: Persona | None = None) -> Any:
    """The health in the head of the map."""
    return read_map(journey, the_phases(journey), persona=persona.pk if persona else None).health


def test_a_journey_has_the_number_of_its_map_and_where_to_act(see: See, commute: Journey) -> None:
    page, shown = see(), head(commute)
    (row,) = table(page, "journeys-title")[1:]
    assert row[0].startswith("Commute")
    assert row[1].startswith(str(shown.number))
    assert row[2] == f"{100 * shown.coverage:.0f}% 2 of 3"
    seen = read_map(commute, the_phases(commute)).rolled.first
    assert row[3].split() == [part for gain in seen for part in (gain.at.name, f"+{gain.points:.1f}")]
    assert row[3].startswith("Pay +")
    assert f"Over all journeys, health stands at {shown.number}." in text(page)


def test_phases_of_one_kind_count_together_over_all_journeys(
    see: See, workspace: Workspace, edda: User, commute: Journey, given: Given
) -> None:
    weekend = drawn(workspace, edda, "Weekend", purchase="Kiosk", advocacy="Club")
    given(placed(weekend, "Kiosk").touchpoint, *[3, 4] * 20)
    fold_all()
    rows = {row[0]: row for row in table(see(), "phases-title")[1:]}
    assert list(rows) == ["Purchase", "Retention", "Advocacy"]
    alone = [phase.health.number for phase in read_map(commute, the_phases(commute)).phases if phase.kind == "purchase"]
    number = int(rows["Purchase"][1].split()[0])
    kiosk = head(weekend).number
    assert min(*alone, kiosk) < number < max(*alone, kiosk)
    assert rows["Purchase"][2].endswith("3 of 3")
    assert rows["Retention"][1] == "unknown"
    assert [row[0].split()[0] for row in table(see(), "journeys-title")[1:]] == (
        ["Commute", "Weekend"] if head(commute).number < kiosk else ["Weekend", "Commute"]
    )


def test_a_persona_has_the_number_of_the_map_as_she_sees_it(
    see: See, edda: User, commute: Journey, commuter: Persona, tourist: Persona, given: Given
) -> None:
    edit_journey(commute, version=Journey.objects.get(pk=commute.pk).edition, by=edda, personas=[commuter])
    given(placed(commute, "Shop").touchpoint, *[2, 1, 2] * 10, persona=commuter)
    fold_all()
    rows = {row[0]: row for row in table(see(), "personas-title")[1:]}
    shown = head(commute, commuter)
    assert shown.number is not None
    assert shown.number != head(commute).number
    assert rows["Commuter"][1].startswith(str(shown.number))
    assert rows["Commuter"][2].endswith("1 of 3")
    assert rows["Tourist"][1:] == ["unknown", "0% 0 of 0", "–"]


def test_below_half_of_the_weight_it_is_called_partial(
    see: See, at: Clock, workspace: Workspace, edda: User, given: Given
) -> None:
    journey = drawn(workspace, edda, purchase="Shop Pay Ask")
    given(placed(journey, "Shop").touchpoint, *[5, 4, 5] * 5)
    fold_all()
    assert "partial" in table(see(), "journeys-title")[1][1]


def test_nothing_is_known_and_nothing_is_there(
    see: See, at: Clock, workspace: Workspace, edda: User, elsewhere: Workspace, otto: User
) -> None:
    drawn(elsewhere, otto, "Theirs", purchase="Tram")
    assert "No journey yet" in see()
    create_journey(workspace, name="Empty", by=edda)
    page = see()
    assert table(page, "journeys-title")[1][1:] == ["unknown", "0% 0 of 0", "–"]
    assert "Theirs" not in page
    assert "health stands at" not in page


def test_statements_do_not_grow_with_journeys_personas_or_touchpoints(
    see: See, at: Clock, workspace: Workspace, edda: User, commute: Journey, delays: Touchpoint
) -> None:
    counted = []
    for number in range(3):
        with CaptureQueriesContext(connection) as statements:
            see()
        counted.append(len(statements))
        drawn(workspace, edda, f"Journey {number}", purchase=f"A{number} B{number}")
        Persona.objects.create(workspace=workspace, name=f"Persona {number}")
    assert counted[0] == counted[1] == counted[2] <= 12
