"""Who answers for a row: what its `owner_team` or else its `owner_member` points at."""

from typing import Any

from workspaces.models.workspace import Membership, Team


def _owner(row: Any) -> Team | Membership | None:
    owner: Team | Membership | None = row.owner_team or row.owner_member
    return owner


def _give(row: Any, owner: Team | Membership | None) -> None:
    row.owner_team = owner if isinstance(owner, Team) else None
    row.owner_member = owner if isinstance(owner, Membership) else None


# `owner = OWNER` in a model. A constraint of its table refuses two owners.
OWNER = property(_owner, _give, doc="The team or member who answers for it.")
