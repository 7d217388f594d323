"""Telling members of something. A stand-in: it stores nothing."""

from collections.abc import Iterable
from typing import Any

from workspaces.models import Membership, Workspace


def tell(  # noqa: PLR0913 - all of it is said in one breath
    workspace: Workspace, members: Iterable[Membership], *, reason: str, key: str, told: dict[str, Any], path: str
) -> None:
    """Tell these members once of what `key` names. `told`: facts for the templates of `reason`; `path`: where it is."""
