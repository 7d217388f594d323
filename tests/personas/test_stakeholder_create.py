"""Entering a stakeholder."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from measures.actions import create_measure
from personas.models import Stakeholder
from tests.answering import new_touchpoint
from tests.cast import SignIn, member_of
from tests.personas.say import finance, map_of, page_of
from workspaces.models import AuditEntry, User, Workspace

TYPED = {"name": "Works council", "role": "9 people", "influence": "58", "support": "33"}


def test_editor_enters_one_with_what_they_decide_on(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    lte = create_measure(workspace, title="LTE routers", touchpoints=[new_touchpoint(workspace, "Wi-Fi")], by=edda)
    goal = {"goal_support": "55", "goal_influence": "58", "goal_on": "2027-03-01"}
    page = sign_in(edda)
    answer = page.post(map_of(workspace) + "new/", {**TYPED, **goal, "decides": [lte.pk], "interests": "A say"})
    made = Stakeholder.objects.of(workspace).get()
    assert answer.headers["Location"] == page_of(made)
    text = page.get(page_of(made)).content.decode()
    for said in ("Works council", "9 people", "gatekeeper", "LTE routers", "A say", "1 March 2027"):
        assert said in text
    assert AuditEntry.objects.of(workspace).get(verb="stakeholder.create").actor == edda


def test_a_goal_is_whole_or_not_there(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    answer = sign_in(edda).post(map_of(workspace) + "new/", {**TYPED, "goal_support": "55"})
    assert answer.status_code == 422
    assert "A goal is influence, support and a day" in answer.content.decode()
    assert not Stakeholder.objects.of(workspace).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        finance(workspace, edda, goal_support=55)


@pytest.mark.parametrize("number", ["-1", "101", "much"])
def test_influence_lies_between_0_and_100(number: str, workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    answer = sign_in(edda).post(map_of(workspace) + "new/", {**TYPED, "influence": number})
    assert answer.status_code == 422


def test_another_workspace_s_measures_and_members_cannot_be_named(
    workspace: Workspace, elsewhere: Workspace, edda: User, otto: User, sign_in: SignIn
) -> None:
    theirs = create_measure(elsewhere, title="Theirs", touchpoints=[new_touchpoint(elsewhere, "App")], by=otto)
    for foreign in ({"decides": [theirs.pk]}, {"named": [member_of(elsewhere, otto).pk]}):
        assert sign_in(edda).post(map_of(workspace) + "new/", TYPED | foreign).status_code == 422


def test_the_empty_map_asks_for_the_first(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    text = sign_in(edda).get(map_of(workspace)).content.decode()
    assert "Who has to say yes?" in text
    assert "First stakeholder" in text
    assert "stakeholder-spot" not in text


@pytest.mark.parametrize("query", ["", "?show=table"])
def test_queries_do_not_grow_with_the_stakeholders(
    query: str, workspace: Workspace, edda: User, sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lte = create_measure(workspace, title="LTE routers", touchpoints=[new_touchpoint(workspace, "Wi-Fi")], by=edda)
    page = sign_in(edda)
    made = [finance(workspace, edda, name=f"Number {number}", decides=[lte]) for number in range(3)]
    for address in (map_of(workspace) + query, page_of(made[0])):
        page.get(address)  # whatever is read once a process
        with CaptureQueriesContext(connection) as few:
            assert page.get(address).status_code == 200
        asked = len(few)
        for number in range(27):
            finance(workspace, edda, name=f"Another {number} of {address}", decides=[lte])
        with django_assert_num_queries(asked):
            assert page.get(address).status_code == 200
