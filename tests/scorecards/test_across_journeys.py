"""One persona through all journeys as one line, and all personas by category with the gaps named."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journeys.actions.journeys import archive_journey, create_journey, edit_journey
from journeys.board import read_map
from journeys.models import Journey
from journeys.views.rows import the_phases
from personas.actions import create_persona
from personas.models import Persona
from tests.cast import SignIn
from tests.journeys.below import put
from tests.journeys.scene import drawn, placed
from tests.journeys.told import scored
from tests.scorecards.pages import text
from workspaces.models import User, Workspace

Page = Callable[..., str]


@pytest.fixture
def mara(workspace: Workspace, edda: User) -> Persona:
    return create_persona(workspace, name="Mara", by=edda)


@pytest.fixture
def use(workspace: Workspace, mara: Persona, edda: User) -> Journey:
    """Shop, Pay and Ride: Pay is heard of Mara, Ride of all customers, Shop of nobody."""
    journey = drawn(workspace, edda, "Trip", purchase="Shop Pay", retention="Ride")
    journey.personas.add(mara, through_defaults={"workspace": workspace})
    scored(placed(journey, "Pay").touchpoint, 70, perception=0.8, perception_source="satisfaction")
    scored(placed(journey, "Pay").touchpoint, 35, persona=mara, perception=-1.2, perception_source="emotion")
    scored(placed(journey, "Ride").touchpoint, 60, perception=0.4, perception_source="satisfaction")
    return journey


def taken_by(workspace: Workspace, persona: Persona, by: User, name: str, category: str, **facts: Any) -> Journey:
    return create_journey(workspace, name=name, category=category, personas=[persona], by=by, **facts)


def life(client: Client, persona: Persona) -> dict[str, Any]:
    told: dict[str, Any] = client.get(reverse("api_persona_journeys", args=[persona.pk])).json()
    return told


@pytest.fixture
def page(workspace: Workspace, vik: User, sign_in: SignIn) -> Page:
    def seen(name: str, *args: Any, by: User = vik) -> str:
        answer = sign_in(by).get(reverse(name, args=[workspace.slug, *args]))
        assert answer.status_code == 200
        return answer.content.decode()

    return seen


def test_the_line_goes_through_the_categories_in_the_order_of_a_life(
    tess: Client, workspace: Workspace, mara: Persona, use: Journey, edda: User
) -> None:
    for name, category in (("Renew", "renewal"), ("Begin", "onboarding")):
        taken_by(workspace, mara, edda, name, category)
    told = life(tess, mara)
    assert [one["name"] for one in told["journeys"]] == ["Begin", "Trip", "Renew"]
    assert told["gaps"] == ["maintenance"]
    assert [one["name"] for one in told["moments"]] == ["Shop", "Pay", "Ride"]


def test_her_own_answers_go_first_and_for_the_rest_all_customers_stand(
    tess: Client, mara: Persona, use: Journey
) -> None:
    told = life(tess, mara)
    felt = {one["name"]: (one["perceived"], one["own"]) for one in told["moments"]}
    assert felt == {"Shop": (None, False), "Pay": (-1.2, True), "Ride": (0.4, False)}
    assert [one["name"] for one in told["weakest"]] == ["Pay", "Ride"]
    hers = read_map(use, the_phases(use), persona=mara.pk).health
    health = told["journeys"][0]["health"]
    assert (health["score"], health["own"], health["known"]) == (hers.number, True, 1)


def test_below_five_of_hers_the_journey_has_the_health_of_all_and_says_so(
    tess: Client, page: Page, workspace: Workspace, mara: Persona, edda: User
) -> None:
    journey = drawn(workspace, edda, "Trip", retention="Ride")
    journey.personas.add(mara, through_defaults={"workspace": workspace})
    scored(placed(journey, "Ride").touchpoint, 60)
    scored(placed(journey, "Ride").touchpoint, 20, persona=mara, answers=4)
    health = life(tess, mara)["journeys"][0]["health"]
    assert (health["score"], health["own"]) == (60, False)
    assert "1 of 1 touchpoint known, all customers" in text(page("persona_journeys", mara.pk))
    cell = tess.get(reverse("api_persona_grid")).json()["results"][0]["cells"][2]["journeys"][0]
    assert (cell["health"]["score"], cell["health"]["state"]) == (None, "unknown")


def test_the_page_says_the_worst_and_the_gaps(page: Page, mara: Persona, use: Journey, edda: User) -> None:
    shown = page("persona_journeys", mara.pk)
    assert "Mara feels worst at “Pay” on “Trip”: −1.2." in text(shown)
    assert "No journey of onboarding, maintenance and renewal is drawn for Mara." in text(shown)
    assert "1 of 3 moments rest on the persona's own answers" in text(shown)
    assert "?category=renewal" not in shown, "a viewer begins none"
    assert f"?category=renewal&amp;persona={mara.pk}" in page("persona_journeys", mara.pk, by=edda)


def test_plans_stand_only_where_nothing_shows_today(
    tess: Client, workspace: Workspace, mara: Persona, use: Journey, edda: User
) -> None:
    taken_by(workspace, mara, edda, "Trip of tomorrow", "use", standing="to_be")
    taken_by(workspace, mara, edda, "Renew", "renewal", standing="to_be")
    assert [one["name"] for one in life(tess, mara)["journeys"]] == ["Trip", "Renew"]


def test_a_sub_journey_is_no_second_stretch(
    tess: Client, workspace: Workspace, mara: Persona, use: Journey, edda: User
) -> None:
    put(taken_by(workspace, mara, edda, "Paying", "use"), use, "Pay", edda)
    told = life(tess, mara)
    assert [one["name"] for one in told["journeys"]] == ["Trip"]
    assert [one["name"] for one in told["below"]] == ["Paying"]


def test_a_persona_without_a_journey_and_one_that_is_archived(
    page: Page, workspace: Workspace, mara: Persona, use: Journey, edda: User
) -> None:
    jo = create_persona(workspace, name="Jo", by=edda)
    shown = text(page("persona_journeys", jo.pk))
    assert "No journey of onboarding, maintenance, use and renewal is drawn for Jo." in shown
    archive_journey(use, by=edda)
    assert "Trip" not in page("persona_journeys", mara.pk)


def test_the_grid_names_the_gaps(page: Page, workspace: Workspace, mara: Persona, use: Journey, edda: User) -> None:
    names = ["Familie Aydın", "Jo", "Ada", "Bea"]
    people = [create_persona(workspace, name=name, by=edda) for name in names]
    edit_journey(use, version=use.edition, personas=[mara, *people[1:]], by=edda)
    taken_by(workspace, mara, edda, "Renew", "renewal")
    shown = text(page("persona_grid"))
    assert "No onboarding journey for anybody; no maintenance journey for anybody" in shown
    assert "no use journey for Familie Aydın;" in shown
    assert "no renewal journey for Ada, Bea, Familie Aydın and 1 more." in shown
    url = f"?category=renewal&amp;persona={people[0].pk}"
    assert url in page("persona_grid", by=edda)
    assert url not in page("persona_grid")


def test_cells_have_the_health_of_the_persona_s_own_map(
    tess: Client, workspace: Workspace, mara: Persona, use: Journey
) -> None:
    (row,) = tess.get(reverse("api_persona_grid")).json()["results"]
    (cell,) = row["cells"][2]["journeys"]
    hers = read_map(use, the_phases(use), persona=mara.pk).health
    assert (cell["name"], cell["health"]["score"], cell["health"]["band"]) == ("Trip", hers.number, hers.band)
    assert [one["category"] for one in row["cells"]] == ["onboarding", "maintenance", "use", "renewal"]


def test_nobody_is_drawn_yet(page: Page) -> None:
    assert "No persona yet" in page("persona_grid")


def test_another_workspace_s_persona_is_not_there(
    tess: Client, elsewhere: Workspace, workspace: Workspace, otto: User, vik: User, sign_in: SignIn
) -> None:
    stranger = create_persona(elsewhere, name="Far", by=otto)
    assert sign_in(vik).get(reverse("persona_journeys", args=[workspace.slug, stranger.pk])).status_code == 404
    assert tess.get(reverse("api_persona_journeys", args=[stranger.pk])).status_code == 404
    assert "Far" not in tess.get(reverse("api_persona_grid")).content.decode()


@pytest.mark.parametrize("name", ["persona_grid", "persona_journeys"])
def test_as_many_statements_however_many_there_are(
    page: Page, workspace: Workspace, mara: Persona, use: Journey, edda: User, name: str
) -> None:
    args = [mara.pk] if name == "persona_journeys" else []

    def statements() -> int:
        with CaptureQueriesContext(connection) as counted:
            page(name, *args)
        return len(counted)

    statements()
    few = statements()
    others = [create_persona(workspace, name=f"P {number}", by=edda) for number in range(5)]
    for number, other in enumerate(others):
        more = drawn(workspace, edda, f"More {number}", purchase=f"X{number} Y{number}")
        more.personas.set([mara, other], through_defaults={"workspace": workspace})
    assert statements() == few
