"""Where a workspace's bands begin."""

from touchpoints.health.bands import Borders
from workspaces.models import Workspace


def borders_of(workspace: Workspace) -> Borders:
    """The borders that the workspace has set."""
    return Borders(workspace.weak_from, workspace.good_from, workspace.strong_from)
