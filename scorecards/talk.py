"""What is said about a touchpoint, as its panel and its page show it."""

from typing import Any

from touchpoints.models import Touchpoint
from workspaces.access import WorkspaceRequest
from workspaces.forms.talk import NewCommentForm
from workspaces.talk import conversations


def talk_about(request: WorkspaceRequest, touchpoint: Touchpoint) -> dict[str, Any]:
    """What `workspaces/_talk.html` shows: the conversations, open ones apart from settled ones, and an empty form."""
    all_of_them = conversations(touchpoint.thread, request.membership)
    form = NewCommentForm(thread=touchpoint.thread, member=request.membership)
    return {
        "touchpoint": touchpoint,
        "thread": touchpoint.thread,
        "open_talk": [one for one in all_of_them if not one.resolved],
        "settled_talk": [one for one in all_of_them if one.resolved],
        "form_of_talk": form,
        "members": list(form.fields["mention"].queryset),  # type: ignore[attr-defined]
    }
