"""What it is worth to act at a touchpoint, by where it stands: priority, phase, journey and persona in the table."""

from typing import Any

import pytest
from django.urls import reverse

from journeys.actions.journeys import create_journey
from journeys.actions.placements import place_touchpoint
from journeys.board import read_map
from journeys.models import Journey, Placement
from personas.models import Persona
from scorecards.table import TouchpointRow
from tests.answering import Clock, Given, new_touchpoint
from tests.cast import SignIn
from touchpoints.actions import archive_touchpoint, fold_all
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


@pytest.fixture
def poster(workspace: Workspace) -> Touchpoint:
    return new_touchpoint(workspace, "Station poster")


@pytest.fixture
def trips(
    at: Clock,
    workspace: Workspace,
    delays: Touchpoint,
    counter: Touchpoint,
    poster: Touchpoint,
    commuter: Persona,
    given: Given,
    edda: User,
) -> list[Journey]:
    """Delay information stands on both journeys and is a moment of truth on the second, the counter on the first."""
    made = [create_journey(workspace, name=name, by=edda) for name in ("Weekend trip", "Commute")]
    for journey, touchpoint, kind in (
        (made[0], delays, "retention"),
        (made[0], counter, "purchase"),
        (made[1], delays, "purchase"),
        (made[1], poster, "awareness"),
    ):
        phase = journey.phases.get(kind=kind)
        place_touchpoint(journey, touchpoint=touchpoint, phase=phase, after=None, by=edda)
    Placement.objects.filter(journey=made[1], touchpoint=delays).update(moment_of_truth=True, share=60)
    given(delays, *[2] * 40)
    given(counter, *[3] * 30)
    given(counter, *[1] * 30, persona=commuter)
    given(poster, *[5] * 30)
    fold_all()
    return made


@pytest.fixture
def seen(workspace: Workspace, vik: User, sign_in: SignIn) -> Any:
    """`seen("?phase=purchase")`: the lines that Vik sees, by the names of their touchpoints."""
    client = sign_in(vik)

    def get(asked: str = "") -> dict[str, TouchpointRow]:
        answer: Any = client.get(reverse("scorecards", args=[workspace.slug]) + asked)
        assert answer.status_code == 200
        assert '<rect width="46.0"' in answer.content.decode() or asked, "the longest bar"
        return {str(row.touchpoint): row for row in answer.context["rows"]}

    return get


def gain_on_map(journey: Journey, touchpoint: Touchpoint, persona: Persona | None = None) -> float | None:
    """What the map says the journey would gain if this touchpoint met its target."""
    seen = read_map(journey, list(journey.phases.all()), persona=persona.pk if persona else None)
    placement = Placement.objects.get(journey=journey, touchpoint=touchpoint)
    return seen.rolled.gains[placement.pk]


@pytest.mark.usefixtures("no_doorbell")
def test_priority_is_the_gain_on_the_map_where_it_is_highest(
    seen: Any, trips: list[Journey], delays: Touchpoint, counter: Touchpoint
) -> None:
    found = seen()
    on_both = {journey.name: gain_on_map(journey, delays) or 0.0 for journey in trips}
    best = max(on_both, key=lambda name: on_both[name])
    assert on_both[best] != min(on_both.values())
    assert found["Delay information"].priority == on_both[best]
    assert found["Delay information"].first_on.name == best
    assert found["Ticket counter"].priority == gain_on_map(trips[0], counter)


@pytest.mark.usefixtures("no_doorbell")
def test_an_archived_touchpoint_weighs_on_its_journey_as_on_the_map(
    seen: Any, trips: list[Journey], poster: Touchpoint, delays: Touchpoint, edda: User
) -> None:
    archive_touchpoint(poster, by=edda)
    assert "Station poster" not in seen()
    assert seen(f"?journey={trips[1].pk}")["Delay information"].priority == gain_on_map(trips[1], delays)


@pytest.mark.usefixtures("no_doorbell")
def test_the_highest_priority_comes_first_and_what_stands_nowhere_by_its_health(
    seen: Any, trips: list[Journey], workspace: Workspace, given: Given
) -> None:
    given(new_touchpoint(workspace, "Lost property"), *[4] * 30)
    given(new_touchpoint(workspace, "Newsletter"), *[1] * 30)
    new_touchpoint(workspace, "Advertisement")
    fold_all()
    names = list(seen())
    assert names[:3] == sorted(names[:3], key=lambda name: -seen()[name].priority)
    assert names[0] in {"Delay information", "Ticket counter"}
    assert names[3:] == ["Newsletter", "Lost property", "Advertisement"]


@pytest.mark.usefixtures("no_doorbell")
def test_a_phase_shows_what_stands_in_it_on_any_journey(seen: Any, trips: list[Journey]) -> None:
    assert set(seen("?phase=purchase")) == {"Delay information", "Ticket counter"}
    assert set(seen("?phase=awareness")) == {"Station poster"}
    assert set(seen(f"?phase=purchase&journey={trips[0].pk}")) == {"Ticket counter"}


@pytest.mark.usefixtures("no_doorbell")
def test_a_moment_of_truth_has_a_star_and_each_line_its_phases(
    workspace: Workspace, trips: list[Journey], vik: User, sign_in: SignIn
) -> None:
    page = sign_in(vik).get(reverse("scorecards", args=[workspace.slug])).content.decode()
    (delays,) = [row for row in page.split("<tr>") if ">Delay information</a>" in row]
    (counter,) = [row for row in page.split("<tr>") if ">Ticket counter</a>" in row]
    assert "moment of truth" in delays
    assert "moment of truth" not in counter
    assert delays.index("<span>Purchase</span>") < delays.index("<span>Retention</span>")


@pytest.mark.usefixtures("no_doorbell")
def test_a_journey_shows_its_touchpoints_as_they_stand_there(
    seen: Any, trips: list[Journey], delays: Touchpoint
) -> None:
    found = seen(f"?journey={trips[0].pk}")
    assert set(found) == {"Delay information", "Ticket counter"}
    assert not found["Delay information"].moment_of_truth
    assert found["Delay information"].priority == gain_on_map(trips[0], delays)


@pytest.mark.usefixtures("no_doorbell")
def test_a_persona_shows_her_health_figures_and_priority(
    seen: Any, trips: list[Journey], counter: Touchpoint, commuter: Persona
) -> None:
    everybody, hers = seen()["Ticket counter"], seen(f"?persona={commuter.pk}")["Ticket counter"]
    assert hers.number < everybody.number
    assert (everybody.said("csat"), hers.said("csat")) == (2.0, 1.0)
    assert hers.change.after == 30
    assert everybody.change.after == 60
    assert hers.priority == gain_on_map(trips[0], counter, commuter)
