"""A connection to Formbricks in any workspace, with a question that measures something."""

from feedback.models import Formbricks, FormbricksQuestion
from touchpoints.models import Touchpoint
from workspaces.models import Workspace


def fill_formbricks(workspace: Workspace, touchpoint: Touchpoint) -> None:
    """One connection without a secret, and a question whose answers are ratings of the touchpoint."""
    formbricks = Formbricks.objects.create(workspace=workspace, name="Formbricks")
    rated = {"part": "rating", "scale": "csat:1-5", "subject": touchpoint.subject}
    FormbricksQuestion.objects.create(
        workspace=workspace, formbricks=formbricks, survey="s1", question="q1", looks="number", **rated
    )
