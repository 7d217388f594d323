"""A membership ends: by an admin, or by leaving."""

import pytest
from django.test import Client

from tests.cast import SignIn, joined, member_of
from touchpoints.models import Subject, Touchpoint
from workspaces.actions import create_team, make_token, remove_member
from workspaces.errors import Refused
from workspaces.models import Membership, Role, User, Workspace


def test_what_a_member_owned_has_no_owner_then(workspace: Workspace, ada: User, edda: User) -> None:
    member = member_of(workspace, edda)
    subject = Subject.objects.create(workspace=workspace, kind="touchpoint")
    touchpoint = Touchpoint.objects.create(workspace=workspace, name="Counter", subject=subject, owner_member=member)
    team = create_team(workspace, name="Front desk", members=[member], by=ada)
    remove_member(member, by=ada)
    touchpoint.refresh_from_db()
    assert touchpoint.owner is None
    assert list(team.members.all()) == []


def test_removing_twice_is_harmless(workspace: Workspace, ada: User, edda: User) -> None:
    member = member_of(workspace, edda)
    remove_member(member, by=ada)
    remove_member(member, by=ada)
    assert not Membership.objects.of(workspace).filter(user=edda).exists()


def test_a_removed_member_meets_404_at_once(workspace: Workspace, ada: User, edda: User, sign_in: SignIn) -> None:
    page = sign_in(edda)
    assert page.get(f"/w/{workspace.slug}/members/").status_code == 200
    remove_member(member_of(workspace, edda), by=ada)
    assert page.get(f"/w/{workspace.slug}/members/").status_code == 404


def test_their_own_tokens_end_with_them_and_the_workspace_s_stay(workspace: Workspace, olga: User) -> None:
    adam = joined("Adam", workspace, Role.ADMIN, by=olga)
    _token, own = make_token(workspace, name="Mine", scopes=["read"], personal=True, by=adam)
    _token, service = make_token(workspace, name="BI", scopes=["read"], by=adam)
    remove_member(member_of(workspace, adam), by=olga)
    assert Client(headers={"Authorization": f"Bearer {own}"}).get("/api/v1/").status_code == 401
    assert Client(headers={"Authorization": f"Bearer {service}"}).get("/api/v1/").status_code == 200


def test_viewers_leave_by_themselves(workspace: Workspace, vik: User, sign_in: SignIn) -> None:
    page = sign_in(vik)
    assert "Leave Lindbahn?" in page.get(f"/w/{workspace.slug}/leave/").content.decode()
    assert page.post(f"/w/{workspace.slug}/leave/").headers["Location"] == "/"
    assert not Membership.objects.of(workspace).filter(user=vik).exists()


def test_the_only_owner_is_told_why_not(workspace: Workspace, olga: User, sign_in: SignIn) -> None:
    answer = sign_in(olga).post(f"/w/{workspace.slug}/leave/")
    assert answer.status_code == 422
    assert "needs an owner" in answer.content.decode()


@pytest.mark.parametrize("who", ["edda", "otto"])
def test_below_admin_nobody_removes_others(
    who: str, workspace: Workspace, vik: User, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Refused):
        remove_member(member_of(workspace, vik), by=request.getfixturevalue(who))


def test_admins_do_not_remove_owners(workspace: Workspace, olga: User, ada: User) -> None:
    joined("Otmar", workspace, Role.OWNER, by=olga)
    with pytest.raises(Refused, match="Only an owner"):
        remove_member(member_of(workspace, olga), by=ada)
