"""Rows about people who answered: somebody who was erased, and how long others are kept."""

from feedback.models import Erasure, Retention, seal
from workspaces.models import User, Workspace


def fill_persons(workspace: Workspace, *, by: User) -> None:
    """The proof that somebody was erased, and a rule of retention."""
    Retention.objects.create(workspace=workspace, comments=36)
    Erasure.objects.create(workspace=workspace, digest=seal(workspace.pk, "K-999"), counts={"answers": 2}, by=by)
