"""Facts about people, workspaces and their work."""

from workspaces.models.owned import (
    EARLIEST,
    LATEST,
    DictionaryKey,
    Editable,
    SameParent,
    WorkspaceOwned,
    WorkspaceQuerySet,
    name_once,
)
from workspaces.models.user import SignInLink, Theme, User
from workspaces.models.work import Actor, ApiToken, AuditEntry, Job, JobState, KeptAnswer, RateCount, Scope
from workspaces.models.workspace import Invitation, Membership, Role, Team, TeamMember, Workspace

__all__ = [
    "EARLIEST",
    "LATEST",
    "Actor",
    "ApiToken",
    "AuditEntry",
    "DictionaryKey",
    "Editable",
    "Invitation",
    "Job",
    "JobState",
    "KeptAnswer",
    "Membership",
    "RateCount",
    "Role",
    "SameParent",
    "Scope",
    "SignInLink",
    "Team",
    "TeamMember",
    "Theme",
    "User",
    "Workspace",
    "WorkspaceOwned",
    "WorkspaceQuerySet",
    "name_once",
]
