"""Moving a stakeholder on the map: numbers, sliders, the history, and the way back."""

import datetime

import pytest

from measures.actions import rewrite_stakeholder
from personas.actions import move_stakeholder
from personas.models import Quadrant, StakeholderPosition, quadrant_of
from tests.cast import SignIn
from tests.personas.say import finance, page_of, stands
from workspaces.models import AuditEntry, User, Workspace

HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize(
    ("influence", "support", "quadrant"),
    [
        (50, 50, Quadrant.CHAMPION),
        (100, 49, Quadrant.GATEKEEPER),
        (49, 100, Quadrant.SUPPORTER),
        (0, 0, Quadrant.BYSTANDER),
        (49, 49, Quadrant.BYSTANDER),
    ],
)
def test_the_quadrant_follows_from_both(influence: int, support: int, quadrant: Quadrant) -> None:
    assert quadrant_of(influence, support) == quadrant


def test_a_move_is_kept_with_its_history(workspace: Workspace, edda: User, ada: User, sign_in: SignIn) -> None:
    one = finance(workspace, edda)
    moved = {"influence": "60", "support": "55", "version": "1"}
    for _time in range(2):  # sent twice
        assert sign_in(ada).post(page_of(one, "move/"), moved).status_code == 302
    assert stands(one) == (60, 55)
    told = [(at.influence, at.support, at.by) for at in one.positions.all()]
    assert told == [(60, 55, ada), (68, 13, edda)]
    assert AuditEntry.objects.of(workspace).filter(verb="stakeholder.move").count() == 1
    text = sign_in(edda).get(page_of(one)).content.decode()
    assert "Ada" in text
    assert "Put back to influence 68, support 13" in text


def test_a_slider_alone_holds_without_script(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    one, page = finance(workspace, edda), sign_in(edda)
    form = {"influence": "68", "slid_influence": "68", "support": "13", "slid_support": "40", "version": "1"}
    page.post(page_of(one, "move/"), form)
    assert stands(one) == (68, 40)
    typed = {"influence": "70", "slid_influence": "68", "support": "40", "slid_support": "40", "version": "2"}
    page.post(page_of(one, "move/"), typed)
    assert stands(one) == (70, 40)


def test_who_was_changed_meanwhile_is_shown_as_they_are(
    workspace: Workspace, edda: User, ada: User, sign_in: SignIn
) -> None:
    one = finance(workspace, edda)
    move_stakeholder(one, influence=30, support=80, version=1, by=ada)
    for headers in ({}, HTMX):
        sent = {"influence": "90", "support": "90", "version": "1", "chosen": ""}
        answer = sign_in(edda).post(page_of(one, "move/"), sent, headers=headers)
        assert answer.status_code == 409
        assert "Somebody changed “Finance” meanwhile" in answer.content.decode()
        assert "supporter, influence 30, support 80" in answer.content.decode()
    assert stands(one) == (30, 80)


def test_what_is_no_number_moves_nobody(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    one = finance(workspace, edda)
    for sent in ({"influence": "101", "support": "5"}, {"influence": "", "support": ""}, {}):
        assert sign_in(edda).post(page_of(one, "move/"), {**sent, "version": "1"}).status_code == 422
    assert stands(one) == (68, 13)
    assert one.positions.count() == 1


def test_the_toast_puts_them_back_unless_something_happened_since(
    workspace: Workspace, edda: User, ada: User, sign_in: SignIn
) -> None:
    one, page = finance(workspace, edda), sign_in(edda)
    first = one.positions.get()
    sent = {"influence": "60", "support": "55", "version": "1", "chosen": ""}
    answer = page.post(page_of(one, "move/"), sent, headers=HTMX)
    undo = page_of(one, f"back/{first.pk}/?version=2")
    assert f'hx-post="{undo}"' in answer.content.decode()
    assert f'data-back="{undo}"' in answer.content.decode()  # for Ctrl+Z, the same
    assert page.post(undo, headers=HTMX).headers["HX-Redirect"] == page_of(one)  # from a page that has no map
    assert stands(one) == (68, 13)
    move_stakeholder(one, influence=1, support=1, version=3, by=ada)
    page.post(page_of(one, f"back/{first.pk}/?version=3"), headers=HTMX)
    assert stands(one) == (1, 1)


def test_only_their_own_positions_lead_back(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    one, other = finance(workspace, edda), finance(workspace, edda, name="Legal")
    theirs = StakeholderPosition.objects.of(workspace).get(stakeholder=other)
    assert sign_in(edda).post(page_of(one, f"back/{theirs.pk}/")).status_code == 404


def test_an_edit_that_moves_is_remembered_too(workspace: Workspace, edda: User) -> None:
    one = finance(workspace, edda)
    rewrite_stakeholder(one, version=1, name="Finance, M. Beck", support=40, by=edda)
    assert [at.support for at in one.positions.all()] == [40, 13]


def test_the_goal_and_the_way_are_drawn(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    day = datetime.date(2027, 3, 1)
    one = finance(workspace, edda, goal_influence=68, goal_support=55, goal_on=day)
    move_stakeholder(one, influence=68, support=20, version=1, by=edda)
    text = sign_in(edda).get(page_of(one)).content.decode()
    assert "goal by 1 Mar 2027" in text
    assert 'class="stakeholder-trail" d="M15.96 33.44L22.40 33.44"' in text
