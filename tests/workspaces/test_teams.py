"""Teams: made, edited, archived, restored."""

import pytest
from django.db import IntegrityError

from tests.cast import SignIn, member_of
from workspaces.actions import archive_team, create_team, edit_team, restore_team
from workspaces.errors import Stale
from workspaces.models import Team, User, Workspace


@pytest.fixture
def team(workspace: Workspace, ada: User, edda: User) -> Team:
    return create_team(workspace, name="Front desk", members=[member_of(workspace, edda)], by=ada)


def test_admin_makes_a_team_with_members(workspace: Workspace, ada: User, edda: User, sign_in: SignIn) -> None:
    member = member_of(workspace, edda)
    answer = sign_in(ada).post(f"/w/{workspace.slug}/teams/new/", {"name": "App", "members": [member.pk]})
    assert answer.status_code == 302
    assert list(Team.objects.of(workspace).get(name="App").members.all()) == [member]


def test_edit_replaces_name_and_members(workspace: Workspace, team: Team, ada: User, vik: User) -> None:
    edit_team(team, version=1, name="Counter", members=[member_of(workspace, vik)], by=ada)
    team.refresh_from_db()
    assert (team.name, team.version) == ("Counter", 2)
    assert list(team.members.all()) == [member_of(workspace, vik)]


def test_the_same_edit_twice_is_harmless(workspace: Workspace, team: Team, ada: User) -> None:
    for _ in range(2):
        edit_team(team, version=1, name="Counter", members=[], by=ada)
    team.refresh_from_db()
    assert team.version == 2


def test_stale_edit_shows_both(workspace: Workspace, team: Team, ada: User, olga: User, sign_in: SignIn) -> None:
    edit_team(team, version=1, name="Counter", members=[], by=olga)
    with pytest.raises(Stale):
        edit_team(team, version=1, name="Station", members=[], by=ada)
    late = sign_in(ada).post(f"/w/{workspace.slug}/teams/{team.pk}/", {"name": "Station", "version": "1"})
    text = late.content.decode()
    assert late.status_code == 409
    assert "Station" in text
    assert "Counter" in text


def test_a_name_is_given_once(workspace: Workspace, team: Team, ada: User, sign_in: SignIn) -> None:
    answer = sign_in(ada).post(f"/w/{workspace.slug}/teams/new/", {"name": "FRONT DESK"})
    assert answer.status_code == 422
    assert "There is already a team of that name." in answer.content.decode()


def test_archived_and_restored_twice_is_harmless(workspace: Workspace, team: Team, ada: User) -> None:
    archive_team(archive_team(team, by=ada), by=ada)
    assert not Team.objects.of(workspace).kept().exists()
    restore_team(restore_team(team, by=ada), by=ada)
    assert Team.objects.of(workspace).kept().get() == team


def test_restoring_onto_a_taken_name_is_refused(workspace: Workspace, team: Team, ada: User) -> None:
    archive_team(team, by=ada)
    create_team(workspace, name="front desk", members=[], by=ada)
    with pytest.raises(IntegrityError):
        restore_team(team, by=ada)


def test_members_of_another_workspace_cannot_join(
    workspace: Workspace, elsewhere: Workspace, team: Team, ada: User, otto: User, sign_in: SignIn
) -> None:
    body = {"name": "Front desk", "version": "1", "members": [member_of(elsewhere, otto).pk]}
    assert sign_in(ada).post(f"/w/{workspace.slug}/teams/{team.pk}/", body).status_code == 422
