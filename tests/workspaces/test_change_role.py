"""Another role for a member."""

import pytest

from tests.cast import SignIn, member_of
from workspaces.actions import change_role, remove_member
from workspaces.errors import Refused, Stale
from workspaces.models import AuditEntry, Role, User, Workspace


def test_admin_makes_a_viewer_an_editor(workspace: Workspace, ada: User, vik: User) -> None:
    member = change_role(member_of(workspace, vik), to=Role.EDITOR, version=1, by=ada)
    assert member_of(workspace, vik).role == Role.EDITOR
    assert member.version == 2
    entry = AuditEntry.objects.of(workspace).latest("pk")
    assert (entry.verb, entry.target, entry.actor) == ("member.role", f"membership {member.pk}", ada)


def test_stale_change_is_refused(workspace: Workspace, ada: User, vik: User) -> None:
    change_role(member_of(workspace, vik), to=Role.EDITOR, version=1, by=ada)
    with pytest.raises(Stale):
        change_role(member_of(workspace, vik), to=Role.ADMIN, version=1, by=ada)


def test_the_same_role_twice_is_harmless(workspace: Workspace, ada: User, vik: User) -> None:
    change_role(member_of(workspace, vik), to=Role.VIEWER, version=1, by=ada)
    assert member_of(workspace, vik).version == 1


@pytest.mark.parametrize("who", ["edda", "vik", "otto"])
def test_below_admin_nobody_changes_roles(
    who: str, workspace: Workspace, vik: User, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Refused):
        change_role(member_of(workspace, vik), to=Role.OWNER, version=1, by=request.getfixturevalue(who))


def test_only_owners_make_owners_and_unmake_them(workspace: Workspace, olga: User, ada: User) -> None:
    with pytest.raises(Refused, match="Only an owner"):
        change_role(member_of(workspace, ada), to=Role.OWNER, version=1, by=ada)
    with pytest.raises(Refused, match="Only an owner"):
        change_role(member_of(workspace, olga), to=Role.VIEWER, version=1, by=ada)
    change_role(member_of(workspace, ada), to=Role.OWNER, version=1, by=olga)
    change_role(member_of(workspace, olga), to=Role.ADMIN, version=1, by=ada)
    assert member_of(workspace, olga).role == Role.ADMIN


def test_the_last_owner_stays_one(workspace: Workspace, olga: User) -> None:
    with pytest.raises(Refused, match="needs an owner"):
        change_role(member_of(workspace, olga), to=Role.ADMIN, version=1, by=olga)
    with pytest.raises(Refused, match="needs an owner"):
        remove_member(member_of(workspace, olga), by=olga)


def test_page_offers_owner_only_to_owners(
    workspace: Workspace, olga: User, ada: User, vik: User, sign_in: SignIn
) -> None:
    url = f"/w/{workspace.slug}/members/{member_of(workspace, vik).pk}/"
    assert 'value="40"' in sign_in(olga).get(url).content.decode()
    assert 'value="40"' not in sign_in(ada).get(url).content.decode()
    answer = sign_in(ada).post(url, {"role": "40", "version": "1"})
    assert answer.status_code == 422


def test_page_shows_the_newer_role_to_whoever_comes_late(
    workspace: Workspace, olga: User, ada: User, vik: User, sign_in: SignIn
) -> None:
    url = f"/w/{workspace.slug}/members/{member_of(workspace, vik).pk}/"
    assert sign_in(olga).post(url, {"role": "20", "version": "1"}).status_code == 302
    late = sign_in(ada).post(url, {"role": "30", "version": "1"})
    assert late.status_code == 409
    assert 'name="version" value="2"' in late.content.decode()
    assert member_of(workspace, vik).role == Role.EDITOR
