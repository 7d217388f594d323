"""Several touchpoints at once, by the map's page and by a plain form."""

import json
from typing import Any

import pytest

from journeys.actions.placements import edit_placement
from journeys.models import Journey
from tests.cast import SignIn
from tests.journeys.scene import HTMX, address, order, phase, placed
from workspaces.models import Team, User, Workspace

START = {"purchase": "Shop Pay", "retention": "Wait Ride Arrive"}


@pytest.fixture
def fleet(workspace: Workspace) -> Team:
    return Team.objects.create(workspace=workspace, name="Fleet")


def keys(journey: Journey, names: str) -> list[str]:
    they = [placed(journey, name) for name in names.split()]
    return [f"{one.pk}:{one.version}:{one.touchpoint.version}" for one in they]


def test_page_hears_one_step_and_history_tells_it(commute: Journey, edda: User, ada: User, sign_in: SignIn) -> None:
    body = {
        "verb": "move",
        "placement": keys(commute, "Shop Ride"),
        "phase": phase(commute, "advocacy").pk,
        "after": "",
    }
    answer = sign_in(edda).post(address("bulk", commute), body, headers=HTMX)
    assert answer.status_code == 200
    news = json.loads(answer.headers["HX-Trigger"])["etappe:map"]
    assert news["say"] == "2 touchpoints moved to Advocacy: “Shop”, “Ride”."
    page = answer.content.decode()
    for kind in ("purchase", "retention", "advocacy"):
        assert f'hx-target="#phase-{phase(commute, kind).pk}"' in page
    told = sign_in(edda).get(address("changes", commute)).content.decode()
    assert "2 touchpoints moved to Advocacy" in told

    undone = sign_in(edda).post(address("change_undo", commute), headers=HTMX)
    assert "Undone: 2 touchpoints moved" in undone.content.decode()
    assert order(commute) == START


def test_a_conflict_answers_with_the_whole_map_and_the_names(
    commute: Journey, ada: User, edda: User, sign_in: SignIn
) -> None:
    body = {"verb": "archive", "placement": keys(commute, "Shop Ride")}
    edit_placement(placed(commute, "Ride"), version=1, by=ada, quote="Too full")
    answer = sign_in(edda).post(address("bulk", commute), body, headers=HTMX)
    assert answer.status_code == 409
    assert answer.content.decode().count('hx-target="#phase-') >= 5
    assert "“Ride”" in answer.content.decode()
    assert order(commute) == START


def test_plain_form_asks_for_what_is_missing_and_does_it(
    commute: Journey, edda: User, fleet: Team, sign_in: SignIn
) -> None:
    client = sign_in(edda)
    chosen = keys(commute, "Shop Ride")
    page = client.get(address("bulk", commute), {"verb": "owner", "placement": chosen}).content.decode()
    assert all(f'name="placement" value="{one}"' in page for one in chosen)
    assert "Shop, Ride" in page
    body = {"verb": "owner", "placement": chosen, "owner": f"team-{fleet.pk}"}
    told = client.post(address("bulk", commute), body, follow=True).content.decode()
    assert "Owner of 2 touchpoints: Fleet" in told
    assert placed(commute, "Ride").touchpoint.owner == fleet


@pytest.mark.parametrize(
    "wrong",
    [{"verb": "burn"}, {"placement": []}, {"placement": ["1"]}, {"placement": ["987654321:1:1"]}, {"owner": "team-0"}],
)
def test_what_cannot_be_is_refused(
    commute: Journey, edda: User, fleet: Team, sign_in: SignIn, wrong: dict[str, Any]
) -> None:
    body = {"verb": "owner", "placement": keys(commute, "Shop"), "owner": f"team-{fleet.pk}", **wrong}
    assert sign_in(edda).post(address("bulk", commute), body, headers=HTMX).status_code == 422
    assert placed(commute, "Shop").touchpoint.owner is None


def test_viewer_cannot_and_an_outsider_finds_nothing(commute: Journey, vik: User, otto: User, sign_in: SignIn) -> None:
    body = {"verb": "archive", "placement": keys(commute, "Shop")}
    assert sign_in(vik).post(address("bulk", commute), body).status_code == 403
    assert sign_in(otto).post(address("bulk", commute), body).status_code == 404
    assert order(commute) == START
