"""What is said about a touchpoint. Its thread is made when somebody says the first word."""

from touchpoints.models import Touchpoint
from workspaces.access import locked
from workspaces.actions import say
from workspaces.live import announce
from workspaces.models import Actor, Comment, Thread
from workspaces.transactions import retried


@retried
def comment_on(touchpoint: Touchpoint, *, text: str, by: Actor, answers: Comment | None = None) -> Comment:
    """Say something about a touchpoint, wherever it stands; see `say`."""
    touchpoint = locked(touchpoint)
    if touchpoint.thread is None:
        touchpoint.thread = Thread.objects.create(workspace=touchpoint.workspace)
        # No edit of the touchpoint: whoever edits it meanwhile is not disturbed.
        touchpoint.save(update_fields=["thread"])
        announce(touchpoint.workspace_id, touchpoint=touchpoint.pk)
    return say(touchpoint.thread, text=text, by=by, answers=answers)
