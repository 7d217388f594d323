"""What was decided about measures, by whom and why."""

from measures.models import Step
from workspaces.models import Workspace, WorkspaceQuerySet


def decisions_of(workspace: Workspace) -> WorkspaceQuerySet:
    """Every step from one status to another, the latest first; having an idea is no decision.

    What was archived should not have been written down, and is left out; what was dropped is not.
    """
    steps: WorkspaceQuerySet = Step.objects.of(workspace).filter(measure__archived_at=None).exclude(came_from="")
    return steps.select_related("measure", "actor", "token")
