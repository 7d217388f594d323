"""Rows of what members say to each other, for tests/rows.py."""

from touchpoints.models import Touchpoint
from workspaces.models import Comment, Membership, Notice, Thread, User, Workspace


def fill_talk(workspace: Workspace, touchpoint: Touchpoint, *, by: User) -> None:
    """A comment, of which its author is told."""
    touchpoint.thread = Thread.objects.create(workspace=workspace, comments=1)
    touchpoint.save()
    said = Comment.objects.create(workspace=workspace, thread=touchpoint.thread, text=f"@{by}, see this", by=by)
    member = Membership.objects.of(workspace).get(user=by)
    path = f"/w/{workspace.slug}/comments/{said.pk}/"
    told = {"comment": said, "reason": "mention", "key": f"comment:{said.pk}", "path": path}
    Notice.objects.create(workspace=workspace, member=member, **told)
