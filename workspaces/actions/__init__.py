"""What people do with workspaces: one function, one verb."""

from workspaces.actions.audit import names_now, record, record_all
from workspaces.actions.invitations import (
    accept_invitation,
    enter_by_company,
    invite,
    join_as_new_person,
    open_invitation,
    resend_invitation,
    withdraw_invitation,
)
from workspaces.actions.mailing import Outbox, forget_mail, mail_again, mail_due, outbox, stuck
from workspaces.actions.members import add_member, change_role, remove_member
from workspaces.actions.notices import read_notice, read_notices, tell
from workspaces.actions.people import (
    change_preferences,
    first_owner,
    is_live_link,
    make_sign_in_link,
    may_create_workspace,
    use_sign_in_link,
)
from workspaces.actions.talk import (
    archive_comment,
    edit_comment,
    reopen_conversation,
    resolve_conversation,
    restore_comment,
    say,
    say_about,
)
from workspaces.actions.teams import archive_team, create_team, edit_team, restore_team
from workspaces.actions.tokens import end_token, make_token
from workspaces.actions.visits import visit
from workspaces.actions.workspaces import MOVE_DAYS, create_workspace, edit_workspace

__all__ = [
    "MOVE_DAYS",
    "Outbox",
    "accept_invitation",
    "add_member",
    "archive_comment",
    "archive_team",
    "change_preferences",
    "change_role",
    "create_team",
    "create_workspace",
    "edit_comment",
    "edit_team",
    "edit_workspace",
    "end_token",
    "enter_by_company",
    "first_owner",
    "forget_mail",
    "invite",
    "is_live_link",
    "join_as_new_person",
    "mail_again",
    "mail_due",
    "make_sign_in_link",
    "make_token",
    "may_create_workspace",
    "names_now",
    "open_invitation",
    "outbox",
    "read_notice",
    "read_notices",
    "record",
    "record_all",
    "remove_member",
    "reopen_conversation",
    "resend_invitation",
    "resolve_conversation",
    "restore_comment",
    "restore_team",
    "say",
    "say_about",
    "stuck",
    "tell",
    "use_sign_in_link",
    "visit",
    "withdraw_invitation",
]
