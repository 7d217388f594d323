"""What is told of a journey beside its health: on the map, on the list, and over REST alike."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from journeys.actions.placements import edit_placement, move_placement
from journeys.models import Change, Journey
from personas.models import Persona
from tests.cast import SignIn
from tests.journeys.scene import address, phase, placed, post_move, said
from tests.journeys.told import DAY, as_of, closed, scored, stations, url
from touchpoints.actions import edit_touchpoint
from workspaces import clock
from workspaces.models import User, Workspace


def weigh(journey: Journey, name: str, score: float | None, *, importance: int = 3, **more: Any) -> None:
    """Let a touchpoint count so much, and be so healthy."""
    placement = placed(journey, name)
    placement.touchpoint.importance = importance
    placement.touchpoint.save()
    for field, value in more.items():
        setattr(placement, field, value)
    placement.save()
    if score is not None:
        scored(placement.touchpoint, score)


def finished(journey: Journey, name: str, share: float, *, visits: int = 400, score: float = 60) -> None:
    """Of the visits to a touchpoint so many were finished, as the fold would write it."""
    part = {"component": "completion", "answers": visits, "rate": {"expected": 1 - share, "observed": 0.9}}
    csat = {"component": "csat", "answers": 40, "rate": None}
    scored(placed(journey, name).touchpoint, score, parts=[csat, part])


@pytest.fixture
def worked(commute: Journey) -> Journey:
    """The worked example of SCORING §5 in the first three touchpoints."""
    weigh(commute, "Shop", 80, importance=2)
    weigh(commute, "Pay", 45, importance=4, moment_of_truth=True, share=25)
    weigh(commute, "Wait", 65, importance=3, share=16)
    return commute


def at(told: dict[str, Any], name: str) -> dict[str, Any]:
    """How a figure points at that touchpoint."""
    there = stations(told)[name]
    return {"placement": there["id"], "touchpoint": there["touchpoint"]["id"]}


def test_memory_and_weakest_link_are_those_of_the_worked_example(tess: Client, worked: Journey) -> None:
    told = tess.get(url(worked)).json()
    health = told["health"]
    assert (health["score"], health["band"], health["partial"]) == (58, "weak", False)  # 58.0556
    assert health["memory"] == {
        "score": 73,  # 72.5
        "band": "good",
        "peak": {**at(told, "Shop"), "score": 80},
        "end": {**at(told, "Wait"), "score": 65},
    }
    assert health["weakest"] == {**at(told, "Pay"), "score": 45}
    assert health["coverage"] == pytest.approx(7.2 / 13.2)


def test_each_placement_says_what_the_journey_would_gain(tess: Client, worked: Journey, edda: User) -> None:
    told = stations(tess.get(url(worked)).json())
    gains = {name: one["priority"] for name, one in told.items()}
    assert gains == {
        "Shop": 0,
        "Pay": pytest.approx(4 * (70 - 45) / 7.2),
        "Wait": pytest.approx(1.2 * (70 - 65) / 7.2),
        "Ride": None,
        "Arrive": None,
    }
    pay = placed(worked, "Pay").touchpoint
    edit_touchpoint(pay, version=pay.version, by=edda, target=45)
    assert stations(tess.get(url(worked)).json())["Pay"]["priority"] == 0


def test_the_map_says_the_same(worked: Journey, vik: User, sign_in: SignIn) -> None:
    page = sign_in(vik).get(address("journey", worked)).content.decode()
    head = page[page.index('class="map-facts"') : page.index('class="map-actions"')]
    words = said(head)
    assert "Journey health 58 Weak" in words
    assert "partial" not in words
    assert "Coverage 55% of the weight is known" in words
    assert "Memory 73 Good mean of peak and end 1 Shop 80 Strong 3 Wait 65 Good" in words
    assert "Weakest link 2 Pay 45 Weak" in words
    assert "Completion 0 of 5 steps known" in words
    assert "Act here first points for the journey if the target were met 2 Pay +13.9 3 Wait +0.8" in words
    assert 'title="+13.9 points for the journey if it met its target"' in head
    assert f'href="#placement-{placed(worked, "Pay").pk}"' in head


def test_less_than_half_is_partial_and_nothing_known_is_unknown(
    commute: Journey, edda: User, vik: User, sign_in: SignIn
) -> None:
    client = sign_in(vik)
    words = said(client.get(address("journey", commute)).content.decode())
    assert "Memory unknown Weakest link unknown" in words
    assert "partial" not in words
    scored(placed(commute, "Ride").touchpoint, 72)
    words = said(client.get(address("journey", commute)).content.decode())
    assert "72 Good partial" in words
    assert "Coverage 20% of the weight is known" in words
    listed = said(client.get(reverse("journeys", args=[commute.workspace.slug])).content.decode())
    assert "72 Good partial" in listed
    assert "Weakest link: 4 Ride 72" in listed


def test_a_move_takes_along_what_stands_beside_the_health(worked: Journey, edda: User, sign_in: SignIn) -> None:
    answer = post_move(sign_in(edda), placed(worked, "Shop"), phase(worked, "advocacy")).content.decode()
    beside = answer[answer.index('hx-target="#beside"') : answer.index('hx-target="#first"')]
    assert "peak and end 5 Shop 80 Strong 5 Shop 80 Strong" in said(beside)
    assert 'hx-target="#summary"' in answer
    assert "1 Pay +13.9" in said(answer[answer.index('hx-target="#first"') :])


def test_what_nobody_passes_takes_no_part(tess: Client, commute: Journey) -> None:
    weigh(commute, "Pay", 10, share=0)
    health = tess.get(url(commute)).json()["health"]
    assert (health["score"], health["memory"], health["weakest"]) == (None, None, None)
    assert stations(tess.get(url(commute)).json())["Pay"]["priority"] is None
    weigh(commute, "Ride", 60)
    health = tess.get(url(commute)).json()["health"]
    assert (health["memory"]["score"], health["weakest"]["score"], health["completion"]["steps"]) == (60, 60, 4)


def test_completion_runs_along_the_most_used_path_and_says_how_much_is_known(
    tess: Client, commute: Journey, vik: User, sign_in: SignIn
) -> None:
    finished(commute, "Shop", 0.9)
    finished(commute, "Wait", 0.5)
    finished(commute, "Ride", 0.8)
    finished(commute, "Arrive", 0.1, visits=4)  # too few to be a figure
    for name, share in (("Wait", 40), ("Ride", 60)):
        weigh(commute, name, None, alternative_group="ways", share=share)

    told = tess.get(url(commute)).json()

    completion = told["health"]["completion"]
    assert completion["value"] == pytest.approx(0.9 * 0.8)
    assert (completion["known_steps"], completion["steps"]) == (2, 4)
    assert completion["weakest_step"] == {**at(told, "Ride"), "lost": pytest.approx(0.9 * 0.2)}
    words = said(sign_in(vik).get(address("journey", commute)).content.decode())
    assert "Completion 72% 2 of 4 steps known 4 Ride loses 18%" in words


def test_alternatives_in_different_phases_are_different_choices(tess: Client, commute: Journey) -> None:
    for name in ("Pay", "Wait"):
        weigh(commute, name, None, alternative_group="ways")
    assert tess.get(url(commute)).json()["health"]["completion"]["steps"] == 5
    weigh(commute, "Ride", None, alternative_group="ways")
    assert tess.get(url(commute)).json()["health"]["completion"]["steps"] == 4


def test_with_a_persona_they_are_hers(tess: Client, worked: Journey, vik: User, sign_in: SignIn) -> None:
    mara = Persona.objects.create(workspace=worked.workspace, name="Mara")
    worked.personas.add(mara, through_defaults={"workspace": worked.workspace})
    scored(placed(worked, "Ride").touchpoint, 20, persona=mara)
    health = tess.get(url(worked), {"persona": mara.pk}).json()["health"]
    assert (health["score"], health["memory"]["score"], health["weakest"]["score"]) == (20, 20, 20)
    words = said(sign_in(vik).get(f"{address('journey', worked)}?persona={mara.pk}").content.decode())
    assert "Weakest link 4 Ride 20 Critical" in words


def test_a_past_map_has_its_own(tess: Client, commute: Journey, workspace: Workspace, edda: User) -> None:
    today = clock.today(workspace.zone)
    Change.objects.filter(journey=commute).update(at=clock.now() - 9 * DAY)
    for name, then, now in (("Shop", 90, 40), ("Ride", 60, 80)):
        one = placed(commute, name).touchpoint
        closed(one, today - 6 * DAY, then)
        scored(one, now)
    shop = placed(commute, "Shop")
    move_placement(shop, to_phase=phase(commute, "advocacy"), after=None, version=shop.version, by=edda)
    edit_placement(placed(commute, "Pay"), version=1, by=edda, expectation=Decimal(1))

    past = tess.get(url(commute), as_of(today - 5 * DAY)).json()

    assert past["health"]["memory"] == {
        "score": 75,
        "band": "good",
        "peak": {**at(past, "Shop"), "score": 90},
        "end": {**at(past, "Ride"), "score": 60},
    }
    assert past["health"]["weakest"] == {**at(past, "Ride"), "score": 60}
    assert past["health"]["completion"] == {"value": None, "known_steps": 0, "steps": 5, "weakest_step": None}
    assert stations(past)["Ride"]["priority"] == pytest.approx((70 - 60) / 2)
    now = tess.get(url(commute)).json()
    assert now["health"]["memory"]["end"] == {**at(now, "Shop"), "score": 40}
