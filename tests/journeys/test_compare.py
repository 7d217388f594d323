"""The page that compares: whom, when and what with what, from its address alone."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from journeys.actions.placements import archive_placement, move_placement
from journeys.models import Change, Journey
from personas.models import Persona
from tests.cast import SignIn
from tests.journeys.scene import address, drawn, phase, placed, said
from tests.journeys.told import DAY, closed, scored
from workspaces import clock
from workspaces.models import User, Workspace


@pytest.fixture
def tourist(workspace: Workspace) -> Persona:
    found: Persona = Persona.objects.create(workspace=workspace, name="Tourist")
    return found


def page(client: Client, journey: Journey, **asked: object) -> str:
    answer = client.get(address("journey_compare", journey), {name: str(value) for name, value in asked.items()})
    assert answer.status_code == 200
    return said(answer.content.decode())


def test_two_personas_with_both_scores(dressed: Journey, tourist: Persona, sign_in: SignIn, vik: User) -> None:
    ride = placed(dressed, "Ride").touchpoint
    scored(ride, 80.2, persona=tourist, answers=12)
    seen = page(sign_in(vik), dressed)
    assert "This journey serves Tourist better than Commuter: health 80 against 35" in seen
    assert "35 Critical" in seen
    assert "against 80 Strong" in seen
    assert "+45" in seen
    table = page(sign_in(vik), dressed, view="table")
    assert "Ride 35 Critical n 9 80 Strong n 12 +45 too few answers to tell it from chance" in table


def test_under_five_of_a_persona_no_figure_is_shown(
    dressed: Journey, tourist: Persona, sign_in: SignIn, vik: User
) -> None:
    scored(placed(dressed, "Ride").touchpoint, 87.6, persona=tourist, answers=4)
    for view in ("", "table"):
        seen = page(sign_in(vik), dressed, view=view)
        assert "88" not in seen
        assert "Too few answers of Tourist to compare them." in seen


def test_two_dates_name_what_moved_came_went_and_changed_band(
    dressed: Journey, sign_in: SignIn, vik: User, edda: User
) -> None:
    today = clock.today(dressed.workspace.zone)
    Change.objects.filter(journey=dressed).update(at=clock.now() - 50 * DAY)
    closed(placed(dressed, "Ride").touchpoint, today - 30 * DAY, 51.4)
    move_placement(placed(dressed, "Wait"), to_phase=phase(dressed, "advocacy"), after=None, version=1, by=edda)
    archive_placement(placed(dressed, "Arrive"), by=edda)
    seen = page(sign_in(vik), dressed, kind="days", a=today - 20 * DAY, b=today)
    assert "went from 51 to 72" in seen
    assert "Gone: Arrive. Moved: Wait. In another band: Ride (Weak to Good)." in seen
    same = page(sign_in(vik), dressed, kind="days", a=today - 20 * DAY, b=today - 19 * DAY)
    assert "stayed at 51. Nothing is new, gone, moved or in another band." in same


def test_as_is_stands_before_to_be_whichever_page_asks(
    dressed: Journey, workspace: Workspace, sign_in: SignIn, vik: User, edda: User
) -> None:
    planned = drawn(workspace, edda, "Better commute", purchase="App")
    Journey.objects.filter(pk=planned.pk).update(standing="to_be")
    for journey in (dressed, planned):
        seen = page(sign_in(vik), journey, kind="plan")
        assert "Only on “Better commute”: App. Only on “Commute”: Shop, Pay, Wait (34 to" not in seen
        assert "0 touchpoints stand on both. Only on “Better commute”: App. Only on “Commute”: Shop, Pay, Wait" in seen


def test_where_there_is_nothing_to_compare_with_it_says_what_is_missing(
    commute: Journey, sign_in: SignIn, vik: User
) -> None:
    assert "There are no two personas in this workspace yet." in page(sign_in(vik), commute, kind="persona")
    assert "There is no journey “to be” in this workspace yet." in page(sign_in(vik), commute, kind="plan")


@pytest.mark.parametrize("nonsense", ["kind=days&a=2026-99-99&b=x", "kind=x", "kind=days&b=9999-01-01", "a=-1&b=²"])
def test_what_an_address_says_wrongly_is_the_usual(
    dressed: Journey, tourist: Persona, sign_in: SignIn, vik: User, nonsense: str
) -> None:
    assert sign_in(vik).get(f"{address('journey_compare', dressed)}?{nonsense}").status_code == 200


def test_what_is_of_another_workspace_is_not_there(
    dressed: Journey, tourist: Persona, sign_in: SignIn, vik: User, otto: User, elsewhere: Workspace
) -> None:
    url, foreign = address("journey_compare", dressed), Persona.objects.create(workspace=elsewhere, name="Spy")
    journey = drawn(elsewhere, otto, "Theirs")
    client = sign_in(vik)
    for asked in (
        f"kind=persona&a={tourist.pk}&b={foreign.pk}",
        f"kind=days&persona={foreign.pk}",
        f"kind=plan&b={journey.pk}",
    ):
        assert client.get(f"{url}?{asked}").status_code == 404
    assert sign_in(otto).get(url).status_code == 404


@pytest.mark.parametrize("kind", ["persona", "days", "plan"])
def test_statements_do_not_grow_with_the_journey(
    workspace: Workspace, edda: User, vik: User, tourist: Persona, sign_in: SignIn, kind: str
) -> None:
    Persona.objects.create(workspace=workspace, name="Commuter")
    sent = []
    for name, many in (("Few", 2), ("Many", 30)):
        journey = drawn(workspace, edda, name, purchase=" ".join(f"{name}{number}" for number in range(many)))
        plan = drawn(
            workspace, edda, f"{name} planned", purchase=" ".join(f"{name}P{number}" for number in range(many))
        )
        Journey.objects.filter(pk=plan.pk).update(standing="to_be")
        for number in range(many):
            scored(placed(journey, f"{name}{number}").touchpoint, 40 + number)
        asked = {"kind": kind, "b": str(plan.pk)} if kind == "plan" else {"kind": kind}
        if kind == "days":
            asked["a"] = str(clock.today(workspace.zone) - datetime.timedelta(days=3))
        client = sign_in(vik)
        client.get(address("journey_compare", journey), asked)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address("journey_compare", journey), asked).status_code == 200
        sent.append(len(seen))
    assert sent[0] == sent[1]
