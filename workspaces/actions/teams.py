"""Teams: groups that can own touchpoints and journeys."""

from collections.abc import Iterable
from typing import cast

from django.db import transaction

from workspaces.access import locked
from workspaces.actions import keeping
from workspaces.actions.audit import record
from workspaces.errors import Stale
from workspaces.models import Membership, Team, TeamMember, User, Workspace


@transaction.atomic
def create_team(workspace: Workspace, *, name: str, members: Iterable[Membership], by: User) -> Team:
    """A new team. Raises IntegrityError when the name is taken."""
    team = Team.objects.create(workspace=workspace, name=name)
    _set_members(team, members)
    record(workspace, "team.create", team, by=by)
    return team


@transaction.atomic
def edit_team(team: Team, *, version: int, name: str, members: Iterable[Membership], by: User) -> Team:
    """Give a team its name and members. Raises Stale, and IntegrityError when the name is taken.

    An edit that changes nothing is harmless.
    """
    wanted = (name, {member.pk for member in members})
    try:
        team = locked(team, version)
    except Stale as stale:
        current = cast("Team", stale.current)
        if _facts(current) != wanted:
            raise
        return current  # sent twice
    if _facts(team) != wanted:
        team.name = name
        _set_members(team, members)
        keeping.store(team, "edit", by=by)
    return team


def archive_team(team: Team, *, by: User) -> Team:
    """Take a team out of lists and choices. What it owns stays its own until somebody else is named."""
    return keeping.archive(team, by=by)


def restore_team(team: Team, *, by: User) -> Team:
    """Take a team back. Raises IntegrityError when another has its name by now."""
    return keeping.restore(team, by=by)


def _facts(team: Team) -> tuple[str, set[int]]:
    return team.name, set(TeamMember.objects.of(team.workspace).filter(team=team).values_list("member", flat=True))


def _set_members(team: Team, members: Iterable[Membership]) -> None:
    rows = TeamMember.objects.of(team.workspace).filter(team=team)
    rows.exclude(member__in=members).delete()
    there = set(rows.values_list("member", flat=True))
    TeamMember.objects.bulk_create(
        TeamMember(workspace=team.workspace, team=team, member=member) for member in members if member.pk not in there
    )
