"""What people do with workspaces: one function, one verb."""

from workspaces.actions.audit import record
from workspaces.actions.members import add_member, change_role, remove_member
from workspaces.actions.workspaces import create_workspace, edit_workspace

__all__ = [
    "add_member",
    "change_role",
    "create_workspace",
    "edit_workspace",
    "record",
    "remove_member",
]
