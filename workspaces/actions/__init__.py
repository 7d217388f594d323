"""What people do with workspaces: one function, one verb."""

from workspaces.actions.attributes import (
    archive_attribute,
    create_attribute,
    edit_attribute,
    restore_attribute,
)
from workspaces.actions.audit import names_now, record, record_all
from workspaces.actions.digests import (
    choose_digest_days,
    digest_off_link,
    last_told,
    mail_digests,
    member_of_link,
)
from workspaces.actions.invitations import (
    accept_invitation,
    enter_by_company,
    invite,
    join_as_new_person,
    open_invitation,
    resend_invitation,
    withdraw_invitation,
)
from workspaces.actions.mailing import Outbox, forget_mail, mail_again, outbox, stuck
from workspaces.actions.members import add_member, change_role, remove_member
from workspaces.actions.notices import mail_notices, read_notice, read_notices, tell
from workspaces.actions.people import (
    change_preferences,
    first_owner,
    is_live_link,
    make_sign_in_link,
    may_create_workspace,
    use_sign_in_link,
)
from workspaces.actions.programs import tell_programs
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
from workspaces.actions.webhooks import (
    add_webhook,
    edit_webhook,
    pause_webhook,
    remove_webhook,
    resume_webhook,
    roll_secret,
    send_again,
    send_test,
)
from workspaces.actions.workspaces import MOVE_DAYS, create_workspace, edit_workspace

__all__ = [
    "MOVE_DAYS",
    "Outbox",
    "accept_invitation",
    "add_member",
    "add_webhook",
    "archive_attribute",
    "archive_comment",
    "archive_team",
    "change_preferences",
    "change_role",
    "choose_digest_days",
    "create_attribute",
    "create_team",
    "create_workspace",
    "digest_off_link",
    "edit_attribute",
    "edit_comment",
    "edit_team",
    "edit_webhook",
    "edit_workspace",
    "end_token",
    "enter_by_company",
    "first_owner",
    "forget_mail",
    "invite",
    "is_live_link",
    "join_as_new_person",
    "last_told",
    "mail_again",
    "mail_digests",
    "mail_notices",
    "make_sign_in_link",
    "make_token",
    "may_create_workspace",
    "member_of_link",
    "names_now",
    "open_invitation",
    "outbox",
    "pause_webhook",
    "read_notice",
    "read_notices",
    "record",
    "record_all",
    "remove_member",
    "remove_webhook",
    "reopen_conversation",
    "resend_invitation",
    "resolve_conversation",
    "restore_attribute",
    "restore_comment",
    "restore_team",
    "resume_webhook",
    "roll_secret",
    "say",
    "say_about",
    "send_again",
    "send_test",
    "stuck",
    "tell",
    "tell_programs",
    "use_sign_in_link",
    "visit",
    "withdraw_invitation",
]
