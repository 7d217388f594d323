"""A journey's score, taken apart into what each touchpoint weighs and brings."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journeys.actions.shares import make_share
from journeys.models import Journey
from personas.models import Persona
from tests.answering import Clock
from tests.cast import SignIn
from tests.journeys.scene import address, drawn, placed
from tests.journeys.told import scored
from tests.scorecards.pages import CELL, TAG, shown, text, worked_out
from workspaces.models import User, Workspace


@pytest.fixture
def commute(workspace: Workspace, edda: User) -> Journey:
    """The worked example: three known touchpoints, and one that nobody was ever heard about."""
    journey = drawn(workspace, edda, purchase="Shop Pay", retention="Ride Wait")
    for name, importance, truth, share, score in (
        ("Shop", 2, False, 100, 80.0),
        ("Pay", 4, True, 25, 45.0),
        ("Ride", 3, False, 16, 65.0),
        ("Wait", 1, False, 100, None),
    ):
        placement = placed(journey, name)
        placement.moment_of_truth, placement.share = truth, share
        placement.save()
        placement.touchpoint.importance = importance
        placement.touchpoint.save()
        if score is not None:
            scored(placement.touchpoint, score)
    return journey


@pytest.fixture
def page(commute: Journey, vik: User, sign_in: SignIn) -> Any:
    client = sign_in(vik)

    def see(**asked: int) -> str:
        answer = client.get(address("journey_explain", commute), asked)
        assert answer.status_code == 200
        return answer.content.decode()

    return see


def rows(page: str) -> dict[str, list[str]]:
    """By name what stands in the row of a touchpoint or phase."""
    found = [
        [" ".join(unescape(TAG.sub(" ", cell)).split()) for cell in CELL.findall(row)]
        for row in re.findall(r"<tr.*?>(.*?)</tr>", page, re.DOTALL)
    ]
    return {re.sub(r"^\d+ | Moment of truth$", "", row[0]): row for row in found}


def test_points_add_up_to_the_score_of_the_map(page: Any, commute: Journey, vik: User, sign_in: SignIn) -> None:
    seen, on_map = page(), sign_in(vik).get(address("journey", commute)).content.decode()
    told = rows(seen)
    points = [shown(told[name][4]) for name in ("Shop", "Pay", "Ride")]
    assert sum(points) == shown("58.1")
    assert [shown(told[name][4]) for name in ("Purchase", "Retention")] == [sum(points[:2]), points[2]]
    assert "58.1 is shown as 58 on every screen" in text(seen)
    assert "stands at 58: the weighted mean of the 3 touchpoints, of 4" in text(seen)
    assert re.search(r'class="band-score">58<', on_map)


def test_each_weight_can_be_worked_out_again(page: Any) -> None:
    told = rows(page())
    assert told["Pay"][2] == "4 × 2 × √0.25 = 4.00"
    for name in ("Shop", "Pay", "Ride", "Wait"):
        formula, result = told[name][2].replace("√", "√(").replace(" =", ") =").split(" = ")
        assert round(worked_out(formula, "en"), 2) == float(shown(result))


def test_what_is_unknown_weighs_but_brings_nothing(page: Any) -> None:
    seen = page()
    assert rows(seen)["Wait"][1:] == ["unknown", "1 × √1 = 1.00", "–", "–", "70", "–"]
    assert "They carry 88% of the weight" in text(seen)


def test_whom_nobody_passes_takes_no_part(page: Any, commute: Journey) -> None:
    for name in ("Shop", "Pay", "Ride"):
        placement = placed(commute, name)
        placement.share = 0
        placement.save()
    seen = page()
    assert "none of its touchpoints has a health yet" in text(seen)
    assert rows(seen)["Pay"][2:5] == ["4 × 2 × √0 = 0.00", "–", "–"]


def test_less_than_half_known_is_called_partial(page: Any, commute: Journey) -> None:
    wait = placed(commute, "Wait").touchpoint
    wait.importance = 5
    wait.save()
    placement = placed(commute, "Wait")
    placement.moment_of_truth = True
    placement.save()
    assert "the score speaks for a part of the journey only" in text(page())


def test_of_a_persona_nobody_has_heard(page: Any, workspace: Workspace, commute: Journey) -> None:
    commuter = Persona.objects.create(workspace=workspace, name="Commuter")
    assert "none of its touchpoints has a health yet" in text(page(persona=commuter.pk))
    scored(placed(commute, "Ride").touchpoint, 30.0, persona=commuter)
    assert "stands at 30" in text(page(persona=commuter.pk))


def test_the_map_leads_there_and_a_shared_one_does_not(
    workspace: Workspace, commute: Journey, olga: User, vik: User, sign_in: SignIn
) -> None:
    there = address("journey_explain", commute)
    commuter = Persona.objects.create(workspace=workspace, name="Commuter")
    on_map = sign_in(vik).get(address("journey", commute), {"persona": commuter.pk}).content.decode()
    assert f'href="{there}?persona={commuter.pk}"' in on_map
    assert f'href="{there}"' in sign_in(vik).get(address("journey", commute)).content.decode()
    _share, secret = make_share(commute, name="Agency", by=olga)
    assert there not in Client().get(reverse("share", args=[secret])).content.decode()


def test_each_touchpoint_leads_to_its_own_explanation(page: Any, workspace: Workspace, commute: Journey) -> None:
    for name in ("Shop", "Wait"):
        there = reverse("touchpoint_explain", args=[workspace.slug, placed(commute, name).touchpoint_id])
        assert f'href="{there}"' in page()


def test_another_workspaces_journey_is_not_found(
    workspace: Workspace, elsewhere: Workspace, otto: User, vik: User, sign_in: SignIn
) -> None:
    theirs = drawn(elsewhere, otto, "Theirs", purchase="Tram")
    assert sign_in(vik).get(reverse("journey_explain", args=[workspace.slug, theirs.pk])).status_code == 404


def test_more_touchpoints_cost_no_more_statements(
    page: Any, at: Clock, workspace: Workspace, edda: User, vik: User, sign_in: SignIn, commute: Journey
) -> None:
    client, counted = sign_in(vik), []
    for journey in (commute, drawn(workspace, edda, "Long", purchase=" ".join(f"T{number}" for number in range(30)))):
        with CaptureQueriesContext(connection) as statements:
            client.get(address("journey_explain", journey))
        counted.append(len(statements))
    assert counted[0] == counted[1]
