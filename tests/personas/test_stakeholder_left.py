"""All whom a stakeholder names have left: it is neither lost nor open, for owners see it and can name others."""

import json

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from journeys.actions.shares import make_share
from measures.actions import rewrite_stakeholder
from personas.actions import archive_stakeholder, create_step
from personas.models import Stakeholder
from tests.cast import SignIn, joined, member_of, token_client
from tests.journeys.scene import drawn
from tests.personas.say import finance, map_of, page_of
from tests.rest import Rest
from workspaces.actions import add_member, change_role, make_token, remove_member
from workspaces.models import Role, Scope, User, Workspace

NAME = "Professor Zwackelmann"


@pytest.fixture
def secret(workspace: Workspace, edda: User) -> Stakeholder:
    """One that only Edda sees, who made it."""
    one = finance(workspace, edda, name=NAME, named_only=True)
    create_step(workspace, stakeholder=one, text=f"Ask {NAME}", by=edda)
    return one


@pytest.fixture
def left(workspace: Workspace, secret: Stakeholder, ada: User, edda: User) -> Stakeholder:
    """The same, after Edda was removed."""
    remove_member(member_of(workspace, edda), by=ada)
    return secret


def own_program(workspace: Workspace, somebody: User) -> Rest:
    """A token of theirs."""
    _token, key = make_token(workspace, name="Mine", scopes=["read", "write"], by=somebody, personal=True)
    return Rest(Client(headers={"Authorization": f"Bearer {key}"}))


def test_owners_see_it_and_are_told_why(
    workspace: Workspace, secret: Stakeholder, olga: User, ada: User, edda: User, sign_in: SignIn
) -> None:
    page = sign_in(olga)
    assert NAME not in page.get(map_of(workspace)).content.decode()
    assert page.get(page_of(secret)).status_code == 404
    remove_member(member_of(workspace, edda), by=ada)
    shown = page.get(map_of(workspace)).content.decode()
    assert NAME in shown
    assert "Whoever was named has left. Only owners see these" in shown
    assert "nobody named" in page.get(map_of(workspace) + "?show=table").content.decode()
    assert "Whoever was named has left: only owners see it" in page.get(page_of(secret)).content.decode()
    own = own_program(workspace, olga)
    assert [row["name"] for row in own.get("stakeholders/").json()["results"]] == [NAME]
    assert [row["text"] for row in own.get("next-steps/").json()["results"]] == [f"Ask {NAME}"]


def test_nobody_else_sees_it_by_any_door(
    workspace: Workspace, left: Stakeholder, olga: User, ada: User, edda: User, vik: User, otto: User, sign_in: SignIn
) -> None:
    egon = joined("Egon", workspace, Role.EDITOR, by=olga)
    for somebody in (ada, egon, vik, otto, edda):
        for verb in ("", "edit/", "archive/"):
            found = sign_in(somebody).get(page_of(left, verb))
            assert found.status_code == (403 if somebody == vik and verb else 404)
        for query in ("", "?show=table", "?archived=1"):
            assert NAME not in sign_in(somebody).get(map_of(workspace) + query).content.decode()
    step = left.steps.get()
    services = [Rest(token_client(workspace, *Scope.values)), own_program(workspace, ada), own_program(workspace, egon)]
    for program in services:
        assert program.get("stakeholders/").json()["results"] == []
        assert program.get("next-steps/").json()["results"] == []
        for path in (f"stakeholders/{left.pk}/", f"stakeholders/{left.pk}/positions/", f"next-steps/{step.pk}/"):
            assert program.get(path).status_code == 404
    journey = drawn(workspace, olga, purchase="Shop")
    _link, key = make_share(journey, name="Agency", by=olga)
    reader = Rest(token_client(workspace, Scope.READ))
    assert reader.get("stakeholders/").status_code == 403
    assert NAME not in Client().get(f"/s/{key}/").content.decode()
    assert NAME not in json.dumps(reader.get(f"journeys/{journey.pk}/export/").json())


def test_who_comes_back_is_not_named_by_that(
    workspace: Workspace, left: Stakeholder, olga: User, edda: User, sign_in: SignIn
) -> None:
    add_member(workspace, user=edda, role=Role.EDITOR, by=olga)
    assert sign_in(edda).get(page_of(left)).status_code == 404


def test_a_person_who_is_deleted_leaves_it_to_the_owners_too(
    workspace: Workspace, secret: Stakeholder, olga: User, ada: User, edda: User, sign_in: SignIn
) -> None:
    edda.delete()
    assert NAME in sign_in(olga).get(map_of(workspace)).content.decode()
    assert NAME not in sign_in(ada).get(map_of(workspace)).content.decode()


def test_while_anybody_is_named_no_owner_sees_it(
    workspace: Workspace, secret: Stakeholder, olga: User, ada: User, edda: User, vik: User, sign_in: SignIn
) -> None:
    rewrite_stakeholder(secret, version=1, named=[member_of(workspace, vik)], by=edda)
    remove_member(member_of(workspace, edda), by=ada)
    assert sign_in(olga).get(page_of(secret)).status_code == 404
    assert NAME in sign_in(vik).get(page_of(secret)).content.decode()
    remove_member(member_of(workspace, vik), by=ada)
    assert NAME in sign_in(olga).get(page_of(secret)).content.decode()


def test_an_owner_hands_it_on_and_sees_it_no_more(
    workspace: Workspace, left: Stakeholder, olga: User, ada: User, sign_in: SignIn
) -> None:
    typed = {"name": NAME, "named_only": "on", "named": [member_of(workspace, ada).pk], "version": str(left.version)}
    answer = sign_in(olga).post(page_of(left, "edit/"), typed)
    assert answer.headers["Location"] == map_of(workspace)
    assert ["you are not" in str(said) for said in get_messages(answer.wsgi_request)] == [True]
    assert sign_in(olga).get(page_of(left)).status_code == 404
    assert NAME in sign_in(ada).get(page_of(left)).content.decode()


def test_an_owner_opens_it_to_editors(
    workspace: Workspace, left: Stakeholder, olga: User, ada: User, sign_in: SignIn
) -> None:
    typed = {"name": NAME, "version": str(left.version)}
    assert sign_in(olga).post(page_of(left, "edit/"), typed).headers["Location"] == page_of(left)
    assert "Whoever was named" not in sign_in(olga).get(map_of(workspace)).content.decode()
    assert NAME in sign_in(ada).get(map_of(workspace)).content.decode()


def test_an_edit_that_names_nobody_leaves_it_with_the_owners(
    workspace: Workspace, left: Stakeholder, olga: User, ada: User, sign_in: SignIn
) -> None:
    typed = {"name": NAME, "role": "Board", "named_only": "on", "version": str(left.version)}
    assert sign_in(olga).post(page_of(left, "edit/"), typed).headers["Location"] == page_of(left)
    assert sign_in(ada).get(page_of(left)).status_code == 404


def test_an_archived_one_is_left_to_them_as_well(
    workspace: Workspace, secret: Stakeholder, olga: User, ada: User, edda: User, sign_in: SignIn
) -> None:
    archive_stakeholder(secret, by=edda)
    remove_member(member_of(workspace, edda), by=ada)
    assert NAME in sign_in(olga).get(map_of(workspace) + "?archived=1").content.decode()
    assert NAME not in sign_in(ada).get(map_of(workspace) + "?archived=1").content.decode()


def test_who_is_no_owner_any_more_sees_it_no_more(
    workspace: Workspace, left: Stakeholder, olga: User, sign_in: SignIn
) -> None:
    olaf = joined("Olaf", workspace, Role.OWNER, by=olga)
    assert sign_in(olaf).get(page_of(left)).status_code == 200
    member = member_of(workspace, olaf)
    change_role(member, to=Role.ADMIN, version=member.version, by=olga)
    assert sign_in(olaf).get(page_of(left)).status_code == 404


def test_an_owner_elsewhere_sees_it_not(
    workspace: Workspace, elsewhere: Workspace, left: Stakeholder, otto: User, sign_in: SignIn
) -> None:
    assert NAME not in sign_in(otto).get(map_of(elsewhere)).content.decode()
    assert sign_in(otto).get(f"{map_of(elsewhere)}{left.pk}/").status_code == 404


def test_whoever_ends_a_membership_is_told_of_it_before_but_not_of_which(
    workspace: Workspace, secret: Stakeholder, ada: User, edda: User, sign_in: SignIn
) -> None:
    leaving = f"/w/{workspace.slug}/members/{member_of(workspace, edda).pk}/remove/"
    for somebody, address in ((ada, leaving), (edda, f"/w/{workspace.slug}/leave/")):
        asked = sign_in(somebody).get(address).content.decode()
        assert "A stakeholder that names nobody else is left to the owners." in asked
        assert NAME not in asked
