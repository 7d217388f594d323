"""Facts about people, workspaces and their work."""

from workspaces.models.attribute import ATTRIBUTE_KEY, EMPLOYEE, LONGEST_ATTRIBUTE, MOST_ATTRIBUTES, Attribute
from workspaces.models.notices import SPOKEN, Digest, Mailing, Notice, Reason
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
from workspaces.models.owner import OWNER
from workspaces.models.talk import Comment, Thread, in_sight
from workspaces.models.user import MailAbout, SignInLink, Theme, User
from workspaces.models.views import SavedView, Screen
from workspaces.models.webhook import (
    TEST,
    UNDER_WAY,
    DeliveryState,
    EndpointState,
    Failure,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
)
from workspaces.models.work import AT_WORK, Actor, ApiToken, AuditEntry, Job, JobState, KeptAnswer, RateCount, Scope
from workspaces.models.workspace import WEEKDAYS, Invitation, Membership, Role, Team, TeamMember, Visit, Workspace

__all__ = [
    "ATTRIBUTE_KEY",
    "AT_WORK",
    "EARLIEST",
    "EMPLOYEE",
    "LATEST",
    "LONGEST_ATTRIBUTE",
    "MOST_ATTRIBUTES",
    "OWNER",
    "SPOKEN",
    "TEST",
    "UNDER_WAY",
    "WEEKDAYS",
    "Actor",
    "ApiToken",
    "Attribute",
    "AuditEntry",
    "Comment",
    "DeliveryState",
    "DictionaryKey",
    "Digest",
    "Editable",
    "EndpointState",
    "Failure",
    "Invitation",
    "Job",
    "JobState",
    "KeptAnswer",
    "MailAbout",
    "Mailing",
    "Membership",
    "Notice",
    "RateCount",
    "Reason",
    "Role",
    "SameParent",
    "SavedView",
    "Scope",
    "Screen",
    "SignInLink",
    "Team",
    "TeamMember",
    "Theme",
    "Thread",
    "User",
    "Visit",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookEvent",
    "Workspace",
    "WorkspaceOwned",
    "WorkspaceQuerySet",
    "in_sight",
    "name_once",
]
