"""What is said about a touchpoint."""

from touchpoints.models import Touchpoint
from workspaces.actions import say_about
from workspaces.models import Actor, Comment


def comment_on(touchpoint: Touchpoint, *, text: str, by: Actor, answers: Comment | None = None) -> Comment:
    """Say something about a touchpoint, wherever it stands; see `say`."""
    return say_about(touchpoint, text=text, by=by, answers=answers)
