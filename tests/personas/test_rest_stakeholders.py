"""Programs that may write keep stakeholders and their next steps as people do."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures.actions import create_measure
from measures.models import Measure
from personas.models import Stakeholder
from tests.answering import new_touchpoint
from tests.cast import token_client
from tests.personas.say import finance, stands
from tests.rest import Rest
from workspaces.models import AuditEntry, Scope, User, Workspace


@pytest.fixture
def rest(workspace: Workspace) -> Rest:
    """A token that may write, and nothing else: it reads, too."""
    return Rest(token_client(workspace, Scope.WRITE))


@pytest.fixture
def lte(workspace: Workspace, edda: User) -> Measure:
    return create_measure(workspace, title="LTE routers", touchpoints=[new_touchpoint(workspace, "Wi-Fi")], by=edda)


def test_a_program_enters_one_and_moves_them(rest: Rest, workspace: Workspace, lte: Measure) -> None:
    goal = {"goal_influence": 68, "goal_support": 55, "goal_on": "2027-03-01"}
    said = {"name": "Finance", "influence": 68, "support": 13, "decides": [lte.pk], **goal}
    made = rest.post("stakeholders/", said)
    assert made.status_code == 201, made.content
    told = made.json()
    assert {name: told[name] for name in said} == said
    assert (told["quadrant"], told["version"], told["named_only"], told["next_steps"]) == ("gatekeeper", 1, False, [])
    url = f"stakeholders/{told['id']}/"
    for _time in range(2):  # sent twice
        moved = rest.patch(url, {"support": 60, "version": 1})
        assert (moved.status_code, moved.json()["quadrant"], moved.json()["version"]) == (200, "champion", 2)
    was = rest.get(f"{url}positions/").json()
    assert [(at["influence"], at["support"], at["quadrant"], at["by"]) for at in was] == [
        (68, 60, "champion", "Tess"),
        (68, 13, "gatekeeper", "Tess"),
    ]
    assert str(AuditEntry.objects.of(workspace).get(verb="stakeholder.create").by) == "Tess"


def test_an_edit_names_the_version_it_was_made_from(rest: Rest, workspace: Workspace, edda: User, lte: Measure) -> None:
    one = finance(workspace, edda)
    url = f"stakeholders/{one.pk}/"
    assert rest.patch(url, {"decides": [lte.pk], "version": 1}).json()["version"] == 2
    late: dict[str, Any]
    for late in ({"support": 80}, {"decides": []}):
        stale = rest.patch(url, {**late, "version": 1})
        assert (stale.status_code, stale.json()["current"]["version"]) == (412, 2)
    assert rest.patch(url, {"support": 80}).status_code == 428
    assert stands(one) == (68, 13)


def test_what_was_read_can_be_sent_back_whole(rest: Rest, workspace: Workspace, edda: User, lte: Measure) -> None:
    url = f"stakeholders/{finance(workspace, edda, decides=[lte]).pk}/"
    told = rest.get(url).json()
    assert rest.patch(url, told).json() == told


def test_half_a_goal_and_absurd_numbers_are_refused(rest: Rest, workspace: Workspace) -> None:
    for wrong in ({"goal_support": 50}, {"influence": 101}, {"support": -1}):
        assert rest.post("stakeholders/", {"name": "Legal", **wrong}).status_code in {400, 409, 422}, wrong
    assert not Stakeholder.objects.of(workspace).exists()


def test_archived_is_gone_from_lists_and_comes_back(rest: Rest, workspace: Workspace, edda: User) -> None:
    one = finance(workspace, edda)
    url = f"stakeholders/{one.pk}/"
    assert [rest.delete(url).status_code for _ in range(2)] == [204, 204]
    assert rest.get("stakeholders/").json()["results"] == []
    assert rest.patch(url, {"support": 1, "version": 2}).status_code == 404
    assert [rest.post(f"{url}restore/").status_code for _ in range(2)] == [200, 200]
    assert len(rest.get("stakeholders/?q=fin").json()["results"]) == 1


def test_a_program_plans_steps_and_ticks_them_off(rest: Rest, workspace: Workspace, edda: User) -> None:
    one = finance(workspace, edda)
    made = rest.post("next-steps/", {"stakeholder": one.pk, "text": "Walk through the savings", "due_on": "2026-11-27"})
    assert (made.status_code, made.json()["done"], made.json()["done_at"]) == (201, False, None)
    url = f"next-steps/{made.json()['id']}/"
    for _time in range(2):
        ticked = rest.patch(url, {"done": True, "version": 1})
        assert (ticked.status_code, ticked.json()["done"], ticked.json()["version"]) == (200, True, 2)
    assert rest.get(f"stakeholders/{one.pk}/").json()["next_steps"][0]["done"] is True
    assert rest.patch(url, {"done": False, "version": 2}).json()["done_at"] is None
    assert rest.delete(url).status_code == 204
    assert rest.get(f"stakeholders/{one.pk}/").json()["next_steps"] == []
    assert rest.post(f"{url}restore/").status_code == 200


def test_a_list_asks_no_more_for_many(rest: Rest, workspace: Workspace, edda: User, lte: Measure) -> None:
    counts = []
    for batch in (3, 27):
        for number in range(batch):
            finance(workspace, edda, name=f"{batch} {number}", decides=[lte])
        rest.get("stakeholders/")
        with CaptureQueriesContext(connection) as asked:
            assert len(rest.get("stakeholders/").json()["results"]) >= batch
        counts.append(len(asked))
    assert counts[0] == counts[1]
